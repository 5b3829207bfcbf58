import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { JSDOM } from 'jsdom';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { flight, headers } from '../../src/domain/budgets.ts';
import {
	argumentsOf,
	mustBuild,
	openWorkshop,
	peoplesEnvironment,
	readScripts,
	type Workshop,
} from '../support/build.ts';
import { articleFile, newsroomFiles, writeFilesTo } from '../support/content.ts';
import { attributesOf, only, textsOf } from '../support/edition.ts';
import { start } from '../support/store.ts';

const CLOCK = '2025-07-01T00:00:00Z';
const story = 'content/articles/2025/06/x.md';
const draft = 'content/articles/2025/06/draft.md';

const files: Readonly<Record<string, string>> = {
	...Object.fromEntries(Object.entries(newsroomFiles).map(([path, text]) => [`content/${path}`, text])),
	[story]: articleFile(
		{ title: 'A published story' },
		`${'Xi went to China, and talked of trade. '.repeat(60)}\n\n\`\`\`map\ncountries: [KZ]\ncaption: A map.\n\`\`\`\n`,
	),
	[draft]: articleFile({ title: 'A draft story', draft: 'true' }),
	'content/articles/2025/08/future.md': articleFile({ title: 'A story to come', publishedAt: '2025-08-01' }),
};

let workshop: Workshop;
let scripts: Record<string, string>;

beforeAll(async () => {
	workshop = await openWorkshop();
	scripts = await readScripts();
	await writeFilesTo(workshop.folder, files);
});
afterAll(() => workshop.remove());

const run = (script: string, ...options: string[]) => workshop.run(script, options, { CLOCK });
const write = (file: string, text: string) => writeFile(join(workshop.folder, file), text);

/** Starts a command that goes on until it is told to end, and ends it when the work is done. */
async function during(
	script: string,
	options: readonly string[],
	work: (running: ReturnType<typeof start>) => Promise<void>,
	environment: Readonly<Record<string, string>> = {},
): Promise<void> {
	const env = { ...peoplesEnvironment(), CLOCK, PORT: '0', ...environment };
	const running = start([...argumentsOf(script, scripts), ...options], [], { cwd: workshop.folder, env });
	try {
		await work(running);
	} finally {
		running.process.kill('SIGTERM');
		await running.ended;
	}
}

describe('check', () => {
	test('says that everything can be published, drafts included', async () => {
		const { status, output } = await run('check');
		expect([status, output]).toEqual([0, '3 articles and all around them can be published.\n']);
	});

	test('names every mistake of every kind of file at once, each with its line and column, as a build does', async () => {
		const faulty = {
			'content/articles/2025/06/bad.md': articleFile(
				{ section: 'sport', tags: '[CHNA]' },
				'## A part\n\n[a](/nowhere/)\n\n<b>B</b>\n\n```chart\ncaption: A\n```\n',
			),
			'content/articles/2025/06/nothing.md': 'No front matter.\n',
			'content/authors/bad.yaml': 'name: A\nnmae: B\n',
			'content/gazetteer.yaml': 'here: { name: Here, at: [1000, 1], country: KZ, source: A }\n',
			'content/front.yaml': 'lead: { article: 2025/06/gone }\n',
			'content/moderation.yaml': 'maxLinks: many\n',
			'content/pages/bad.md': '---\ntitle: A\n---\n\nText.\n',
			'content/comments/2025/06/x/one.yaml': 'name: A\nwrittenAt: 2025-06-17\napprovedAt: 2025-06-16\ntext: B\n',
			'content/sections.yaml': 'politics:\n  name: Politics\nTrade: { name: Trade }\n',
		};
		const before = await readFile(join(workshop.folder, 'content/sections.yaml'), 'utf8');
		await writeFilesTo(workshop.folder, faulty);
		const { status, output } = await run('check');
		const build = await workshop.build();
		for (const file of Object.keys(faulty)) await rm(join(workshop.folder, file));
		await write('content/sections.yaml', before);
		expect([status, build.status]).toEqual([1, 1]);
		const lines = output.split('\n').filter((line) => line.startsWith('content/'));
		const places = lines.map((line) => /^content\/(\S+:\d+:\d+): (\S+)/.exec(line)?.slice(1).join(' '));
		expect(places).toEqual([
			'articles/2025/06/bad.md:5:1 section:',
			'articles/2025/06/bad.md:7:8 tags:',
			'articles/2025/06/bad.md:12:1 The',
			'articles/2025/06/bad.md:14:1 The',
			'articles/2025/06/bad.md:14:5 The',
			'articles/2025/06/bad.md:17:1 chart.unit:',
			'articles/2025/06/bad.md:17:1 chart.bars:',
			'articles/2025/06/bad.md:17:1 chart.source:',
			'articles/2025/06/nothing.md:1:1 has',
			'authors/bad.yaml:1:1 description:',
			'authors/bad.yaml:2:1 nmae:',
			'comments/2025/06/x/one.yaml:3:1 approvedAt:',
			'front.yaml:1:9 lead:',
			'gazetteer.yaml:1:26 here.at[1]:',
			'moderation.yaml:1:1 maxLinks:',
			'pages/bad.md:2:1 standfirst:',
			'sections.yaml:3:1 Trade:',
		]);
		for (const line of lines) expect(build.output).toContain(line);
		expect(output).toContain(`\n\n${lines.length} mistakes in 9 files.\n`);
	});

	test('with --watch follows what is saved', async () => {
		await during('check', ['--watch'], async ({ until }) => {
			await until('3 articles and all around them can be published.');
			await write(draft, articleFile({ tags: '[CHNA]', draft: 'true' }));
			await until(`${draft}:7:8: tags: "CHNA" is not in content/tags.yaml. Did you mean "CHINA"?`);
			await until('1 mistake in 1 file.');
			await write('content/tags.yaml', `${newsroomFiles['tags.yaml'] ?? ''}chna: { name: CHNA, kind: topic }\n`);
			await until(
				'1 mistake in 1 file.\nChecking again whenever something is saved. Press Ctrl+C to stop.\n\n3 articles',
			);
			await write('content/tags.yaml', newsroomFiles['tags.yaml'] ?? '');
			await write(draft, articleFile({ title: 'A draft story', draft: 'true' }));
		});
	});
});

describe('new', () => {
	const file = 'content/articles/2025/07/xi-on-trade.md';

	test('makes a draft, says where and what it guessed, and never writes over it', async () => {
		const { status, output } = await run('new', 'Xi on trade');
		expect([status, output]).toEqual([
			0,
			`${file} was made, a draft:\n  section: politics (guessed)\n  authors: desk (guessed)\n  tags: trade, xi-jinping (guessed)\nWrite it; "npm run dev" shows it, and "npm run check" says what is wrong.\n`,
		]);
		await write(file, 'mine');
		const again = await run('new', 'Xi on trade', '--tags', 'china');
		expect([again.status, again.output]).toEqual([
			1,
			expect.stringContaining('articles/2025/07/xi-on-trade.md is there'),
		]);
		expect(await readFile(join(workshop.folder, file), 'utf8')).toBe('mine');
		await rm(join(workshop.folder, file));
	});

	test('takes section, authors, tags and slug as options, and refuses what the newsroom does not have', async () => {
		const options = ['--section', 'politics', '--authors', 'desk', '--tags', 'XI, commerce', '--slug', 'xi-on-trade'];
		expect((await run('new', 'Anything', ...options)).output).toContain('\n  tags: xi-jinping, trade\n');
		await rm(join(workshop.folder, file));
		for (const [option, value, refusal] of [
			['--section', 'politic', '"politic" is not in content/sections.yaml. Did you mean "politics"?'],
			['--authors', 'desk,nobody', '"nobody" is not in content/authors/. There are desk'],
			['--tags', 'chna', '"chna" is not in content/tags.yaml. Did you mean "china"?'],
		] as const) {
			const { status, output } = await run('new', 'Anything', option, value);
			expect([status, output]).toEqual([1, expect.stringContaining(refusal)]);
		}
		expect(await readdir(join(workshop.folder, 'content/articles'))).toEqual(['2025']);
		expect(await readdir(join(workshop.folder, 'content/articles/2025/07'))).toEqual([]);
	});

	test('offers the tags that a text names', async () => {
		const { output } = await run('new', '--tags-for', story);
		expect(output).toBe(
			'  china (China): 60 times\n  trade (Trade): 60 times\n  xi-jinping (Xi Jinping): 60 times\n\ntags: [china, trade, xi-jinping]\n',
		);
	});

	test('says what keeps it from guessing, and what is not there', async () => {
		await write('content/tags.yaml', 'china: { name: China, kind: city }\n');
		onTestFinished(() => write('content/tags.yaml', newsroomFiles['tags.yaml'] ?? ''));
		expect((await run('new', 'Xi on trade')).output).toMatch(/^content\/tags\.yaml:1:23: china\.kind: /);
		await write('content/tags.yaml', newsroomFiles['tags.yaml'] ?? '');
		expect((await run('new', '--tags-for', 'nowhere.md')).output).toBe('There is no file nowhere.md.\n');
	});

	test('asks nothing where there is no terminal', async () => {
		expect(await run('new')).toEqual({ status: 1, output: 'Write the headline: npm run new -- "Headline"\n' });
	});
});

describe('the editor’s preview', () => {
	test('names mistakes at the head of pages, with line, column and what mends them, and nothing of the program', async () => {
		const bad = 'content/articles/2025/06/bad.md';
		await write(bad, articleFile({ tags: '["<i>CHNA"]' }));
		onTestFinished(() => rm(join(workshop.folder, bad)));
		await during('dev', [], async ({ until, output }) => {
			await until('Press Ctrl+C');
			const [url = ''] = /http:\/\/\S+/.exec(output()) ?? [];
			for (const [path, status] of [
				['', 200],
				['2025/06/bad/', 404],
			] as const) {
				const response = await fetch(url + path);
				const { document } = new JSDOM(await response.text()).window;
				expect(response.status).toBe(status);
				const [mistake] = textsOf(document, '[data-preview-bar] li');
				expect(mistake).toMatch(
					/^content\/articles\/2025\/06\/bad\.md:7:8: tags: "<i>CHNA" is not in content\/tags\.yaml\. To add it there, write/,
				);
				expect(document.body.textContent).not.toMatch(/^\s+at /m);
			}
			await write(bad, `${articleFile({ tags: '["<i>CHNA"]' })}Another sentence.\n`);
			await write(story, files[story] ?? '');
			await fetch(url);
			await write(bad, articleFile());
			await until('All mistakes are mended.');
			expect(output().match(/bad\.md:7:8/g)).toHaveLength(1);
		});
	});

	test('has a page about each article, also of drafts and the future: its weight, its card, its feed item', async () => {
		await during('dev', [], async ({ until, output }) => {
			await until('Press Ctrl+C');
			const [url = ''] = /http:\/\/\S+/.exec(output()) ?? [];
			const read = async (path: string) => new JSDOM(await (await fetch(url + path)).text()).window.document;
			const page = await read('2025/06/x/');
			expect(attributesOf(page, '[data-preview-bar] a', 'href')).toEqual(['/_preview/2025/06/x/', '/_preview/guide/']);
			const about = await read('_preview/2025/06/x/');
			expect(only(about, 'meter').parentElement?.textContent).toContain(flight.toLocaleString('en'));
			const [card = ''] = attributesOf(about, 'main img', 'src');
			expect((await fetch(new URL(card, url))).headers.get('content-type')).toBe('image/png');
			expect(only(about, 'pre').textContent).toMatch(/^<item>.*A published story.*<\/item>$/s);
			const frame = only(about, 'iframe');
			// No script runs there; of another origin, it would get no pictures from the preview.
			expect(frame.getAttribute('sandbox')).toBe('allow-same-origin');
			const feedText = frame.getAttribute('srcdoc') ?? '';
			expect(feedText).toContain('Xi went to China');
			const [map = ''] = attributesOf(new JSDOM(feedText).window.document, 'img', 'src');
			expect((await fetch(map)).headers.get('content-type')).toBe('image/png');
			for (const path of ['_preview/2025/06/draft/', '_preview/2025/08/future/'])
				expect(textsOf(await read(path), 'pre')).toHaveLength(1);
			expect((await fetch(`${url}_preview/2025/06/nowhere/`)).status).toBe(404);
		});
	});

	test('weighs an article as heavy as it is published, and shows the guide', async () => {
		const { [story]: text = '' } = files;
		// Drafts would be related to it in the preview alone.
		const CONTENT_DIR = join(workshop.folder, 'alone');
		await writeFilesTo(CONTENT_DIR, { ...newsroomFiles, [story.replace('content/', '')]: text });
		await mustBuild(workshop, { CONTENT_DIR });
		const published = await readFile(join(workshop.dist, '2025/06/x/index.html'));
		const weight = gzipSync(published, { level: 9 }).length + headers;
		await during(
			'dev',
			[],
			async ({ until, output }) => {
				await until('Press Ctrl+C');
				const [url = ''] = /http:\/\/\S+/.exec(output()) ?? [];
				const read = async (path: string) => new JSDOM(await (await fetch(url + path)).text()).window.document;
				const shown = Number(only(await read('_preview/2025/06/x/'), 'meter').getAttribute('value'));
				expect(Math.abs(shown - weight) / weight).toBeLessThan(0.03);
				const guide = await read('_preview/guide/');
				expect(textsOf(guide, 'h1')).toEqual(['A guide for editors']);
				expect(guide.querySelectorAll('.body figure')).toHaveLength(6);
				expect(guide.querySelectorAll('.body figure picture, .body figure svg').length).toBeGreaterThan(2);
				expect(guide.querySelectorAll('blockquote')).toHaveLength(1);
				expect(textsOf(guide, '#footnote-label, [data-footnotes] li').join()).toContain('Fergana of 454');
				expect(guide.body.textContent).toContain('This correction is an example.');
			},
			{ CONTENT_DIR },
		);
	});

	test('leaves nothing in an edition', async () => {
		await mustBuild(workshop);
		const files = await readdir(workshop.dist, { recursive: true });
		expect(files.filter((file) => file.includes('_preview') || file.includes('guide'))).toEqual([]);
		for (const file of files.filter((name) => name.endsWith('.html')))
			expect(await readFile(join(workshop.dist, file), 'utf8')).not.toMatch(/preview-bar|_preview|guide for editors/);
	});
});

describe('report', () => {
	test('says what there is, to people and to programs, and weighs the pages of an edition', async () => {
		const OUT_DIR = join(workshop.folder, 'nowhere');
		const without = await workshop.run('report', [], { CLOCK, OUT_DIR });
		expect(without.output).toContain('1 article published, 480 words, 480 each.');
		expect(without.output).toContain('\nDrafts: 1\n  content/articles/2025/06/draft.md\n');
		expect(without.output).toContain('No edition was found');
		expect(without.output).toMatch(/Tags: 3 tags, 3 articles\..*\n(?: {2}\S.*: \d+\n)+/);
		expect(without.output).not.toContain('(China)');
		// Words of chance can hardly be compressed.
		const letters = Array.from({ length: 40_000 }, (_, i) => ((i * 7919 + i * i * 31) % 2 ** 20).toString(36));
		await write('content/articles/2025/06/long.md', articleFile({ title: 'Long' }, letters.slice(0, 5000).join(' ')));
		await mustBuild(workshop);
		const { output } = await workshop.run('report', ['--json'], { CLOCK });
		const report: unknown = JSON.parse(output);
		expect(report).toMatchObject({
			published: { articles: 2 },
			heavy: [{ file: '2025/06/long/index.html', most: flight }],
			tags: { tags: 3 },
		});
		await rm(join(workshop.folder, 'content/articles/2025/06/long.md'));
	});
});
