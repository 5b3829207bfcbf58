import { seeded } from '../bench/corpus.ts';

const words =
	'harbour mill bridge council river budget winter school market railway plan report ferry road copper timber grain lake archive village'.split(
		' ',
	);

const pad = (number: number) => String(number).padStart(2, '0');

/**
 * Yields an export (WXR 1.2) of so many invented posts, in parts, the same on every machine: blocks and classic texts, with
 * lists, tables, links among them, comments, drafts, codes that nobody knows, pictures that are not there, names given
 * twice, passwords and titles that are too long.
 * @param paragraphs how many each text has, of some 60 words
 */
export function* makeWxr(posts: number, paragraphs = 8): Generator<string> {
	yield `<?xml version="1.0" encoding="UTF-8" ?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel>
	<title>The Generated Gazette</title>
	<link>https://generated.example</link>
	<language>en-US</language>
	<wp:wxr_version>1.2</wp:wxr_version>
	<wp:base_site_url>https://generated.example</wp:base_site_url>
	<wp:base_blog_url>https://generated.example</wp:base_blog_url>
	${[1, 2, 3].map((id) => `<wp:author><wp:author_id>${id}</wp:author_id><wp:author_login><![CDATA[author${id}]]></wp:author_login><wp:author_email><![CDATA[author${id}@generated.example]]></wp:author_email><wp:author_display_name><![CDATA[Author Number ${id}]]></wp:author_display_name></wp:author>`).join('\n\t')}
`;
	for (let i = 0; i < posts; i++) yield makeItem(i, paragraphs);
	yield '</channel>\n</rss>\n';
}

/** Returns the address of a generated post. */
function addressOf(i: number): string {
	return `https://generated.example/${dateOf(i).slice(0, 7).replace('-', '/')}/${slugOf(i)}/`;
}

/** Some posts have the name of the one before them. */
function slugOf(i: number): string {
	return `story-${i % 33 === 5 ? i - 1 : i}`;
}

/** Two posts a day since 2015, in the morning, so that the day is the same in the newsroom's time zone. */
function dateOf(i: number): string {
	return new Date(Date.UTC(2015, 0, 1, 6, i % 60) + Math.floor((i % 7000) / 2) * 86_400_000).toISOString();
}

function makeItem(i: number, paragraphs: number): string {
	const random = seeded(i + 1);
	const word = () => words[Math.floor(random() * words.length)] ?? '';
	const sentence = () =>
		`The ${word()} of the ${word()} was said to cost ${Math.floor(random() * 900)} crowns &amp; a ${word()}. `;
	const paragraph = () => Array.from({ length: 5 }, sentence).join('').trim();
	const isClassic = i % 3 === 0;
	const wrap = (text: string) => (isClassic ? text : `<!-- wp:paragraph -->\n<p>${text}</p>\n<!-- /wp:paragraph -->`);
	const parts = Array.from({ length: paragraphs }, () => wrap(paragraph()));
	parts.splice(1, 0, wrap(`See <a href="${addressOf((i * 7) % (i + 1))}">an <strong>older</strong> story</a>.`));
	if (i % 5 === 0)
		parts.push(
			'<!-- wp:table -->\n<figure class="wp-block-table"><table><tbody><tr><td>Year</td><td>Sum</td></tr><tr><td>2014</td><td>12</td></tr></tbody></table></figure>\n<!-- /wp:table -->',
		);
	if (i % 6 === 0) parts.push('<h4>A heading</h4>', '<ul>\n<li>one</li>\n<li>two</li>\n</ul>');
	if (i % 60 === 7)
		parts.push(`<img class="size-full" src="https://generated.example/wp-content/uploads/${i}.jpg" alt="A picture" />`);
	if (i % 50 === 0) parts.push(`[acme_slider id="${i}"]`);
	const at = dateOf(i).slice(0, 19).replace('T', ' ');
	const status = i % 40 === 39 ? 'draft' : 'publish';
	const comments = Array.from({ length: i % 4 }, (_, n) =>
		makeComment(i * 4 + n + 1, n > 0 ? i * 4 + 1 : 0, at, sentence()),
	);
	return `	<item>
		<title><![CDATA[Story ${i} of the ${word()} &amp; the ${word()}${i % 100 === 50 ? ` and the ${word()}`.repeat(20) : ''}]]></title>
		<link>${addressOf(i)}</link>
		<pubDate>${new Date(dateOf(i)).toUTCString()}</pubDate>
		<dc:creator><![CDATA[author${1 + (i % 3)}]]></dc:creator>
		<content:encoded><![CDATA[${parts.join('\n\n')}]]></content:encoded>
		<excerpt:encoded><![CDATA[${i % 2 === 0 ? sentence() : ''}]]></excerpt:encoded>
		<wp:post_id>${i + 1}</wp:post_id>
		<wp:post_date><![CDATA[${at}]]></wp:post_date>
		<wp:post_date_gmt><![CDATA[${at}]]></wp:post_date_gmt>
		<wp:post_name><![CDATA[${slugOf(i)}]]></wp:post_name>
		<wp:status><![CDATA[${status}]]></wp:status>
		<wp:post_type><![CDATA[post]]></wp:post_type>
		<wp:post_password><![CDATA[${i % 125 === 60 ? 'secret' : ''}]]></wp:post_password>
		<category domain="category" nicename="section-${i % 6}"><![CDATA[Section ${i % 6}]]></category>
		${Array.from({ length: 3 }, word)
			.map((tag) => `<category domain="post_tag" nicename="${tag}"><![CDATA[${tag}]]></category>`)
			.join('')}
		<wp:postmeta><wp:meta_key><![CDATA[_cache]]></wp:meta_key><wp:meta_value><![CDATA[a:1:{i:0;s:3:"abc";}]]></wp:meta_value></wp:postmeta>
${comments.join('')}	</item>
`;
}

function makeComment(id: number, parent: number, at: string, text: string): string {
	return `		<wp:comment><wp:comment_id>${id}</wp:comment_id><wp:comment_author><![CDATA[Reader ${pad(id % 100)}]]></wp:comment_author><wp:comment_author_email><![CDATA[reader@example.org]]></wp:comment_author_email><wp:comment_date><![CDATA[${at}]]></wp:comment_date><wp:comment_date_gmt><![CDATA[${at}]]></wp:comment_date_gmt><wp:comment_content><![CDATA[${text}]]></wp:comment_content><wp:comment_approved><![CDATA[1]]></wp:comment_approved><wp:comment_type><![CDATA[comment]]></wp:comment_type><wp:comment_parent>${parent}</wp:comment_parent></wp:comment>
`;
}
