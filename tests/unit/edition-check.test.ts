import { rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { byPlace, formatProblem } from '../../src/domain/problems.ts';
import { checkEdition } from '../../src/edition/check/check.ts';
import { readManifest, writeManifest } from '../../src/edition/check/manifest.ts';
import { scanAll } from '../../src/edition/check/scan.ts';
import { writeFiles } from '../support/content.ts';
import { type Files, fragmentOf, retract, tinyEdition, tinyPage } from '../support/tiny-edition.ts';

const origin = 'https://meridian.example.org';
const story = '2025/06/story/index.html';

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
	expect(counts).toMatchObject({ articles: 1, pages: 6, feeds: 1 });
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
		'a canonical address that another page has': [
			(files) =>
				edit(files, story, `canonical" href="${origin}/2025/06/story/"`, `canonical" href="${origin}/2025/06/"`),
			[`${story}: has the canonical address ${origin}/2025/06/, as 2025/06/index.html has. Give each its own.`],
		],
		'an article that its month does not list': [
			(files) => (files['2025/06/index.html'] = tinyPage('/2025/06/', '')),
			[`${story}: is not listed by any page of /2025/06/. Build again; if it stays so, the list is at fault.`],
		],
		'an article that its tag does not list': [
			(files) => (files['tags/china/index.html'] = tinyPage('/tags/china/', '')),
			[`${story}: is not listed by any page of /tags/china/. Build again; if it stays so, the list is at fault.`],
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
			['tags/prc/index.html: redirects to /icon.svg, which is no page of the paper. Let it lead to a page.'],
		],
		'a redirect that leads on': [
			(files) => edit(files, 'tags/prc/index.html', 'url=/tags/china/', 'url=/tags/prc/'),
			['tags/prc/index.html: redirects to /tags/prc/, which leads on to another. Let it lead to a page.'],
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
			for (const list of ['2025/06/index.html', 'tags/china/index.html'])
				edit(files, list, '<a ', '<a href="/2025/06/other/">Other</a><a ');
			edit(files, 'rss.xml', '<item>', `<item><link>${origin}/2025/06/other/</link></item><item>`);
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

	test('by an article that is in an archive of the feed, or older than a feed without archives', async () => {
		const archive = `<rss version="2.0"><channel><item><link>${origin}/2025/06/story/</link></item></channel></rss>`;
		const newer = (files: Files) => {
			files['2025/06/newer/index.html'] = tinyPage(
				'/2025/06/newer/',
				'',
				'<meta property="article:published_time" content="2025-06-17T00:00+05:00">',
			);
			edit(files, '2025/06/index.html', '<a ', '<a href="/2025/06/newer/">Newer</a><a ');
			edit(files, 'sitemap-0.xml', '<url>', `<url><loc>${origin}/2025/06/newer/</loc></url><url>`);
			edit(files, 'rss.xml', '/story/', '/newer/');
			files['search/pagefind/fragment/en_2.pf_fragment'] = fragmentOf('/2025/06/newer/');
		};
		expect((await check(newer)).findings).toEqual([]);
		const archived = (text: string) => (files: Files) => {
			newer(files);
			const link = `<atom:link xmlns:atom="http://www.w3.org/2005/Atom" rel="prev-archive" href="${origin}/rss/1.xml"/>`;
			edit(files, 'rss.xml', '<channel>', `<channel>${link}`);
			files['rss/1.xml'] = text;
		};
		expect((await check(archived(archive))).findings).toEqual([]);
		expect((await check(archived('<rss version="2.0"><channel/></rss>'))).findings).toEqual([
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
		'404.html: is missing, though edition.json names it. Publish again.',
		'icon.svg: was changed after it was published. Publish again.',
		'constructor: is not in edition.json. Remove it.',
		'more.txt: is not in edition.json. Remove it.',
	]);
});

test.each([
	['articles', 9, '1'],
	['pages', 9, '6'],
	['feeds', 9, '1'],
	['bytes', 9, String.raw`\d+`],
	['digest', 'x', '".{64}"'],
	['retracted', ['2025/06/story/'], String.raw`\[\]`],
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

test('what was kept of an edition gives the same findings, and is not trusted where it is spoilt', async () => {
	const files = tinyEdition();
	edit(files, story, 'A text.', '<b id="main"></b><a href="/gone/">x</a>');
	const folder = await writeFiles(files);
	const cache = join(await writeFiles({}), 'check.json');
	const cold = await checkEdition(folder, cache);
	const warm = await checkEdition(folder, cache);
	expect(warm).toEqual(cold);
	await writeFile(cache, 'x\n{"texts":[],"pages":[],"data":[]}');
	expect(await checkEdition(folder, cache)).toEqual(cold);
});

test('files read by several threads are those read by one', { timeout: 30_000 }, async () => {
	const paths = Array.from({ length: 1001 }, (_, i) => `${i}.json`);
	const folder = await writeFiles(Object.fromEntries(paths.map((path, i) => [path, String(i)])));
	const task = { folder, paths, known: new Set<string>() };
	expect(await scanAll(task, 3)).toEqual(await scanAll(task, 1));
});
