import { copyFile, link, mkdir, readFile, rename, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { byPlace, formatProblem } from '../../src/domain/problems.ts';
import { checkEdition } from '../../src/edition/check/check.ts';
import { readManifest, writeManifest } from '../../src/edition/check/manifest.ts';
import { scanAll } from '../../src/edition/check/scan.ts';
import { writeFiles } from '../support/content.ts';
import { type Files, fragmentOf, retract, tinyEdition, tinyPage } from '../support/tiny-edition.ts';

const origin = 'https://meridian.example.org';
const story = '2025/06/story/index.html';
const storyLink = '<a href="/2025/06/story/">Story</a>';
const unlisted = (list: string) =>
	`${story}: is not listed by any page of ${list}. Build again; if it stays so, the list is at fault.`;
const wrongRedirect = (path: string) =>
	`tags/prc/index.html: has as its canonical address ${origin}/tags/china/, where ${origin}${path} is right. Correct it.`;

/** Returns what the check says of the tiny edition, changed. */
async function check(
	change: (files: Files) => void = () => undefined,
): Promise<{ findings: string[]; warnings: string[] }> {
	const files = tinyEdition();
	change(files);
	const { findings, warnings } = await checkEdition(await writeFiles(files));
	return { findings: findings.sort(byPlace).map(formatProblem), warnings: warnings.map(formatProblem) };
}

/** Changes a file of the edition, which must hold what is replaced. */
function edit(files: Files, file: string, from: string, to: string): void {
	const text = String(files[file]);
	expect(text).toContain(from);
	files[file] = text.replace(from, () => to);
}

/** Letters and digits that no compression makes small. */
function noise(size: number): string {
	let state = 1;
	return Array.from({ length: size }, () => (state = (state * 48_271) % 2_147_483_647).toString(36).slice(-1)).join('');
}

test('a sound edition has no findings, and its counts are told', async () => {
	const folder = await writeFiles(tinyEdition());
	const { findings, warnings, counts } = await checkEdition(folder);
	expect([findings, warnings]).toEqual([[], []]);
	expect(counts).toMatchObject({ articles: 1, pages: 9, feeds: 2 });
});

describe('a finding is', () => {
	const cases: Record<string, [change: (files: Files) => void, findings: string[]]> = {
		'an article that the search does not find': [
			(files) => delete files['search/pagefind/fragment/en_1.pf_fragment'],
			[`${story}: is not found by the search. Let the build make the index anew.`],
		],
		'an article that the search finds twice': [
			(files) => (files['search/pagefind/fragment/en_2.pf_fragment'] = fragmentOf('/2025/06/story/')),
			[
				'search/pagefind/fragment/en_2.pf_fragment: lets the search find /2025/06/story/ a second time. Let the build make the index anew.',
			],
		],
		'something in the search that is no article': [
			(files) => (files['search/pagefind/fragment/en_2.pf_fragment'] = fragmentOf('/2025/06/draft/')),
			[
				'search/pagefind/fragment/en_2.pf_fragment: lets the search find /2025/06/draft/, which is no article. Let the build make the index anew.',
			],
		],
		'a part of the search that cannot be read': [
			(files) => (files['search/pagefind/fragment/en_2.pf_fragment'] = 'no gzip'),
			[
				'search/pagefind/fragment/en_2.pf_fragment: cannot be read by the search (incorrect header check). Correct what writes it.',
			],
		],
		'a page without its policy': [
			(files) => edit(files, story, 'content-security-policy', 'x'),
			[`${story}: has not the content security policy that fits it. Let the build write it.`],
		],
		'a page whose policy stands behind a style': [
			(files) => edit(files, story, '<head>', '<head><style></style>'),
			[`${story}: has not the content security policy that fits it. Let the build write it.`],
		],
		'a page with a style that its policy does not name': [
			(files) => edit(files, story, '</head>', '<style>p{color:red}</style></head>'),
			[`${story}: has not the content security policy that fits it. Let the build write it.`],
		],
		'a link that leads nowhere': [
			(files) => edit(files, story, '"#first"', '"/tags/chna/"'),
			[`${story}: leads to /tags/chna/, which is not there. Did you mean "/tags/china/"?`],
		],
		'a link without its last stroke': [
			(files) => edit(files, story, '"#first"', '"/tags/china"'),
			[`${story}: leads to /tags/china, which is not there. Write /tags/china/.`],
		],
		'a link to a place that its page has not': [
			(files) => edit(files, story, '"#first"', '"/#mian"'),
			[`${story}: leads to /#mian, but that page has no such id. Did you mean "main"?`],
		],
		'a link to a place of its own page that is not there': [
			(files) => edit(files, story, '"#first"', '"#%D0%B0"'),
			[`${story}: leads to #%D0%B0, but that page has no such id. Correct or remove it.`],
		],
		'a picture that is not there': [
			(files) => edit(files, story, 'A text.', '<picture><source srcset="/a.avif 1x, /b.avif 2x"></picture>'),
			['/a.avif', '/b.avif'].map((file) => `${story}: leads to ${file}, which is not there. Correct or remove it.`),
		],
		'a picture of a feed that is not there': [
			(files) =>
				edit(
					files,
					'rss.xml',
					'</item>',
					`<description>&lt;img src=&quot;${origin}/_astro/a.jpg&quot;&gt;</description></item>`,
				),
			[`rss.xml: shows ${origin}/_astro/a.jpg, which is not there. Build again; if it stays so, the feed is at fault.`],
		],
		'type that is not there': [
			(files) => edit(files, story, '</head>', '<style>@font-face{src:url("/x.woff2")}</style></head>'),
			[
				`${story}: has not the content security policy that fits it. Let the build write it.`,
				`${story}: leads to /x.woff2, which is not there. Correct or remove it.`,
			],
		],
		'a whole address of the paper that leads nowhere': [
			(files) => edit(files, story, '</head>', `<meta property="og:image" content="${origin}/card.png"></head>`),
			[`${story}: leads to ${origin}/card.png, which is not there. Correct or remove it.`],
		],
		'an id that stands twice in a page': [
			(files) => edit(files, story, 'A text.', '<b id="main"></b>'),
			[`${story}: has the id "main" more than once. Give each its own.`],
		],
		'a script': [
			(files) => edit(files, story, 'A text.', '<script>alert(1)</script>'),
			[`${story}: has an executable script, which no page may have. Remove it.`],
		],
		'a module on another page than that for searching': [
			(files) => edit(files, story, 'A text.', '<script type="module"></script>'),
			[`${story}: has a script, and may have none. Remove what is too much.`],
		],
		'an attribute that runs script': [
			(files) => edit(files, story, '<p id="first">', '<p id="first" onclick="x()">'),
			[`${story}: has an attribute onclick, which no page may have. Remove it.`],
		],
		'an attribute that sets a style': [
			(files) => edit(files, story, '<p id="first">', '<p id="first" style="color:red">'),
			[`${story}: has an attribute style, which no page may have. Remove it.`],
		],
		'a link that runs script, however it is written': [
			(files) => edit(files, story, '"#first"', '" java&#10;script:alert(1)"'),
			[`${story}: has an attribute href, which no page may have. Remove it.`],
		],
		'a link to a page within an address': [
			(files) => edit(files, story, '"#first"', '" Data:text/html,x"'),
			[`${story}: has an attribute href, which no page may have. Remove it.`],
		],
		'a form that leads to another site': [
			(files) => edit(files, story, 'A text.', '<form action="https://other.example/"></form>'),
			[`${story}: has a form that leads elsewhere, which no page may have. Remove it.`],
		],
		'a button that leads to another site': [
			(files) => edit(files, story, 'A text.', '<form><button formaction="//other.example/">x</button></form>'),
			[`${story}: has a form that leads elsewhere, which no page may have. Remove it.`],
		],
		'a frame of another page': [
			(files) => edit(files, story, 'A text.', '<iframe></iframe>'),
			[`${story}: has the element iframe, which no page may have. Remove it.`],
		],
		'structured data that is no JSON': [
			(files) => edit(files, story, '</head>', '<script type="application/ld+json">{"a":</script></head>'),
			[`${story}: has structured data that is no JSON (Unexpected end of JSON input). Correct what writes it.`],
		],
		'XML that is not well-formed': [
			(files) => edit(files, 'icon.svg', '/>', '><g>'),
			['icon.svg: is not well-formed XML (1:43: unclosed tag: g). Correct what writes it.'],
		],
		'JSON that cannot be read': [
			(files) => (files['feed.json'] = '{'),
			[
				"feed.json: is no JSON (Expected property name or '}' in JSON at position 1 (line 1 column 2)). Correct what writes it.",
			],
		],
		'a page without a canonical address': [
			(files) => edit(files, story, 'rel="canonical"', 'rel="x"'),
			[`${story}: has as its canonical address none, where ${origin}/2025/06/story/ is right. Correct it.`],
		],
		'a page with two canonical addresses': [
			(files) => edit(files, story, '</head>', `<link rel="canonical" href="${origin}/"></head>`),
			[
				`${story}: has as its canonical address ${origin}/2025/06/story/, ${origin}/, where ${origin}/2025/06/story/ is right. Correct it.`,
			],
		],
		'a canonical address that another page has': [
			(files) =>
				edit(files, story, `canonical" href="${origin}/2025/06/story/"`, `canonical" href="${origin}/2025/06/"`),
			[
				`${story}: has as its canonical address ${origin}/2025/06/, where ${origin}/2025/06/story/ is right. Correct it.`,
			],
		],
		'a canonical address of another site': [
			(files) => edit(files, story, `canonical" href="${origin}`, 'canonical" href="https://other.example'),
			[
				`${story}: has as its canonical address https://other.example/2025/06/story/, where ${origin}/2025/06/story/ is right. Correct it.`,
			],
		],
		'a redirect that calls itself by its own address': [
			(files) =>
				edit(
					files,
					'tags/prc/index.html',
					`canonical" href="${origin}/tags/china/"`,
					`canonical" href="${origin}/tags/prc/"`,
				),
			[
				`tags/prc/index.html: has as its canonical address ${origin}/tags/prc/, where ${origin}/tags/china/ is right. Correct it.`,
			],
		],
		'an article that its month does not list': [
			(files) => edit(files, '2025/06/index.html', storyLink, ''),
			[unlisted('/2025/06/')],
		],
		'a month that its year does not list': [
			(files) => edit(files, '2025/index.html', '<a href="/2025/06/">June</a>', ''),
			['2025/06/index.html: is not listed by any page of /2025/. Build again; if it stays so, the list is at fault.'],
		],
		'an article that its tag does not list': [
			(files) => {
				edit(files, 'tags/china/index.html', storyLink, '');
				edit(files, 'tags/index.html', '<span>1</span>', '<span>0</span>');
			},
			[unlisted('/tags/china/')],
		],
		'an article that its section does not list': [
			(files) => edit(files, 'sections/news/index.html', storyLink, ''),
			[unlisted('/sections/news/')],
		],
		'an article that its author does not list': [
			(files) => edit(files, story, 'A text.', '<a rel="author" href="/tags/">A</a>'),
			[unlisted('/tags/')],
		],
		'an article that neither the home page nor the pages behind it list': [
			(files) => edit(files, 'index.html', storyLink, ''),
			[unlisted('/')],
		],
		'a year with a count that is not right': [
			(files) => edit(files, '2025/index.html', '<p>1 article', '<p>2 articles'),
			[
				'2025/index.html: does not say that it has 1 article, as it has. Build again; if it stays so, the page is at fault.',
			],
		],
		'a list with a count that is not right': [
			(files) => edit(files, 'sections/news/index.html', '1 article', '2 articles'),
			[
				'sections/news/index.html: does not say that it has 1 article, as it has. Build again; if it stays so, the page is at fault.',
			],
		],
		'a tag with a count that is not right': [
			(files) => edit(files, 'tags/index.html', '<span>1', '<span>2'),
			['tags/index.html: counts 2 for /tags/china/, which lists 1 article. Build again.'],
		],
		'a feed of a list that holds nothing': [
			(files) => (files['sections/news/rss.xml'] = '<rss version="2.0"><channel/></rss>'),
			['sections/news/rss.xml: does not hold /2025/06/story/. Build again; if it stays so, the feed is at fault.'],
		],
		'an article that the feed does not hold': [
			(files) => edit(files, 'rss.xml', `<item><link>${origin}/2025/06/story/</link></item>`, ''),
			[`${story}: is not in the feed of the paper. Build again; if it stays so, the feed is at fault.`],
		],
		'an article in the feed that is not there': [
			(files) => edit(files, 'rss.xml', '<item>', `<item><link>${origin}/2025/06/gone/</link></item><item>`),
			[`rss.xml: names ${origin}/2025/06/gone/, which is not there. Take it out of the feed.`],
		],
		'an archive of the feed that is not there': [
			(files) =>
				edit(
					files,
					'rss.xml',
					'<channel>',
					`<channel><atom:link xmlns:atom="http://www.w3.org/2005/Atom" rel="prev-archive" href="${origin}/rss/1.xml"/>`,
				),
			['rss.xml: leads to /rss/1.xml, which is no document of it. Let the build make it.'],
		],
		'an edition without a feed': [(files) => delete files['rss.xml'], ['rss.xml: is missing. Let the build make it.']],
		'an edition without a word of its sitemap to search engines': [
			(files) => delete files['robots.txt'],
			['robots.txt: does not name the sitemap. Let the build make it.'],
		],
		'an article that is kept from search engines': [
			(files) => {
				edit(files, story, '</head>', '<meta name="robots" content="noindex"></head>');
				edit(files, 'sitemap-0.xml', `<url><loc>${origin}/2025/06/story/</loc></url>`, '');
			},
			[
				`${story}: asks search engines to pass it over, as no article may. Build again.`,
				`${story}: is not in the sitemap. Build again; if it stays so, the sitemap is at fault.`,
			],
		],
		'an edition of which nothing may be found': [
			(files) => {
				for (const [file, text] of Object.entries(files))
					if (file.endsWith('.html')) files[file] = `${String(text)}<meta name="robots" content="noindex">`;
				delete files['sitemap-index.xml'];
			},
			[
				`${story}: asks search engines to pass it over, as no article may. Build again.`,
				'sitemap-index.xml: is missing. Let the build make it.',
			],
		],
		'an edition without a sitemap': [
			(files) => delete files['sitemap-index.xml'],
			['sitemap-index.xml: is missing. Let the build make it.'],
		],
		'a page that the sitemap lacks': [
			(files) => edit(files, 'sitemap-0.xml', `<url><loc>${origin}/2025/06/story/</loc></url>`, ''),
			[`${story}: is not in the sitemap. Build again; if it stays so, the sitemap is at fault.`],
		],
		'a redirect in the sitemap, and a page that is there twice': [
			(files) =>
				edit(
					files,
					'sitemap-0.xml',
					'<url>',
					`<url><loc>${origin}/tags/prc/</loc></url><url><loc>${origin}/</loc></url><url>`,
				),
			[
				`sitemap-index.xml: names ${origin}/ more than once. Take it out.`,
				'sitemap-index.xml: names /tags/prc/, which is no page to be indexed. Take it out.',
			],
		],
		'a redirect to a file that is no page': [
			(files) => edit(files, 'tags/prc/index.html', 'url=/tags/china/', 'url=/icon.svg'),
			[
				'tags/prc/index.html: redirects to /icon.svg, which is no page of the paper. Let it lead to a page.',
				wrongRedirect('/icon.svg'),
			],
		],
		'a redirect that leads on': [
			(files) => edit(files, 'tags/prc/index.html', 'url=/tags/china/', 'url=/tags/prc/'),
			[
				'tags/prc/index.html: redirects to /tags/prc/, which leads on to another. Let it lead to a page.',
				wrongRedirect('/tags/prc/'),
			],
		],
		'two names that differ in letter case': [
			(files) => (files['Icon.svg'] = files['icon.svg'] ?? ''),
			['icon.svg: differs from Icon.svg in letter case only, and some disks hold one of them. Rename one.'],
		],
		'a long path': [
			(files) => (files[`${'й'.repeat(100)}.txt`] = ''),
			[`${'й'.repeat(100)}.txt: has a path of 204 bytes; 200 are the most. Shorten its name.`],
		],
		'a page that is heavy without its text': [
			(files) => edit(files, story, '</body>', `<p>${noise(24_000)}</p></body>`),
			[expect.stringMatching(/story.*: has 1\d{4} bytes gzipped beside its text; 10000 are the most\. /)],
		],
	};
	test.each(Object.entries(cases))('%s', async (_, [change, findings]) => {
		expect((await check(change)).findings).toEqual(findings);
	});

	test('each of very many', { timeout: 30_000 }, async () => {
		const twice = Array.from({ length: 150_000 }, (_, i) => `<b id="${i}"></b><b id="${i}"></b>`);
		const { findings } = await check((files) => edit(files, story, '</body>', `${twice.join('')}</body>`));
		expect(findings.length).toBeGreaterThan(150_000);
	});

	test('a symbolic link', async () => {
		const folder = await writeFiles(tinyEdition());
		await symlink('icon.svg', join(folder, 'link.svg'));
		const { findings } = await checkEdition(folder);
		expect(findings.map(formatProblem)).toEqual(['link.svg: is neither a file nor a folder. Put a file in its place.']);
	});
});

describe('a picture', () => {
	const draw = async (parts: string) =>
		(await check((files) => edit(files, 'icon.svg', '/>', `>${parts}</svg>`))).findings;

	test.each([
		'<script>1</script>',
		'<g onload="x()"/>',
		'<a href="javascript:x()"><g/></a>',
		'<a xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="data:text/html,x"><g/></a>',
	])('that runs script is a finding: %s', async (parts) => {
		expect(await draw(parts)).toEqual(['icon.svg: runs script. Correct what writes it.']);
	});

	test('that only draws is none', async () => {
		expect(await draw('<style>g{fill:red}</style><g style="x:y"/><image href="data:image/png;base64,AA"/>')).toEqual(
			[],
		);
	});
});

describe('pictures that nothing names', () => {
	const pictures = (files: Files) => {
		for (const name of ['page.avif', 'feed.jpg', 'json.jpg', 'Nowhere.JPG', 'search.js'])
			files[`_astro/${name}`] = name;
		files['_astro/fonts/serif.woff2'] = 'type';
		files['feed.json'] = JSON.stringify({ html: `<img src="${origin}/_astro/json.jpg">` });
		edit(files, story, 'A text.', '<img srcset="/_astro/page.avif 1x" alt="">');
		edit(files, 'rss.xml', '</item>', `<media>&lt;img src=&quot;${origin}/_astro/feed.jpg&quot;&gt;</media></item>`);
	};

	test('are told before they are published, and are no part of what is', async () => {
		const files = tinyEdition();
		pictures(files);
		const checked = await checkEdition(await writeFiles(files));
		expect([checked.findings, checked.unused]).toEqual([[], new Set(['_astro/Nowhere.JPG'])]);
		expect(checked.files.map(({ path }) => path)).not.toContain('_astro/Nowhere.JPG');
	});

	test('are a finding in an edition that was published', async () => {
		const files = tinyEdition();
		pictures(files);
		const folder = await writeFiles(files);
		await writeManifest(folder, await checkEdition(folder));
		expect((await checkEdition(folder)).findings.map(formatProblem)).toEqual([
			'_astro/Nowhere.JPG: is a picture that nothing names. Remove it.',
		]);
	});
});

describe('readers and editors are not held up', () => {
	test('by a link to another site, a module on the page for searching, or a fragment of text', async () => {
		const { findings } = await check((files) => {
			edit(files, story, '"#first"', '"https://other.example/x"');
			edit(
				files,
				story,
				'A text.',
				'<a href="/#:~:text=First">x</a><a href="#top">x</a><a href="mailto:a@b.example">x</a>',
			);
			files['search/index.html'] = tinyPage('/search/', '<script type="module">1</script>');
			edit(files, 'sitemap-0.xml', '<url>', `<url><loc>${origin}/search/</loc></url><url>`);
		});
		expect(findings).toEqual([]);
	});

	test('by a long text or equal headlines, but they are warned', async () => {
		const { findings, warnings } = await check((files) => {
			edit(files, story, 'A text.', noise(36_000));
			const other = String(files[story]).replace(`${origin}/2025/06/story/`, `${origin}/2025/06/other/`);
			files['2025/06/other/index.html'] = other;
			files['search/pagefind/fragment/en_2.pf_fragment'] = fragmentOf('/2025/06/other/');
			for (const list of ['index.html', '2025/06/index.html', 'tags/china/index.html', 'sections/news/index.html'])
				edit(files, list, storyLink, `<a href="/2025/06/other/">Other</a>${storyLink}`);
			for (const list of ['2025/index.html', 'sections/news/index.html']) edit(files, list, '1 article', '2 articles');
			edit(files, 'tags/index.html', '<span>1', '<span>2');
			for (const feed of ['rss.xml', 'sections/news/rss.xml'])
				edit(files, feed, '<item>', `<item><link>${origin}/2025/06/other/</link></item><item>`);
			edit(files, 'sitemap-0.xml', '<url>', `<url><loc>${origin}/2025/06/other/</loc></url><url>`);
		});
		expect(findings).toEqual([]);
		expect(warnings).toEqual([
			`${story}: has the headline of 2025/06/other/index.html, "/2025/06/story/". Change one of them.`,
			expect.stringMatching(
				/other\/index\.html: is a long text: it takes \d+ bytes gzipped .*, and 14600 come at once\./,
			),
			expect.stringMatching(/story\/index\.html: is a long text/),
		]);
	});

	test('by an article that is in an archive of the feed', async () => {
		const archived = (text: string) => (files: Files) => {
			const link = `<atom:link xmlns:atom="http://www.w3.org/2005/Atom" rel="prev-archive" href="${origin}/rss/1.xml"/>`;
			files['rss/1.xml'] = String(files['rss.xml']).replace(`${origin}/2025/06/story/`, text);
			files['rss.xml'] = `<rss version="2.0"><channel>${link}</channel></rss>`;
		};
		expect((await check(archived(`${origin}/2025/06/story/`))).findings).toEqual([]);
		expect((await check(archived(`${origin}/`))).findings).toEqual([
			`${story}: is not in the feed of the paper. Build again; if it stays so, the feed is at fault.`,
		]);
	});
});

describe('a retracted article', () => {
	const checkRetracted = (change: (files: Files) => void = () => undefined) =>
		check((files) => {
			retract(files);
			change(files);
		});

	test('stands in no list, and its notice is no article', async () => {
		expect(await checkRetracted()).toEqual({ findings: [], warnings: [] });
	});

	test('is named by the edition with the addresses from which it has moved', async () => {
		const files = tinyEdition();
		retract(files);
		files['2025/05/old/index.html'] = tinyPage(
			'/2025/06/story/',
			'',
			'<meta http-equiv="refresh" content="0; url=/2025/06/story/">',
		);
		const folder = await writeFiles(files);
		const checked = await checkEdition(folder);
		expect(checked.counts).toMatchObject({ articles: 0 });
		await writeManifest(folder, checked);
		expect((await readManifest(folder))?.retracted).toEqual(['2025/05/old/', '2025/06/story/']);
	});

	test('leaves no card, no map and no page of comments', async () => {
		const left = ['2025/06/story/card.png', '2025/06/story/comments/index.html'];
		const { findings } = await checkRetracted((files) => {
			files[left[0] ?? ''] = '';
			files[left[1] ?? ''] = tinyPage('/2025/06/story/comments/', '', '<meta name="robots" content="noindex">');
		});
		expect(findings).toEqual(left.map((file) => `${file}: belongs to an article that was retracted. Remove it.`));
	});

	test('is in no sitemap, and tells search engines to pass it over', async () => {
		const inNews = await checkRetracted((files) => {
			files['news-sitemap.xml'] = `<urlset><url><loc>${origin}/2025/06/story/</loc></url></urlset>`;
		});
		expect(inNews.findings).toEqual([`${story}: was retracted, but is in the sitemap of news. Take it out.`]);
		const inSitemap = await checkRetracted((files) =>
			edit(files, 'sitemap-0.xml', '<urlset>', `<urlset><url><loc>${origin}/2025/06/story/</loc></url>`),
		);
		expect(inSitemap.findings).toEqual([
			'sitemap-index.xml: names /2025/06/story/, which is no page to be indexed. Take it out.',
		]);
		const indexed = await checkRetracted((files) => edit(files, story, '<meta name="robots" content="noindex">', ''));
		expect(indexed.findings).toContain(
			`${story}: does not say when it was published, as articles do, and not that search engines must pass it over, as notices do. Let it say one of them.`,
		);
	});
});

test('an edition that tells what it holds must hold just that', async () => {
	const folder = await writeFiles(tinyEdition());
	await writeManifest(folder, await checkEdition(folder));
	expect((await checkEdition(folder)).findings).toEqual([]);
	expect(Object.keys((await readManifest(folder))?.files ?? {})).toContain(story);
	await writeFile(join(folder, 'more.txt'), '');
	await writeFile(join(folder, 'constructor'), '');
	await writeFile(join(folder, 'icon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"></svg>');
	await rm(join(folder, '404.html'));
	expect((await checkEdition(folder)).findings.map(formatProblem)).toEqual([
		'404.html: is missing, though edition.json names it. Publish it again, or copy it again.',
		'icon.svg: was changed after it was published. Publish it again, or copy it again.',
		'constructor: is not in edition.json. Remove it.',
		'more.txt: is not in edition.json. Remove it.',
	]);
});

test.each([
	['articles', 9, '1'],
	['pages', 8, '9'],
	['feeds', 9, '2'],
	['bytes', 9, String.raw`\d+`],
	['digest', 'x', '".{64}"'],
	['retracted', ['2025/06/story/'], String.raw`\[\]`],
	['redirects', {}, '{"tags/prc/":"tags/china/"}'],
])('an edition that tells something else of itself as "%s" is found out', async (name, value, is) => {
	const folder = await writeFiles(tinyEdition());
	await writeManifest(folder, await checkEdition(folder));
	const file = join(folder, 'edition.json');
	const manifest: object = { ...(await readManifest(folder)), [name]: value };
	await writeFile(file, JSON.stringify(manifest));
	expect((await checkEdition(folder)).findings.map(formatProblem)).toEqual([
		expect.stringMatching(
			new RegExp(String.raw`^edition\.json: has .* as "${name}", where ${is} is right\. Publish again\.$`),
		),
	]);
});

test('an edition must not tell nothing in the place of what it holds', async () => {
	const folder = await writeFiles({ ...tinyEdition(), 'edition.json': '{}' });
	expect((await checkEdition(folder)).findings.map(formatProblem)).toEqual([
		'edition.json: does not tell what the edition holds. Publish again.',
	]);
});

describe('what was kept of an edition', () => {
	const before = new Date('2025-06-16T12:00:00Z');

	/** Returns an edition that has stood for long, a link to each of its files in a new folder, and what a check has kept. */
	async function keepEdition(): Promise<{ folder: string; linked: string; cache: string }> {
		const files = tinyEdition();
		const [folder, linked] = [await writeFiles(files), await writeFiles({})];
		for (const file of Object.keys(files)) {
			await utimes(join(folder, file), before, before);
			await mkdir(dirname(join(linked, file)), { recursive: true });
			await link(join(folder, file), join(linked, file));
		}
		const cache = join(await writeFiles({}), 'check');
		await checkEdition(folder, cache);
		return { folder, linked, cache };
	}

	/** Writes what has a mistake over a file, as many bytes as there were. */
	async function spoil(folder: string, file = story): Promise<void> {
		const text = await readFile(join(folder, file), 'utf8');
		await writeFile(join(folder, file), text.replace('/tags/china/', '/tags/chnia/'));
	}
	const findingsIn = async (folder: string, cache?: string) => (await checkEdition(folder, cache)).findings.length;

	test('gives what a check without it gives', async () => {
		const { linked, cache } = await keepEdition();
		await writeFile(join(linked, 'more.html'), tinyPage('/more/', '<a href="/gone/">x</a><a href="/tags/">x</a>'));
		const cold = await checkEdition(linked);
		expect(cold.findings.length).toBeGreaterThan(0);
		expect(await checkEdition(linked, cache)).toEqual(cold);
		expect(await checkEdition(linked, cache)).toEqual(cold);
	});

	test('spares reading what is linked', async () => {
		const { folder, linked, cache } = await keepEdition();
		await spoil(folder);
		await utimes(join(folder, story), before, before);
		expect(await findingsIn(linked, cache)).toBe(0);
		expect(await findingsIn(linked)).toBeGreaterThan(0);
	});

	test('does not stand for another file of the same size and time', async () => {
		const { linked, cache } = await keepEdition();
		const other = join(linked, 'other');
		await copyFile(join(linked, story), other);
		await rename(other, join(linked, story));
		await spoil(linked);
		await utimes(join(linked, story), before, before);
		expect(await findingsIn(linked, cache)).toBeGreaterThan(0);
	});

	test('does not stand for a file that was changed in its place', async () => {
		const { linked, cache } = await keepEdition();
		await spoil(linked);
		const later = new Date(before.getTime() + 1);
		await utimes(join(linked, story), later, later);
		expect(await findingsIn(linked, cache)).toBeGreaterThan(0);
	});

	test('does not stand for a file that had changed so lately that a later change may not show in its time', async () => {
		const { linked, cache } = await keepEdition();
		const now = new Date();
		await utimes(join(linked, story), now, now);
		expect(await findingsIn(linked, cache)).toBe(0);
		await spoil(linked);
		await utimes(join(linked, story), now, now);
		expect(await findingsIn(linked, cache)).toBeGreaterThan(0);
	});

	test('does not stand for the same bytes in a file of another kind', async () => {
		const { linked, cache } = await keepEdition();
		await copyFile(join(linked, story), join(linked, 'story.xml'));
		const { findings } = await checkEdition(linked, cache);
		expect(findings.map(formatProblem)).toEqual([expect.stringMatching(/^story\.xml: is not well-formed XML/)]);
	});

	test('is not trusted where it is spoilt', async () => {
		const { folder, linked, cache } = await keepEdition();
		await spoil(folder);
		await utimes(join(folder, story), before, before);
		const bytes = await readFile(cache);
		bytes.writeUInt8(bytes.readUInt8(bytes.length - 9) ^ 1, bytes.length - 9);
		for (const kept of [bytes, bytes.subarray(0, 100), 'x\n', '']) {
			await writeFile(cache, kept);
			expect(await findingsIn(linked, cache)).toBeGreaterThan(0);
		}
	});
});

test('files read by several threads are those read by one', { timeout: 30_000 }, async () => {
	const paths = Array.from({ length: 1001 }, (_, i) => `${i}.xml`);
	const map = (link: number) => `<urlset><url><loc>/${link}/</loc></url><url><loc>/</loc></url></urlset>`;
	const folder = await writeFiles(Object.fromEntries(paths.map((path, i) => [path, map(i % 300)])));
	const linksBy = async (threads: number) => {
		const { texts, files } = await scanAll({ folder, paths, known: new Set() }, threads);
		return new Map(files.map(({ path, hash, facts }) => [path, [hash, facts?.links.map((link) => texts[link])]]));
	};
	const links = await linksBy(3);
	expect(links.get('301.xml')?.[1]).toEqual(['/1/', '/']);
	expect(links).toEqual(await linksBy(1));
});

describe('comments on an article', () => {
	const list = '2025/06/story/comments/';
	const comment = (id: string) => `<article id="comment-${id}"><p>Yes.</p></article>`;
	const feed = (...ids: string[]) =>
		`<rss version="2.0"><channel><title>T</title>${ids.map((id) => `<item><link>${origin}/${list}#comment-${id}</link></item>`).join('')}</channel></rss>`;
	const checkCommented = (change: (files: Files) => void = () => undefined) =>
		check((files) => {
			edit(
				files,
				story,
				'</main>',
				`<section id="comments"><ol>${comment('b')}</ol><a href="/${list}">All</a></section></main>`,
			);
			files[`${list}index.html`] = tinyPage(
				`/${list}`,
				`<a href="/2025/06/story/">Story</a>${comment('a')}${comment('b')}`,
				`<meta name="robots" content="noindex"><link rel="alternate" href="/${list}rss.xml">`,
			);
			files[`${list}rss.xml`] = feed('b', 'a');
			change(files);
		});

	test('have a page that is in no sitemap, a feed and forms that the service answers', async () => {
		const sound = await checkCommented((files) =>
			edit(files, story, '</main>', '<a href="/comments/2025/06/story/?reply=a">Reply</a></main>'),
		);
		expect(sound).toEqual({ findings: [], warnings: [] });
	});

	test.for<[name: string, change: (files: Files) => void, findings: string[]]>([
		[
			'no way to those that the article does not show',
			(files) => edit(files, story, `<a href="/${list}">All</a>`, ''),
			[
				`${story}: shows 1 of 2 comments and does not lead to /${list}. Build again; if it stays so, the page is at fault.`,
			],
		],
		[
			'no feed',
			(files) => {
				delete files['2025/06/story/comments/rss.xml'];
				edit(files, `${list}index.html`, `<link rel="alternate" href="/${list}rss.xml">`, '');
			},
			[`${list}rss.xml: is missing. Let the build make it.`],
		],
		[
			'a feed without one',
			(files) => (files[`${list}rss.xml`] = feed('b')),
			[`${list}rss.xml: holds 1 comments of 2. Build again; if it stays so, the feed is at fault.`],
		],
		[
			'a feed with another',
			(files) => (files[`${list}rss.xml`] = feed('b', 'c')),
			[`${list}rss.xml: names ${origin}/${list}#comment-c, which is no comment of /${list}. Take it out of the feed.`],
		],
		[
			'no article',
			(files) => {
				files['2025/06/other/comments/index.html'] = String(files[`${list}index.html`]).replaceAll('story', 'other');
				files['2025/06/other/comments/rss.xml'] = feed('a', 'b').replaceAll('story', 'other');
			},
			[
				'2025/06/other/comments/index.html: leads to /2025/06/other/, which is not there. Correct or remove it.',
				'2025/06/other/comments/index.html: has comments on no article. Remove it.',
			],
		],
		[
			'a file in the place of their form',
			(files) => (files['comments/2025/06/story/note.txt'] = ''),
			['comments/2025/06/story/note.txt: stands where the comment service answers. Remove it.'],
		],
	])('with %s are found', async ([, change, findings]) => {
		expect((await checkCommented(change)).findings).toEqual(findings);
	});

	test('may lead to what is not there, and are named where they are beyond reason', async () => {
		const { findings, warnings } = await checkCommented((files) => {
			const link = `<a href="${origin}/gone/" rel="nofollow ugc noopener">${origin}/gone/</a>`;
			edit(files, `${list}index.html`, 'Yes.', `${link} ${noise(250_000)}`);
		});
		expect(findings).toEqual([]);
		expect(warnings).toEqual([
			expect.stringMatching(
				/^2025\/06\/story\/comments\/index\.html: is a long list: it takes 1\d{5} bytes gzipped with its headers, and 150000 are many\.$/,
			),
		]);
	});
});
