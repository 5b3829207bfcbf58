import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'astro/zod';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fromGaps } from '../../src/search/facts.ts';
import { mustBuild, openWorkshop, type Workshop } from '../support/build.ts';
import { articleFile, newsroomFiles, writeFilesTo } from '../support/content.ts';
import { attributesOf, type Edition, only, readEdition, textsOf } from '../support/edition.ts';
import { parseJson } from '../support/json.ts';
import { numberedPaths, readSearchFile } from '../support/search.ts';

const base = '/news/';
/** Bytes that the script of the search page may have. */
const mostScript = 20_000;

const files = {
	...newsroomFiles,
	'articles/2024/05/first.md': articleFile({ publishedAt: '2024-05-02', tags: '[trade]' }, 'Zzfirst.\n'),
	'articles/2025/06/second.md': articleFile({ tags: '[CHINA, trade]' }, 'Zzsecond.\n'),
	'articles/2025/06/third.md': articleFile({ publishedAt: '2025-06-17', tags: '[CHINA]' }, 'Zzthird.\n'),
	'articles/2025/06/draft.md': articleFile({ title: 'Zzdraft', tags: '[secret]', draft: 'true' }, 'Zzdraft.\n'),
	'articles/2025/08/future.md': articleFile(
		{ title: 'Zzfuture', publishedAt: '2025-08-16', tags: '[secret]', authors: '[secret]' },
		'Zzfuture.\n',
	),
	'tags.yaml': `${newsroomFiles['tags.yaml'] ?? ''}secret: { name: Zzsecret, kind: topic }\n`,
	'authors/secret.yaml': 'name: Zzauthor\ndescription: Joins later.\n',
};

let workshop: Workshop;
let edition: Edition;

beforeAll(async () => {
	workshop = await openWorkshop(undefined, (site) => site.replace(/base: '.*'/, `base: '${base}'`));
	await writeFilesTo(join(workshop.folder, 'content'), files);
	await mustBuild(workshop);
	edition = await readEdition(workshop.dist, base);
});
afterAll(() => workshop.remove());

/** Everything in which a search looks, as text. */
async function searchedText(folder: string, { files }: Edition): Promise<string> {
	const searched = files.filter((file) => /^search\/.*\.(?:json|pf_\w+)$/.test(file));
	return (await Promise.all(searched.map((file) => readSearchFile(folder, file)))).join('\n');
}

test('drafts and articles of the future are in no file of the search, and are once they are published', async () => {
	const text = await searchedText(workshop.dist, edition);
	// The index holds stems of words.
	for (const word of ['zzfirst', 'zzsecond', 'zzthird']) expect(text.toLowerCase()).toContain(word);
	expect(text).not.toMatch(/zz(?:draft|futur|secret|author)/i);
	expect(edition.files).not.toContain('search/tags/secret.json');

	const later = join(workshop.folder, 'later');
	await writeFilesTo(join(workshop.folder, 'content'), {
		'articles/2025/06/draft.md': files['articles/2025/06/draft.md'].replace('draft: true', 'draft: false'),
	});
	await mustBuild(workshop, { CLOCK: '2025-09-01T00:00:00Z', OUT_DIR: later });
	const published = await searchedText(later, await readEdition(later, base));
	for (const word of ['zzdraft', 'zzfutur', 'zzsecret', 'zzauthor']) expect(published.toLowerCase()).toContain(word);
});

test('articles are numbered from the oldest, and tags list them by these numbers', async () => {
	const paths = await numberedPaths(workshop.dist, edition.files);
	expect(paths).toEqual(['/news/2024/05/first/', '/news/2025/06/second/', '/news/2025/06/third/']);
	const list = z.object({ gaps: z.array(z.number()) });
	for (const tag of ['china', 'trade']) {
		const { gaps } = parseJson(list, await edition.text(`search/tags/${tag}.json`));
		const links = attributesOf(edition.page(`${base}tags/${tag}/`).document, 'main h2 a', 'href');
		expect(fromGaps(gaps).map((number) => paths[number])).toEqual(links.reverse());
	}
});

test('nothing is published of Pagefind but what the page asks for', () => {
	const names = edition.files
		.filter((file) => file.startsWith('search/') && !/^search\/(?:tags|names)\//.test(file))
		.map((file) => file.replace(/[0-9a-f]{5,}(?=\.pf_)/, '*'));
	expect(new Set(names)).toEqual(
		new Set([
			'search/facts.json',
			'search/index.html',
			'search/often.json',
			'search/pagefind/fragment/2024-05/*.pf_fragment',
			'search/pagefind/fragment/2025-06/*.pf_fragment',
			'search/pagefind/index/en_*.pf_index',
			'search/pagefind/pagefind-entry.json',
			'search/pagefind/pagefind-worker.js',
			'search/pagefind/pagefind.en_*.pf_meta',
			'search/pagefind/pagefind.js',
			'search/pagefind/wasm.en.pagefind',
		]),
	);
});

describe('the search page', () => {
	test('has the only script of the edition: one light file', async () => {
		const { document } = edition.page(`${base}search/`);
		const [src = ''] = attributesOf(document, 'script[type=module]', 'src');
		expect(edition.files.filter((file) => /\.m?js$/.test(file) && !file.startsWith('search/pagefind/'))).toEqual([
			src.slice(base.length),
		]);
		expect((await readFile(join(workshop.dist, src.slice(base.length)))).length).toBeLessThan(mostScript);
	});

	test('says without script that it needs one, and leads to the lists instead', () => {
		const { document } = edition.page(`${base}search/`);
		expect(textsOf(document, '#plain')).toEqual([expect.stringContaining('Searching needs JavaScript')]);
		expect(attributesOf(document, '#other-ways a', 'href')).toEqual(
			['tags/', 'sections/', 'authors/', '2025/', '2024/'].map((path) => base + path),
		);
	});

	test('is not for search engines', () => {
		expect(attributesOf(edition.page(`${base}search/`).document, 'meta[name=robots]', 'content')).toEqual(['noindex']);
	});
});

test('every other page has a form that leads to the search without script', () => {
	for (const { path, document } of edition.pages) {
		if (path === `${base}search/` || document.querySelector('meta[http-equiv=refresh]')) continue;
		const form = only(document, 'body > header form[role=search]');
		expect(form.getAttribute('action'), path).toBe(`${base}search/`);
		expect(attributesOf(form, '[aria-label="Search for"]', 'name'), path).toEqual(['q']);
		expect(textsOf(form, 'button'), path).toEqual(['Search']);
	}
});

test('a tag’s page leads to a search that is narrowed by it', () => {
	expect(attributesOf(edition.page(`${base}tags/china/`).document, '.facts a', 'href')).toContain(
		`${base}search/?tag=china`,
	);
});

test('browsers can offer the search by themselves', async () => {
	const description = await edition.xml('opensearch.xml');
	expect(textsOf(description, 'ShortName')).toEqual(['Meridian']);
	expect(attributesOf(description, 'Url', 'template')).toEqual([
		'https://meridian.example.org/news/search/?q={searchTerms}',
	]);
	expect(description.documentElement.namespaceURI).toBe('http://a9.com/-/spec/opensearch/1.1/');
	expect(attributesOf(edition.page(base).document, 'link[rel=search]', 'href')).toEqual([`${base}opensearch.xml`]);
});

test('a build without its search fails and leaves the edition as it was', async () => {
	const { status, output } = await workshop.build({ PAGEFIND_BINARY_PATH: join(workshop.folder, 'nowhere') });
	expect(status).not.toBe(0);
	expect(output).toMatch(/pagefind/i);
	expect((await readEdition(workshop.dist, base)).files).toEqual(edition.files);
});

/** The files of the search by their paths. */
async function searchFilesOf(folder: string): Promise<Record<string, string>> {
	const files = (await readEdition(folder, base)).files.filter((file) => file.startsWith('search/'));
	const entries = files.map(async (file): Promise<[string, string]> => [
		file,
		await readFile(join(folder, file), 'base64'),
	]);
	return Object.fromEntries(await Promise.all(entries));
}

test('an edit makes the index of its month anew alone, and the search is what it is when all is made anew', async () => {
	const content = join(workshop.folder, 'edited-content');
	const edited = join(workshop.folder, 'edited');
	const whole = join(workshop.folder, 'whole');
	const fragments = async () => {
		const paths = (await readEdition(edited, base)).files.filter((file) => file.endsWith('.pf_fragment'));
		return Promise.all(paths.map(async (path) => ({ path, inode: (await stat(join(edited, path))).ino })));
	};
	await writeFilesTo(content, files);
	await mustBuild(workshop, { CONTENT_DIR: content, OUT_DIR: edited });
	const before = await fragments();
	await writeFilesTo(content, {
		'articles/2024/05/first.md': articleFile({ publishedAt: '2024-05-02', tags: '[trade]' }, 'Zzother.\n'),
	});
	await mustBuild(workshop, { CONTENT_DIR: content, OUT_DIR: edited });
	const same = (await fragments()).filter(({ inode }) => before.some((other) => other.inode === inode));
	expect(same).toEqual(before.filter(({ path }) => path.startsWith('search/pagefind/fragment/2025-06/')));
	expect(same).toHaveLength(2);
	await mustBuild(workshop, { CONTENT_DIR: content, OUT_DIR: whole });
	expect(await searchFilesOf(edited)).toEqual(await searchFilesOf(whole));
	expect(await searchedText(edited, await readEdition(edited, base))).not.toMatch(/zzfirst/i);
});

test('a paper without an article has a search that finds nothing', async () => {
	const empty = join(workshop.folder, 'empty');
	await writeFilesTo(join(workshop.folder, 'no-article'), newsroomFiles);
	await mustBuild(workshop, { CONTENT_DIR: join(workshop.folder, 'no-article'), OUT_DIR: empty });
	expect(
		parseJson(z.object({ sectionOf: z.array(z.number()) }), await readFile(join(empty, 'search/facts.json'), 'utf8')),
	).toEqual({ sectionOf: [] });
});
