import { createHash } from 'node:crypto';
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { JSDOM } from 'jsdom';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
	argumentsOf,
	mustBuild,
	openWorkshop,
	peoplesEnvironment,
	readScripts,
	type Workshop,
} from '../support/build.ts';
import { articleFile, newsroomFiles, writeFilesTo } from '../support/content.ts';
import { attributesOf, differences } from '../support/edition.ts';
import { ask } from '../support/serve.ts';
import { start } from '../support/store.ts';
import { findTraces } from '../support/traces.ts';

const id = '2025/06/zqsecretx';
const CLOCK = '2025-07-01T00:00:00Z';
const traces = {
	words: { address: 'zqsecretx', text: 'zqtextx', tag: 'zqtagx', picture: 'zqpicturex' },
	colours: { colour: [255, 0, 255] },
} as const;

let workshop: Workshop;
/** The paper without the draft. */
let without: Workshop;
/** What the command served: its page and, of each path that was asked for, status and headers. */
let page: string;
let address: URL;
const answers = new Map<string, Response>();
/** Statuses of paths that browsers would not ask for as they stand. */
const rawAnswers = new Map<string, number>();

async function serveDraft(options: readonly string[], look: (url: URL) => Promise<void>): Promise<string> {
	const env = { ...peoplesEnvironment(), CLOCK, PORT: '0' };
	const args = [...argumentsOf('preview', await readScripts()), ...options];
	const running = start(args, [], { cwd: workshop.folder, env });
	try {
		await running.until('Press Ctrl+C');
		await look(new URL(/http:\/\/\S+/.exec(running.output())?.[0] ?? ''));
	} finally {
		running.process.kill('SIGTERM');
		await running.ended;
	}
	return running.output();
}

beforeAll(async () => {
	const files = {
		...newsroomFiles,
		'tags.yaml': `${newsroomFiles['tags.yaml'] ?? ''}${traces.words.tag}: { name: ${traces.words.tag}, kind: topic }\n`,
		'articles/2025/06/x.md': articleFile({ title: 'A published story', tags: '[china, xi]' }),
	};
	const [red, green, blue] = traces.colours.colour;
	const picture = {
		create: { width: 900, height: 300, channels: 3, background: { r: red, g: green, b: blue } },
	} as const;
	workshop = await openWorkshop();
	await writeFilesTo(join(workshop.folder, 'content'), {
		...files,
		[`articles/${id}/index.md`]: articleFile(
			{ title: 'A draft', tags: `[china, ${traces.words.tag}]`, draft: 'true' },
			`${traces.words.text} and [a link](/tags/china/).\n\n\`\`\`picture\nfile: ${traces.words.picture}.jpg\nalt: Pink.\ncaption: Pink.\ncredit: The Desk\n\`\`\`\n`,
		),
		[`articles/${id}/${traces.words.picture}.jpg`]: await sharp(picture).jpeg().toBuffer(),
	});
	without = await openWorkshop();
	await writeFilesTo(join(without.folder, 'content'), files);
	await mustBuild(workshop);
	await mustBuild(without);
	await serveDraft(['--draft', 'zqsecretx'], async (url) => {
		address = url;
		page = await (await fetch(url)).text();
		const { document } = new JSDOM(page).window;
		const assets = attributesOf(document, 'img', 'src');
		for (const path of ['', 'index.html', ...assets, '../', 'nowhere', '_astro/'])
			answers.set(path, await fetch(new URL(path, url)));
		for (const path of [
			'../../../package.json',
			'%2e%2e/_headers',
			'..%2f_headers',
			'%2e%2e%2f%2e%2e%2f%2e%2e%2fpackage.json',
		])
			rawAnswers.set(path, (await ask(url, url.pathname + path)).status);
		for (const asset of assets) answers.set('picture', await fetch(new URL(asset, url)));
	});
});
afterAll(() => Promise.all([workshop.remove(), without.remove()]));

test('the draft has a page of its own, which says that it is one and asks not to be indexed', () => {
	const { document } = new JSDOM(page).window;
	expect(document.querySelector('h1')?.textContent).toBe('A draft');
	expect(page).toContain(traces.words.text);
	expect(page).toContain('Draft: readers do not see this article');
	expect(attributesOf(document, 'meta[name=robots]', 'content')).toEqual(['noindex']);
	expect(attributesOf(document, 'meta[name=referrer]', 'content')).toEqual(['no-referrer']);
});

test('nobody can guess its address: 128 bits of chance', () => {
	expect(address.pathname).toMatch(/^\/[\da-f]{32}\/$/);
});

test('every answer keeps search engines and caches away, and nothing else is answered', () => {
	for (const answer of answers.values()) {
		expect(answer.headers.get('x-robots-tag')).toBe('noindex, nofollow, noarchive');
		expect(answer.headers.get('cache-control')).toBe('no-store');
		expect(answer.headers.get('referrer-policy')).toBe('no-referrer');
	}
	expect(
		[...answers].filter(([, { status }]) => status === 200).map(([path]) => path.replace(/^_astro.*/, '_astro')),
	).toEqual(['', 'index.html', '_astro', 'picture']);
	expect(rawAnswers.size).toBe(4);
	expect(new Set(rawAnswers.values())).toEqual(new Set([404]));
	expect(answers.get('picture')?.headers.get('content-type')).toBe('image/jpeg');
});

test('its style is the one that its policy allows, its pictures and type lie beside it, its links lead to the paper', async () => {
	const { document } = new JSDOM(page).window;
	const style = document.querySelector('style')?.textContent ?? '';
	const [policy = ''] = attributesOf(document, 'meta[http-equiv=content-security-policy]', 'content');
	expect(policy).toContain(`'sha256-${createHash('sha256').update(style).digest('base64')}'`);
	expect(page).not.toMatch(/["'(\s,]\/_astro\//);
	const folder = join(workshop.folder, '.drafts/2025-06-zqsecretx', address.pathname);
	const assets = page.match(/(?<=["'(\s,])_astro\/[^"')\s,]+/g) ?? [];
	const files = await readdir(join(folder, '_astro'), { recursive: true });
	expect(assets.length).toBeGreaterThan(2);
	for (const asset of assets) expect(files).toContain(asset.replace('_astro/', ''));
	const links = attributesOf(document, 'a', 'href').filter((href) => !/^(?:#|mailto:)/.test(href));
	expect(links).toContain('https://meridian.example.org/tags/china/');
	for (const link of links) expect(link).toMatch(/^https:\/\//);
	expect(await readFile(join(folder, '../_headers'), 'utf8')).toContain(`${address.pathname}*\n`);
	expect(await readFile(join(folder, '../_headers'), 'utf8')).toContain('X-Robots-Tag: noindex');
});

test('an edition from before and one from after know nothing of it', async () => {
	expect(await findTraces(workshop.dist, traces)).toEqual({});
	await mustBuild(workshop);
	expect(await findTraces(workshop.dist, traces)).toEqual({});
	expect(await differences(workshop.dist, without.dist)).toEqual([]);
	await mustBuild(workshop, { CLOCK: '2025-07-01T00:00:01Z' });
	expect(await findTraces(workshop.dist, traces)).toEqual({});
});

test('its folder has its page alone: no feed, list, sitemap or search', async () => {
	const folder = join(workshop.folder, '.drafts');
	const names = (await readdir(folder, { recursive: true, withFileTypes: true }))
		.filter((entry) => entry.isFile())
		.map(({ parentPath, name }) => join(parentPath, name).replace(folder, ''));
	const own = `/2025-06-zqsecretx${address.pathname}`;
	expect(names.filter((name) => !name.startsWith(`${own}_astro/`)).sort()).toEqual(
		['/2025-06-zqsecretx/_headers', `${own}index.html`].sort(),
	);
});

test('no variable can publish it, and built again it keeps its address', async () => {
	const variables = { DRAFT: id, SHOWN_DRAFT: id, IS_PREVIEW: 'true', NODE_ENV: 'development', DEV: 'true' };
	await mustBuild(workshop, { ...variables, CLOCK: '2025-07-01T00:00:02Z' });
	expect(await findTraces(workshop.dist, traces)).toEqual({});
	await serveDraft(['--draft', id], (url) => {
		expect(url.pathname).toBe(address.pathname);
		return Promise.resolve();
	});
});

test('what is published, or is not there, is refused; what was built is removed by name', async () => {
	const run = (...options: string[]) => workshop.run('preview', options, { CLOCK });
	const refusal = await run('--draft', 'x');
	expect([refusal.status, refusal.output]).toEqual([
		1,
		expect.stringContaining('2025/06/x is published: show its own page.'),
	]);
	expect((await run('--draft', 'zqsecrety')).output).toBe(
		'There is no article "zqsecrety". Did you mean "zqsecretx"?\n',
	);
	expect((await run('--remove')).output).toContain('Say which');
	expect((await run('--draft', '../..', '--remove')).output).toContain('nothing was removed');
	await rm(join(workshop.folder, 'content/articles', id), { recursive: true });
	expect((await run('--draft', 'zqsecretx', '--remove')).status).toBe(0);
	expect(await readdir(join(workshop.folder, '.drafts'))).toEqual([]);
	expect((await run('--draft', 'zqsecretx', '--remove')).status).toBe(1);
});
