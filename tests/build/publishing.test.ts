import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, readlink, rename, rm, stat, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readManifest } from '../../src/edition/check/manifest.ts';
import { mustBuild, openWorkshop, peoplesEnvironment, type Workshop } from '../support/build.ts';
import { articleFile, newsroomFiles, writeFilesTo } from '../support/content.ts';
import { attributesOf, type Edition, readEdition, textsOf } from '../support/edition.ts';
import { ask, startPreview } from '../support/serve.ts';
import { start } from '../support/store.ts';
import { brokenLinksOf, faultsOf } from '../support/page-rules.ts';

const origin = 'https://example.com';
const base = '/news/';
const path = `${base}2025/06/x/`;

/** What the newsroom tells its host. */
const ownHeaders = '/*\n  Strict-Transport-Security: max-age=31536000\n';

const hostile = '</script><script>alert(1)</script> & "quotes" <b>';

/** A paper of another newsroom that uses everything an article can have. */
const files = {
	...newsroomFiles,
	'articles/2025/06/x.md': articleFile(
		{
			title: JSON.stringify(hostile),
			publishedAt: '2025-06-16T21:40:00+05:00',
			updatedAt: '2025-06-17T08:05:00+05:00',
			authors: '[desk, other]',
			tags: '[CHINA, XI, commerce]',
			formerPaths: '[2025/05/old-slug]',
			source: '{ name: Elsewhere, url: https://elsewhere.example/, relation: republished }',
			sources: '[{ name: A & B, title: On <it>, url: "https://a.example/?a=1&b=2", date: 2025-06-10 }]',
			corrections: '[{ at: 2025-06-18, text: An earlier version gave a wrong year. }]',
		},
		'## Tags\n\n## Main\n\nA fact.[^1] See [China](/tags/china/), [elsewhere](https://elsewhere.example/) and [below](#a-table).\n\n## A table\n\n| Year | Sum |\n|---|--:|\n| 2024 | 94.82 |\n\n> A quotation.\n\n[^1]: The source.\n',
	),
	'articles/2025/06/draft.md': articleFile({ title: 'Zzdraft', tags: '[trade]', draft: 'true' }, 'Zzdraft.\n'),
	'articles/2025/08/future.md': articleFile({ title: 'Zzfuture', publishedAt: '2025-08-16' }, 'Zzfuture.\n'),
	'authors/other.yaml': 'name: Other Author\ndescription: Writes.\nurl: https://other.example/\n',
	'authors/secret.yaml': 'name: Zzsecret\ndescription: Joins later.\n',
	'comments/2025/06/x/one.yaml': `name: ${JSON.stringify(hostile)}\nwrittenAt: 2025-06-17T10:00+05:00\napprovedAt: 2025-06-17T11:00+05:00\ntext: ${JSON.stringify(`First.\n\n${hostile}`)}\n`,
	'comments/2025/06/x/two.yaml':
		'name: B\nwrittenAt: 2025-06-17T12:00+05:00\napprovedAt: 2025-06-17T13:00+05:00\ntext: An answer.\nreplyTo: one\n',
	'comments/2025/06/x/three.yaml':
		'name: Zzcomment\nwrittenAt: 2025-06-17T12:00+05:00\napprovedAt: 2025-08-01T13:00+05:00\ntext: Zzcomment.\n',
};

let workshop: Workshop;
let edition: Edition;

beforeAll(async () => {
	workshop = await openWorkshop(undefined, (site) =>
		site
			.replace(/origin: '.*'/, `origin: '${origin}'`)
			.replace(/base: '.*'/, `base: '${base}'`)
			.replace(/title: '.*'/, "title: 'The Gazette'"),
	);
	await writeFilesTo(join(workshop.folder, 'content'), files);
	await writeFilesTo(workshop.folder, { 'public/_headers': ownHeaders });
	// Neither variable may make a build show what is not published.
	await mustBuild(workshop, { DEV: '1', NODE_ENV: 'development' });
	edition = await readEdition(workshop.dist, base);
});
afterAll(() => workshop.remove());

describe('a paper of another newsroom, under a path of its own', () => {
	test('has whole pages and sound links, all below its base', () => {
		expect(edition.pages.flatMap(faultsOf)).toEqual([]);
		expect(brokenLinksOf(edition, origin, base)).toEqual([]);
		for (const { document } of edition.pages)
			for (const attribute of ['href', 'src', 'action'])
				for (const address of attributesOf(document, `[${attribute}^="/"]`, attribute))
					expect(address).toMatch(/^\/news\//);
	});

	test('carries its own name and addresses everywhere, and not the former ones', async () => {
		expect(textsOf(edition.page(base).document, '.masthead')).toEqual(['The Gazette']);
		for (const file of edition.files.filter((name) => /\.(?:html|xml|txt|webmanifest)$/.test(name)))
			expect(await edition.text(file), file).not.toMatch(/meridian\.example\.org(?!,2025:)(?!<|"|\?|\n)/);
		expect(await edition.text('robots.txt')).toContain('Sitemap: https://example.com/news/sitemap-index.xml');
		expect(textsOf(await edition.xml('sitemap-0.xml'), 'loc')).toContain(origin + path);
		expect(textsOf(await edition.xml('rss.xml'), 'item > link')).toEqual([origin + path]);
	});

	test('tells hosts its headers, and behind them those of its newsroom', async () => {
		const headers = await edition.text('_headers');
		expect(headers).toMatch(/^\/news\/\*\n {2}Content-Security-Policy: /);
		expect(headers).toContain(`immutable\n${ownHeaders}`);
	});

	test('links a text’s addresses under its base, and whole in the feed', async () => {
		expect(attributesOf(edition.page(path).document, '.prose p > a', 'href').slice(0, 3)).toEqual([
			'/news/tags/china/',
			'https://elsewhere.example/',
			'#a-table',
		]);
		const [html = ''] = textsOf(await edition.xml('rss.xml'), 'item > *').filter((text) => text.includes('A fact.'));
		expect(html).toContain('<a href="https://example.com/news/tags/china/">China</a>');
		expect(html).toContain('href="https://example.com/news/2025/06/x/#a-table"');
		expect(html).not.toMatch(/ class=| style=| data-|<script/);
	});
});

describe('an article with everything', () => {
	test('gives its times with their zone, the last change of all, its people and where it comes from', () => {
		const { document } = edition.page(path);
		expect(textsOf(document, '.facts > p')).toEqual([
			'By The Desk and Other Author, republished from Elsewhere',
			'Published 16 June 2025, 21:40 (UTC+5) Updated 18 June 2025 1 min read 2 Comments',
		]);
		expect(attributesOf(document, '.facts time', 'datetime')).toEqual(['2025-06-16T21:40:00+05:00', '2025-06-18']);
		expect(textsOf(document, 'aside p')).toEqual([
			'This article by The Desk and Other Author was first published by Elsewhere.',
		]);
		expect(textsOf(document, '[aria-labelledby=sources] li')).toEqual(['A & B: On <it> (10 June 2025)']);
		expect(attributesOf(document, '[aria-labelledby=sources] a', 'href')).toEqual(['https://a.example/?a=1&b=2']);
		expect(textsOf(document, '[aria-labelledby=corrections] li')).toEqual([
			'18 June 2025: An earlier version gave a wrong year.',
		]);
	});

	test('shows comments as threads, their text as text', () => {
		const { document } = edition.page(path);
		expect(textsOf(document, '#comments > h2')).toEqual(['2 Comments']);
		expect(textsOf(document, '#comments > ol > li > article .text')).toEqual(['First.', hostile]);
		expect(textsOf(document, '#comments .replies .text')).toEqual(['An answer.']);
		expect(textsOf(document, '#comments article strong')).toEqual([hostile, 'B']);
	});

	test('runs no script whatever its headline and its comments say', async () => {
		const { document } = edition.page(path);
		expect(textsOf(document, 'h1')).toEqual([hostile]);
		// Data of the article, and of its comments.
		expect(attributesOf(document, 'script', 'type')).toEqual(['application/ld+json', 'application/ld+json']);
		expect(document.querySelectorAll('b')).toHaveLength(0);
		const titles = textsOf(await edition.xml('rss.xml'), 'item > title');
		expect(titles.map((title) => title.replaceAll('\u2060', ''))).toEqual([hostile]);
		for (const { textContent: data } of document.querySelectorAll('script'))
			expect(JSON.parse(data)).toBeTypeOf('object');
	});
});

test('drafts, articles of the future and comments not yet approved are in no file of the edition', async () => {
	const hidden = /Zz(?:draft|future|secret|comment)/;
	for (const file of edition.files) {
		expect(file).not.toMatch(/draft|future|2025\/08/);
		if (!/\.(?:woff2|png|ico)$/.test(file)) expect(await edition.text(file), file).not.toMatch(hidden);
	}
	await mustBuild(workshop, { CLOCK: '2025-09-01T00:00:00Z', OUT_DIR: join(workshop.folder, 'later') });
	const later = await readEdition(join(workshop.folder, 'later'), base);
	expect(textsOf(later.page(`${base}2025/08/future/`).document, 'h1')).toEqual(['Zzfuture']);
	expect(later.files).not.toContain('2025/06/draft/index.html');
});

test('the feed of a merged tag goes on at its old address, and the address leads on', async () => {
	const feed = await edition.xml('tags/commerce/rss.xml');
	expect(textsOf(feed, 'item > link')).toEqual([origin + path]);
	expect(await edition.text('tags/commerce/rss.xml')).toBe(await edition.text('tags/trade/rss.xml'));
	expect(attributesOf(edition.page(`${base}tags/commerce/`).document, 'meta[http-equiv=refresh]', 'content')).toEqual([
		`0; url=${base}tags/trade/`,
	]);
	expect(edition.files).not.toContain('tags/xi/rss.xml');
});

test('our server answers below the base alone, and leads on from former addresses and without the last stroke', async () => {
	const server = await startPreview(workshop.folder);
	try {
		const asked = async (address: string) => {
			const { status, headers } = await ask(server, address);
			return [status, headers.location];
		};
		expect(await asked(path)).toEqual([200, undefined]);
		expect(await asked(`${base}2025/05/old-slug/`)).toEqual([301, path]);
		expect(await asked(`${base}tags/commerce?a=b`)).toEqual([301, `${base}tags/trade/?a=b`]);
		expect(await asked(`${base}tags/commerce/rss.xml`)).toEqual([200, undefined]);
		expect(await asked(`${base}tags/trade`)).toEqual([301, `${base}tags/trade/`]);
		expect(await asked('/news')).toEqual([301, base]);
		for (const outside of ['/', '/tags/trade/', '/newstags/trade/', '/tags/trade'])
			expect(await asked(outside), outside).toEqual([404, undefined]);
	} finally {
		server.process.kill();
		await server.ended;
	}
});

test('the edition can be read by the web server’s user, and is what it says', async () => {
	const ordinary = join(workshop.folder, 'ordinary');
	await mkdir(ordinary);
	expect((await stat(workshop.dist)).mode).toBe((await stat(ordinary)).mode);
	const said = await promisify(execFile)(process.execPath, ['src/commands/check-edition.ts'], { cwd: workshop.folder });
	expect(said.stdout).toMatch(/^1 article, \d+ pages and \d+ feeds are sound\.\n$/);
	await expect(
		promisify(execFile)(process.execPath, ['src/commands/check-edition.ts', 'content'], { cwd: workshop.folder }),
	).rejects.toThrow('rss.xml: is missing.');
	expect(await readManifest(workshop.dist)).toMatchObject({ articles: 1 });
});

test.each(['reading', 'making', 'finishing'])(
	'a build that is killed while it is %s leaves the edition',
	async (phase) => {
		const before = await readlink(workshop.dist);
		const program = `
		const { buildEdition } = await import('./src/edition/build.ts');
		await buildEdition(process.argv[1], { isFull: true, onPhase: (phase) => phase === process.argv[2] && process.kill(process.pid, 'SIGKILL') });`;
		const surroundings = { cwd: workshop.folder, env: { ...peoplesEnvironment(), CLOCK: '2025-07-02T00:00:00Z' } };
		const killed = start(['--input-type=module', '-e', program, workshop.dist, phase], [], surroundings);
		expect(await killed.ended).toMatchObject({ how: 'SIGKILL' });
		expect(await readlink(workshop.dist)).toBe(before);
	},
);

test('a build that changes nothing leaves the edition, and removes what killed ones have left', async () => {
	const before = await readlink(workshop.dist);
	const { status, output } = await workshop.build({ CLOCK: '2025-07-03T00:00:00Z' });
	expect([status, output]).toEqual([0, expect.stringContaining('Nothing has changed: edition 1-')]);
	expect(await readlink(workshop.dist)).toBe(before);
	const left = await readdir(join(workshop.folder, '.dist-editions'));
	const names = left.map((name) => name.replace(/-[\da-f]{8}/, '')).sort();
	expect(names).toEqual(['1', '1.plan.json', 'log.jsonl', 'packed']);
});

test('a folder that holds no edition is not built over', async () => {
	const { status, output } = await workshop.build({ OUT_DIR: join(workshop.folder, 'content') });
	expect(status).toBe(1);
	expect(output).toContain('holds something that is no edition, and a build would delete it. Choose another folder.');
	expect(await readFile(join(workshop.folder, 'content/sections.yaml'), 'utf8')).toContain('Politics');
});

test('a second build with a warm cache follows what was changed, moved and removed', async () => {
	const moved = join(workshop.folder, 'elsewhere');
	await cp(join(workshop.folder, 'content'), moved, { recursive: true });
	await rm(join(moved, 'articles/2025/06/x.md'));
	await rm(join(moved, 'comments'), { recursive: true });
	await writeFilesTo(moved, {
		'articles/2025/06/y.md': articleFile({ title: 'Another story', tags: '[trade]' }),
		'pages/about.md': '---\ntitle: A page\nstandfirst: About something.\n---\n\nAnother text.\n',
	});
	const out = join(workshop.folder, 'warm');
	await mustBuild(workshop, { CONTENT_DIR: moved, OUT_DIR: out });
	const warm = await readEdition(out, base);
	expect(warm.files).not.toContain('2025/06/x/index.html');
	expect(textsOf(warm.page(`${base}2025/06/y/`).document, 'h1')).toEqual(['Another story']);
	expect(textsOf(warm.page(`${base}about/`).document, '.prose')).toEqual(['Another text.']);
	expect(warm.pages.some((page) => page.path === `${base}tags/china/`)).toBe(false);
});

test('a build that fails names every mistake without a stack, ends with status 1 and leaves the edition as it was', async () => {
	const before = await readFile(join(workshop.dist, 'index.html'), 'utf8');
	const content = join(workshop.folder, 'content');
	const kept = await mkdtemp(join(workshop.folder, 'content-'));
	await cp(content, kept, { recursive: true });
	const picture = '{ picture: { file: x.png, alt: A, caption: B, credit: C } }';
	await writeFilesTo(content, {
		'articles/2025/06/draft.md': articleFile({ title: '', draft: 'true' }),
		'articles/2025/06/broken.md': articleFile({ section: 'politic' }),
		'articles/2025/06/code.md': articleFile({}, 'A <script>alert(1)</script>'),
		'articles/2025/06/latin.md': Buffer.from(articleFile({ title: 'Café' }), 'latin1'),
		'articles/2025/06/yaml.md': articleFile({ title: 'Xi: "a" b' }),
		'articles/2025/06/Big.md': articleFile(),
		'articles/2025/06/empty/index.md': articleFile({ lead: picture }),
		'articles/2025/06/empty/x.png': '',
		'articles/2025/06/html/index.md': articleFile({ lead: picture }),
		'articles/2025/06/html/x.png': '<!doctype html><script>alert(1)</script>',
		'authors/x.yaml': 'nmae: X\n',
		'comments/2025/06/x/four.yaml': 'name: B\nwrittenAt: 2025-06-17\napprovedAt: 2025-06-17\ntext: No.\nreplyTo: fo\n',
		'front.yaml': 'lead: { article: 2025/06/y }\n',
		'gazetteer.yaml': 'astana: { name: Astana, at: [51.18, 71.45], country: KZ, source: S }\n',
		'"a\u001B[31m\n.txt': 'x',
	});
	await symlink('/etc', join(content, 'articles/2025/07'));
	const { status, output } = await workshop.build();
	expect(status).toBe(1);
	const told = output.split('\n').flatMap((line) => /^content\/(.*)$/.exec(line)?.[1] ?? []);
	expect(told).toEqual([
		expect.stringMatching(/^"a<U\+001B>\[31m<U\+000A>\.txt: is nothing that the paper publishes\./),
		'articles/2025/06/Big.md: "Big" cannot be part of an address: only a to z, digits and single hyphens, at most 100. Rename it to "big".',
		'articles/2025/06/broken.md:5:1: section: "politic" is not in content/sections.yaml. Did you mean "politics"?',
		'articles/2025/06/code.md:10:3: The text holds HTML (<script>). Write it in markdown; for a "<" write \\<.',
		'articles/2025/06/code.md:10:19: The text holds HTML (</script>). Write it in markdown; for a "<" write \\<.',
		expect.stringMatching(/^articles\/2025\/06\/draft\.md:2:1: title: is empty\./),
		expect.stringMatching(/^articles\/2025\/06\/empty\/x\.png: cannot be read as a picture/),
		expect.stringMatching(/^articles\/2025\/06\/html\/x\.png: cannot be read as a picture/),
		'articles/2025/06/latin.md: is not valid UTF-8. Save it in the encoding UTF-8.',
		expect.stringMatching(/^articles\/2025\/06\/yaml\.md:2:8: text that holds ": " must stand in quotes/),
		'articles/2025/07: is a symbolic link. Put the file itself in its place.',
		expect.stringMatching(/^authors\/x\.yaml:1:1: name: is missing\./),
		expect.stringMatching(/^authors\/x\.yaml:1:1: description: is missing\./),
		'authors/x.yaml:1:1: nmae: is not a field. Did you mean "name"?',
		expect.stringMatching(/^comments\/2025\/06\/x\/four\.yaml:5:1: replyTo: "fo" is no comment of this article\./),
		'front.yaml:1:9: lead: "2025/06/y" is no article. Did you mean "2025/06/x"?',
		expect.stringMatching(/^gazetteer\.yaml:1:25: astana\.at: does not lie in KZ, but does so the other way round\./),
	]);
	expect(output).toContain('17 problems keep the paper from being published; what was published before is as it was.');
	expect(output).not.toMatch(/^\s+at /m);
	expect(output).not.toContain('\u001B[31m\n');
	expect(await readFile(join(workshop.dist, 'index.html'), 'utf8')).toBe(before);

	await rm(content, { recursive: true });
	await rename(kept, content);
	await writeFilesTo(content, { 'articles/2025/06/broken.md': articleFile() });
	await mustBuild(workshop);
	expect((await readEdition(workshop.dist, base)).files).toContain('2025/06/broken/index.html');
});
