import { readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { dirname, join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, onTestFinished, test } from 'vitest';
import { toDate } from '../../src/import/files/dates.ts';
import { openFeed } from '../../src/import/feed-file.ts';
import { readFeed } from '../../src/import/feed.ts';
import { readFields, readForeignFile } from '../../src/import/files/front-matter.ts';
import { readHugo } from '../../src/import/files/hugo.ts';
import { readJekyll } from '../../src/import/files/jekyll.ts';
import { readMarkdownFolder } from '../../src/import/files/markdown.ts';
import { readGhost } from '../../src/import/ghost.ts';
import { moveIn } from '../../src/import/move-in.ts';
import { recordsOf } from '../../src/import/mover.ts';
import { type RawPaper, toSource } from '../../src/import/raw.ts';
import { newsroomFiles, writeFiles } from '../support/content.ts';
import { problemsOf } from '../support/problems.ts';
import { now } from '../support/newsroom.ts';

const png = () =>
	sharp({ create: { width: 20, height: 10, channels: 3, background: 'green' } })
		.png()
		.toBuffer();

interface Outcome {
	/** Returns a file of the newsroom. */
	read: (path: string) => Promise<string>;
	write: (path: string, text: string) => Promise<void>;
	remove: (path: string) => Promise<void>;
	/** Brings a paper in once more, and returns the sums. */
	again: (paper: RawPaper) => Promise<string>;
	problems: string[];
	report: string;
	redirects: string;
}

/** Brings a paper into a newsroom that has no article. @param media the folder of its pictures */
async function bring(paper: RawPaper, media?: string): Promise<Outcome> {
	const files = Object.entries(newsroomFiles).map(([path, text]): [string, string] => [`content/${path}`, text]);
	const folder = await writeFiles(Object.fromEntries(files));
	const content = join(folder, 'content');
	const move = (one: RawPaper) =>
		moveIn(toSource(one), {
			content,
			comments: join(content, 'comments'),
			now,
			media: media === undefined ? undefined : { folder: media },
		});
	await move(paper);
	const read = (path: string) => readFile(join(folder, path), 'utf8');
	return {
		read,
		write: (path, text) => writeFile(join(folder, path), text),
		remove: (path) => rm(join(folder, path)),
		again: async (one) => (await move(one)).summary().join('\n'),
		problems: await problemsOf(content),
		report: await readFile(join(recordsOf(content), 'report.md'), 'utf8'),
		redirects: await readFile(join(recordsOf(content), 'redirects'), 'utf8'),
	};
}

describe('a paper made with Jekyll', () => {
	const post = [
		'---',
		'title: "Bread: a story"',
		'date: 2015-03-04 10:20:30 +0600',
		'categories: [Markets]',
		'tags: bread salt',
		'author: Ann Example',
		'excerpt: About bread.',
		'redirect_from: [/2014/12/bread/]',
		'image: /assets/loaf.png',
		'---',
		'# First {#first}',
		'',
		'Text with `{{ site.baseurl }}/x` and [another]({{ site.baseurl }}{% post_url 2015-05-06-salt %}).',
		'',
		'{% highlight ruby %}',
		'puts 1',
		'{% endhighlight %}',
		'',
		'![A loaf](/assets/loaf.png)',
		'',
		'{% include video.html id="7" %}',
		'',
		'Note.[^1]',
		'',
		'[^1]: The note.',
		'',
	].join('\n');
	const paper = async () => ({
		'_config.yml': 'title: The Former\nurl: https://former.example\npermalink: /:year/:month/:title/\n',
		'_posts/2015-03-04-bread.md': post,
		'_posts/2015-05-06-salt.markdown':
			'---\ntitle: Salt\npermalink: /all/about/salt/\n---\nOnly *salt*. {% raw %}{{ kept }}{% endraw %}\n',
		'_posts/2015-05-07-hidden.md': '---\ntitle: Hidden\npublished: false\n---\nNot yet.\n',
		'_posts/2015-05-08-broken.md': '---\ntitle: [\n---\nBroken.\n',
		'_posts/undated.md': '---\ntitle: Undated\n---\nWithout a day.\n',
		'_drafts/idea.md': '---\ntitle: An idea\ndate: 2015-06-01\n---\nPerhaps.\n',
		'_layouts/default.html': '---\n---\n<html>{{ content }}</html>\n',
		'contact.md': '---\ntitle: Contact\n---\nWrite to us.\n',
		'README.md': 'No front matter, no page.\n',
		'index.html': '---\n---\n{% for post in site.posts %}{{ post.title }}{% endfor %}\n',
		'assets/loaf.png': await png(),
	});
	const brought = async () => {
		const folder = await writeFiles(await paper());
		return bring(await readJekyll(folder), folder);
	};

	test('is brought over with what obeys the rules', async () => {
		const { problems, read } = await brought();
		expect(problems).toEqual([]);
		const text = await read('content/articles/2015/03/bread/index.md');
		expect(text).toContain("title: 'Bread: a story'\nstandfirst: About bread.\npublishedAt: 2015-03-04T");
		expect(text).toContain('section: markets\nauthors: [ann-example]\ntags: [bread, salt]\n');
		expect(text).toMatch(/lead:\n {2}picture:\n {4}file: loaf.png\n/);
		expect(text).toContain('formerPaths: [2014/12/bread]');
		expect(text).toContain('## First\n');
		expect(text).toContain('[another](/2015/05/salt/)');
		expect(text).toMatch(/\n(?:```\nputs 1\n```| {4}puts 1)\n/);
		expect(text).toContain('```picture\nfile: loaf.png\nalt: A loaf\n');
		expect(text).toMatch(/Note\.\[\^1\]\n\n\[\^1\]: The note\./);
		expect(await read('content/pages/contact.md')).toContain('Write to us.');
	});

	test('keeps drafts as drafts, and says what it cannot bring over', async () => {
		const { report, read } = await brought();
		expect(await read('content/articles/2015/05/hidden.md')).toContain('draft: true');
		expect(await read('content/articles/2015/06/idea.md')).toContain('draft: true');
		expect(report).toContain('\\_posts/2015-05-08-broken.md cannot be read');
		expect(report).toContain('include video.html');
		expect(report).toContain('undated');
		expect(report).toContain('index.html: a list or a notice, which the paper makes itself');
		expect(await read('content/articles/2015/05/salt.md')).toContain('{{ kept }}');
		expect(report).toContain('- files .md became nothing (README.md)');
	});

	test('adds tags as candidates, and maps old addresses', async () => {
		const { read, redirects } = await brought();
		expect(await read('content/tags.yaml')).toMatch(/bread:\n {2}name: bread\n {2}kind: topic # a guess\n/);
		expect(redirects).toContain('/2014/12/bread/ /2015/03/bread/ ;');
	});
});

describe('a paper made with Hugo', () => {
	const paper = async () => ({
		'hugo.toml':
			'title = "The Former"\nbaseURL = "https://former.example/"\n[permalinks]\nposts = "/:year/:month/:slug/"\n',
		'content/posts/bread/index.md': [
			'+++',
			'title = "Bread"',
			'date = 2015-03-04T10:20:30+06:00',
			'description = "About bread."',
			'tags = ["bread", "salt"]',
			'categories = ["Markets"]',
			'authors = ["Ann Example"]',
			'aliases = ["/old/bread/"]',
			'+++',
			'Text. See [salt]({{< ref "salt.md" >}}).',
			'',
			'{{< figure src="loaf.png" alt="A loaf" caption="Fresh bread" >}}',
			'',
			'{{< youtube abc >}}',
			'',
			'{{% tweet 12 %}}',
			'',
		].join('\n'),
		'content/posts/bread/loaf.png': await png(),
		'content/posts/salt.md': '---\ntitle: Salt\ndate: 2015-05-06\n---\nOnly salt.\n',
		'content/posts/json.md': '{\n"title": "In JSON",\n"date": "2015-05-07",\n"draft": true\n}\nText.\n',
		'content/posts/_index.md': '---\ntitle: Posts\n---\n',
		'content/contact.md': '---\ntitle: Contact\n---\nWrite to us.\n',
	});

	test('is brought over with what obeys the rules', async () => {
		const folder = await writeFiles(await paper());
		const { problems, read, report, redirects } = await bring(await readHugo(folder), folder);
		expect(problems).toEqual([]);
		const text = await read('content/articles/2015/03/bread/index.md');
		expect(text).toContain('publishedAt: 2015-03-04T10:20:30+06:00\n');
		expect(text).toContain('[salt](/2015/05/salt/)');
		expect(text).toContain('```picture\nfile: loaf.png\nalt: A loaf\ncaption: Fresh bread\n');
		expect(text).toContain('https://www.youtube.com/watch?v=abc');
		expect(await read('content/articles/2015/05/json.md')).toContain('draft: true');
		expect(await read('content/pages/contact.md')).toContain('Write to us.');
		expect(report).toContain('the shortcode tweet means nothing here');
		expect(report).toContain('the text of a list, which has none here');
		expect(redirects).toContain('/old/bread/ /2015/03/bread/ ;');
	});
});

test('a folder of markdown is brought over, with front matter or without', async () => {
	const folder = await writeFiles({
		'2015-03-04-bread.md':
			'# *Bread* {#bread}\n\nText with a link to [salt](notes/salt.md).\n\n##### Deep\n\n- [ ] a task\n\n<div onclick="alert(1)">HTML</div>\n\n<script>alert(2)</script>\n',
		'notes/salt.md': '---\ntitle: Salt\ndate: 2015-05-06T08:00:00Z\ntags: [salt]\n---\nOnly salt.\n',
		'contact.md': '# Contact\n\nWrite to us.\n',
		'outside.md': '---\ntitle: Outside\ndate: 2015-05-07\nimage: ../../../../etc/passwd\n---\nText.\n',
	});
	const { problems, read } = await bring(await readMarkdownFolder(folder), folder);
	expect(problems).toEqual([]);
	const text = await read('content/articles/2015/03/bread.md');
	expect(text).toContain('title: Bread\n');
	expect(text).toContain('[salt](/2015/05/salt/)');
	expect(text).not.toMatch(/<script|onclick|alert/);
	expect(await read('content/articles/2015/05/outside.md')).not.toContain('lead');
	expect(await read('content/pages/contact.md')).toContain('title: Contact');
});

describe('an export of Ghost', () => {
	const data = {
		posts: [
			{
				id: 'a1',
				title: 'Bread & salt',
				slug: 'bread',
				html: '<p>Text with <a href="__GHOST_URL__/salt/">salt</a>.</p><figure class="kg-card kg-image-card"><img src="__GHOST_URL__/content/images/2015/03/loaf.png" alt="A loaf"><figcaption>Fresh</figcaption></figure>',
				feature_image: '__GHOST_URL__/content/images/2015/03/loaf.png',
				status: 'published',
				type: 'post',
				visibility: 'public',
				custom_excerpt: 'About bread.',
				published_at: '2015-03-04T04:20:30.000Z',
			},
			{
				id: 'a2',
				title: 'Salt',
				slug: 'salt',
				html: '<p>Only salt.</p>',
				status: 'published',
				published_at: '2015-05-06T04:00:00.000Z',
			},
			{
				id: 'a3',
				title: 'For members',
				slug: 'members',
				html: '<p>Dear.</p>',
				status: 'published',
				visibility: 'paid',
				published_at: '2015-05-07T04:00:00.000Z',
			},
			{ id: 'a4', title: 'Contact', slug: 'contact', html: '<p>Write to us.</p>', status: 'published', type: 'page' },
			{ id: 'a5', title: 'Empty', slug: 'empty', html: null, status: 'draft' },
		],
		posts_meta: [
			{ post_id: 'a1', feature_image_alt: 'A loaf of bread', feature_image_caption: '<em>Fresh</em> bread' },
		],
		tags: [
			{ id: 't1', name: 'Markets', slug: 'markets' },
			{ id: 't2', name: 'Bread', slug: 'bread' },
			{ id: 't3', name: '#internal', slug: 'hash-internal', visibility: 'internal' },
		],
		posts_tags: [
			{ post_id: 'a1', tag_id: 't2', sort_order: 1 },
			{ post_id: 'a1', tag_id: 't1', sort_order: 0 },
			{ post_id: 'a1', tag_id: 't3', sort_order: 2 },
		],
		users: [{ id: 'u1', name: 'Ann Example', slug: 'ann' }],
		posts_authors: [{ post_id: 'a1', author_id: 'u1', sort_order: 0 }],
		settings: [
			{ key: 'title', value: 'The Former' },
			{ key: 'url', value: 'https://former.example/' },
		],
	};

	test('is brought over with what obeys the rules', async () => {
		const folder = await writeFiles({
			'ghost.json': JSON.stringify({ db: [{ meta: {}, data }] }),
			'images/2015/03/loaf.png': await png(),
		});
		const { problems, read, report, redirects } = await bring(await readGhost(join(folder, 'ghost.json')), folder);
		expect(problems).toEqual([]);
		const text = await read('content/articles/2015/03/bread/index.md');
		expect(text).toContain('section: markets\nauthors: [ann]\ntags: [bread]\n');
		expect(text).toContain('alt: A loaf of bread\n    caption: Fresh bread\n');
		expect(text).toContain('[salt](/2015/05/salt/)');
		expect(await read('content/articles/2015/05/members.md')).toContain('draft: true');
		expect(await read('content/pages/contact.md')).toContain('Write to us.');
		expect(report).toContain('/empty/ has no text as HTML');
		expect(report).toContain('it was for paid alone');
		expect(redirects).toContain('/bread/ /2015/03/bread/ ;');
	});

	test('keeps from readers what was not for all of them, or not yet', async () => {
		const html = '<p>Kept back.</p>';
		const posts = [
			{
				...data.posts[1],
				id: 'b1',
				slug: 'gated',
				html: `<p>All.</p><!--kg-gated-block:begin nonMember:false -->${html}`,
			},
			{ id: 'b2', slug: 'due', html, status: 'scheduled', type: 'page', published_at: '2031-01-01T04:00:00.000Z' },
			{ id: 'b3', slug: 'some-day', html, status: 'scheduled', created_at: '2015-05-08T04:00:00.000Z' },
		];
		const folder = await writeFiles({ 'ghost.json': JSON.stringify({ data: { ...data, posts } }) });
		const { read, report } = await bring(await readGhost(join(folder, 'ghost.json')));
		expect(await read('content/articles/2015/05/gated.md')).toContain('draft: true');
		expect(await read('content/articles/2015/05/some-day.md')).toContain('draft: true');
		expect(await read('import/aside/pages/due.md')).toContain('it is a draft, which pages cannot be');
		expect(report).toContain('a part of it was for some readers alone');
	});

	test.each(['{}', '[', '{"db":[]}'])('is refused where the file holds %s', async (json) => {
		const folder = await writeFiles({ 'ghost.json': json });
		await expect(readGhost(join(folder, 'ghost.json'))).rejects.toThrow('is no export of Ghost');
	});
});

describe('a feed', () => {
	const rss = `<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>The Former</title><link>https://former.example/</link><language>en</language>
<item><title>Bread &amp;amp; salt</title><link>https://former.example/2015/03/bread/</link><guid isPermaLink="false">x-1</guid><dc:creator>Ann Example</dc:creator><pubDate>Wed, 04 Mar 2015 10:20:30 +0600</pubDate><category>Markets</category><category>Bread</category><description>About bread.</description><content:encoded><![CDATA[<p>Text with <a href="/2015/05/salt/">salt</a>.</p><script>alert(1)</script>]]></content:encoded></item>
<item><title>Salt</title><link>https://former.example/2015/05/salt/</link><pubDate>Wed, 06 May 2015 10:00:00 GMT</pubDate><description>&lt;p&gt;Only salt.&lt;/p&gt;</description></item>
<item><title>Nothing</title><link>https://former.example/nothing/</link></item>
</channel></rss>`;
	const atom = `<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>The Former</title><id>urn:f</id><updated>2015-05-06T10:00:00Z</updated><link href="https://former.example/"/><link rel="self" href="https://former.example/atom.xml"/>
<entry><id>urn:x-1</id><title type="html">Bread &amp;amp; salt</title><link href="https://former.example/2015/03/bread/"/><published>2015-03-04T10:20:30+06:00</published><updated>2015-03-05T10:20:30+06:00</updated><author><name>Ann Example</name></author><category term="markets" label="Markets"/><category term="Bread"/><summary>About bread.</summary><content type="html">&lt;p&gt;Text with &lt;a href="https://former.example/2015/05/salt/"&gt;salt&lt;/a&gt;.&lt;/p&gt;</content></entry>
<entry><id>urn:x-2</id><title>Salt</title><link href="https://former.example/2015/05/salt/"/><updated>2015-05-06T10:00:00Z</updated><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Only salt.</p></div></content></entry></feed>`;

	test.each([
		['RSS', rss],
		['Atom', atom],
	])('in %s is brought over with what obeys the rules', async (_, feed) => {
		const { problems, read } = await bring(readFeed(feed, 'feed.xml'));
		expect(problems).toEqual([]);
		const text = await read('content/articles/2015/03/bread.md');
		expect(text).toContain('title: Bread & salt\nstandfirst: About bread.\npublishedAt: 2015-03-04T');
		expect(text).toContain('section: markets\nauthors: [ann-example]\ntags: [bread]\n');
		expect(text).toContain('Text with [salt](/2015/05/salt/).');
		expect(text).not.toContain('alert');
		expect(await read('content/articles/2015/05/salt.md')).toContain('Only salt.');
	});

	test('keeps drafts as drafts', async () => {
		const draft = '<app:control xmlns:app="http://www.w3.org/2007/app"><app:draft>yes</app:draft></app:control>';
		const { read } = await bring(readFeed(atom.replace('<id>urn:x-2</id>', `<id>urn:x-2</id>${draft}`), 'feed.xml'));
		expect(await read('content/articles/2015/05/salt.md')).toContain('draft: true');
		expect(await read('content/articles/2015/03/bread.md')).not.toContain('draft');
	});

	test('of two entries that nothing tells apart brings the first, and tells of the other', async () => {
		const item = (words: string) =>
			`<item><title>Bread</title><link>https://former.example/bread/</link><pubDate>Wed, 04 Mar 2015 10:20:30 +0600</pubDate><description>${words}</description></item>`;
		const feed = `<rss version="2.0"><channel><title>The Former</title>${item('One.')}${item('Other.')}</channel></rss>`;
		const { read, report } = await bring(readFeed(feed, 'feed.xml'));
		expect(await read('content/articles/2015/03/bread.md')).toContain('One.');
		expect(report).toContain('https://former.example/bread/: in the source twice');
	});

	test('says which entries have no text, and what is no feed', async () => {
		expect((await bring(readFeed(rss, 'feed.xml'))).report).toContain(
			'https://former.example/nothing/ has no text in the feed',
		);
		expect(() => readFeed('<html></html>', 'feed.xml')).toThrow('feed.xml cannot be read as a feed');
	});
});

test('a feed is fetched from the web, and never from a private network', async () => {
	const server = createServer((_, response) =>
		response.end('<rss version="2.0"><channel><title>The Former</title></channel></rss>'),
	);
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	onTestFinished(() => void server.close());
	const address = server.address();
	const url = `http://127.0.0.1:${typeof address === 'object' ? (address?.port ?? 0) : 0}/rss.xml`;
	await expect(openFeed(url)).rejects.toThrow(`${url} leads to 127.0.0.1, an address of a private network.`);
	expect(await openFeed(url, true)).toMatchObject({ title: 'The Former', posts: [] });
});

test('a second import leaves alone what an editor has changed', async () => {
	const former = await writeFiles({ '2015-03-04-bread.md': 'Bread.\n', '2015-05-06-salt.md': 'Salt.\n' });
	const { again, read, write } = await bring(await readMarkdownFolder(former));
	const file = 'content/articles/2015/03/bread.md';
	await write(file, (await read(file)).replace('Bread.', 'Fresh bread.'));
	expect(await again(await readMarkdownFolder(former))).toContain(
		'2 articles: 1 edited since, left alone; 1 as before',
	);
	expect(await read(file)).toContain('Fresh bread.');
});

test('another paper takes nothing from the first, whatever its texts are called', async () => {
	const paper = async (title: string) => {
		const config = `title = "${title}"\n`;
		const bread = `---\ntitle: Bread\ndate: 2015-03-04\naliases: [/of/${title.toLowerCase()}/]\n---\nOf ${title}.\n`;
		return readHugo(await writeFiles({ 'hugo.toml': config, 'content/bread.md': bread }));
	};
	const { again, read } = await bring(await paper('One'));
	await again(await paper('Other'));
	expect(await read('content/articles/2015/03/bread.md')).toContain('Of One.');
	expect(await read('content/articles/2015/03/bread-2.md')).toContain('Of Other.');
	const redirects = await read('import/redirects');
	expect(redirects).toContain('\n/of/one/ /2015/03/bread/ ;\n');
	expect(redirects).toContain('\n/of/other/ /2015/03/bread-2/ ;\n');
});

test.each([
	['markdown', readMarkdownFolder, {}],
	['hugo', readHugo, { 'hugo.toml': 'title = "The Former"\nbaseURL = "https://example.org/"\n' }],
	['hugo', readHugo, { 'hugo.toml': 'title = "The Former"\nbaseURL = "/"\n' }],
])('another folder of %s takes nothing from the first that is called the same', async (_, open, config) => {
	const paper = async (words: string) => {
		const files = { ...config, 'content/bread.md': `---\ntitle: Bread\ndate: 2015-03-04\n---\n${words}\n` };
		const all = Object.entries(files).map(([path, text]): [string, string] => [`texts/${path}`, text]);
		return open(join(await writeFiles(Object.fromEntries(all)), 'texts'));
	};
	const { again, read } = await bring(await paper('Of one.'));
	await again(await paper('Of another.'));
	expect(await read('content/articles/2015/03/bread.md')).toContain('Of one.');
	expect(await read('content/articles/2015/03/bread-2.md')).toContain('Of another.');
});

test('old addresses lead on to a post that an editor has moved', async () => {
	const former = await writeFiles({ 'old/bread.md': '---\ntitle: Bread\ndate: 2015-03-04\n---\nBread.\n' });
	const { again, read, remove } = await bring(await readMarkdownFolder(former));
	await remove('content/articles/2015/03/bread.md');
	await again(await readMarkdownFolder(former));
	expect(await read('import/redirects')).toContain('\n/old/bread/ /2015/03/bread/ ;\n');
});

test.each([
	'draft: yes',
	'Draft: "True"',
	'published: false',
	'expiryDate: 2016-01-01',
	'expiryDate: some day',
	'publishDate: 2031-13-01',
	'build: { render: never }',
	'_build: { render: false }',
	'headless: true',
])('a text with `%s` is a draft', async (line) => {
	const folder = await writeFiles({ 'bread.md': `---\ntitle: Bread\ndate: 2015-03-04\n${line}\n---\nText.\n` });
	const { read } = await bring(await readMarkdownFolder(folder));
	expect(await read('content/articles/2015/03/bread.md')).toContain('draft: true');
});

test.each([
	'draft: false',
	'published: true',
	'expiryDate: 2999-01-01',
	'publishDate: 2014-01-01',
	'build: { render: always }',
])('a text with `%s` is none', async (line) => {
	const folder = await writeFiles({ 'bread.md': `---\ntitle: Bread\ndate: 2015-03-04\n${line}\n---\nText.\n` });
	const { read } = await bring(await readMarkdownFolder(folder));
	expect(await read('content/articles/2015/03/bread.md')).not.toContain('draft');
});

test('a text is published when its embargo ends', async () => {
	const folder = await writeFiles({
		'bread.md': '---\ntitle: Bread\ndate: 2015-03-04\npublishdate: 2031-05-06\n---\nText.\n',
	});
	const { read } = await bring(await readMarkdownFolder(folder));
	expect(await read('content/articles/2031/05/bread.md')).toContain('publishedAt: 2031-05-06\n');
});

test.each([
	['2015-03-04', '2015-03-04'],
	['2015-03-04 10:20:30 +0500', '2015-03-04T10:20:30+05:00'],
	['2025-03-04T10:20:30Z', '2025-03-04T15:20:30+05:00'],
	['2025-03-04T10:20:30.123Z', '2025-03-04T15:20:30+05:00'],
	['2025-03-04 10:20', '2025-03-04T10:20:00+05:00'],
	['Tue, 04 Mar 2025 10:20:30 GMT', '2025-03-04T15:20:30+05:00'],
	['2015-02-30', undefined],
	['soon', undefined],
])('the date %s is %s here', (text, date) => {
	expect(date === undefined ? toDate(text) : Date.parse(toDate(text) ?? '')).toBe(
		date === undefined ? undefined : Date.parse(date),
	);
});

test('front matter in YAML, TOML and JSON says the same', () => {
	const forms = [
		'---\ntitle: A\ndate: 2015-03-04\ntags: [x, y]\n---\nText.\n',
		'+++\ntitle = "A"\ndate = 2015-03-04\ntags = ["x", "y"]\n+++\nText.\n',
		'{\n"title": "A",\n"date": "2015-03-04",\n"tags": ["x", "y"]\n}\nText.\n',
	].map(readForeignFile);
	for (const { fields, body } of forms) {
		expect(body).toBe('Text.\n');
		expect(readFields(fields)).toMatchObject({ title: 'A', date: '2015-03-04', tags: ['x', 'y'], isDraft: false });
	}
});

test.each([
	['jekyll', readJekyll, '_posts/2015-03-04-bread.md', '_recipes/soup.md'],
	['hugo', readHugo, 'content/2015-03-04-bread.md', 'content/soup.mdx'],
	['markdown', readMarkdownFolder, '2015-03-04-bread.md', 'notes/soup.txt'],
])('files of %s that become nothing are named', async (_, open, post, other) => {
	const former = await writeFiles({
		[post]: '---\ntitle: Bread\n---\nText.\n\n![A loaf](shown.png)\n',
		[other]: '---\ntitle: Soup\n---\nText.\n',
		[join(dirname(post), 'shown.png')]: await png(),
		'static/hidden.png': await png(),
		...Object.fromEntries(Array.from({ length: 11 }, (_none, i) => [`more/${i}.rst`, 'Text.\n'])),
	});
	await symlink(join(former, post), join(former, 'linked.md'));
	const { report } = await bring(await open(former), former);
	expect(report.split('\n').filter((line) => /became nothing|not followed/.test(line))).toEqual(
		expect.arrayContaining([
			expect.stringContaining(`became nothing (${other.replace('_', '\\_')})`),
			expect.stringMatching(/^- files \.rst, in more, .*\(more\/0\.rst, .*more\/8\.rst …\): 11$/),
			'- files .png, in static, became nothing (static/hidden.png)',
			'- symbolic links are not followed (linked.md)',
		]),
	);
	expect(report.match(/became nothing/g)).toHaveLength(3);
});

test('what a feed says in HTML is plain text here', async () => {
	const title = 'Bread &amp;amp; &lt;b&gt;salt&lt;/b&gt;&lt;br&gt;\nof Ann';
	const item = `<item><title>${title}</title><pubDate>Wed, 04 Mar 2015 10:20:30 +0600</pubDate><category>Bread &amp;amp;\nsalt</category><enclosure url="https://former.example/a.mp3" type="audio/mpeg" length="1"/><description>Text.</description></item>`;
	const feed = `<rss version="2.0"><channel><title>The &lt;i&gt;Former&lt;/i&gt; &amp;amp;\nOld</title>${item}</channel></rss>`;
	const { read, report } = await bring(readFeed(feed, 'feed.xml'));
	const text = await read('content/articles/2015/03/bread-salt-of-ann.md');
	expect(text).toContain('title: Bread & salt of Ann\n');
	expect(await read('content/sections.yaml')).toContain('name: Bread & salt\n');
	expect(report).toContain('# What became of The Former \\& Old\n');
	expect(report).toContain(
		', from Bread \\& salt of Ann: what came with it was left out: https://former.example/a.mp3',
	);
});

test.each([
	['updated: 2015-03-05', 'publishedAt: 2015-03-04\nupdatedAt: 2015-03-05\n'],
	['lastmod: 2015-03-05T10:00:00+05:00', 'updatedAt: 2015-03-05T'],
	['last_modified_at: 2015-03-04', undefined],
	['lastmod: 2014-03-05', undefined],
	['updated: lately', undefined],
])('front matter with `%s` says when the article was updated', async (line, expected) => {
	const folder = await writeFiles({ 'bread.md': `---\ntitle: Bread\ndate: 2015-03-04\n${line}\n---\nText.\n` });
	const { read, report, problems } = await bring(await readMarkdownFolder(folder));
	const text = await read('content/articles/2015/03/bread.md');
	if (expected === undefined) expect(text).not.toContain('updatedAt');
	else expect(text).toContain(expected);
	expect(report.includes('left out\n')).toBe(/2014|lately/.test(line));
	expect(problems).toEqual([]);
});
