import { hash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { close } from 'pagefind';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { carryOver } from '../../src/edition/carry.ts';
import { type FormerIndex, openFormerIndex } from '../../src/edition/search-index.ts';
import { indexFor, writeSearch } from '../../src/edition/search.ts';
import { recordsChannel } from '../../src/environment.ts';
import { makeIndex } from '../../src/edition/search/pagefind.ts';
import type { SearchRecord } from '../../src/search/records.ts';
import { writeFilesTo } from '../support/content.ts';
import { makeWriter, readVocabulary } from '../support/writer.ts';

let folder: string;
let articles: SearchRecord[];

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'meridian-search-index-'));
	const write = makeWriter(await readVocabulary());
	const months = ['2023-05', '2024-12', '2025-01', '2025-06'];
	articles = Array.from({ length: 80 }, (_, i) => {
		const day = `${months[Math.floor(i / 20)] ?? ''}-16`;
		const words = ['café', 'cafe', 'Café', '𐌀𐌁', 'ﬁn'].slice(0, i % 6).join(' ');
		// Words that fill a file each, with one behind them that begins otherwise.
		const often = ['zebra', 'zebrb'].map((word) => `${word} `.repeat(260)).join('');
		const content = `${write(4000)} ${words} number${i} ${often} zoo`;
		return { path: `/${i}/`, title: `Title ${i} ${write(40)}`, content, day, section: 'trade', byline: 'Anna' };
	});
});
afterAll(() => rm(folder, { recursive: true }));

/** Does what the routes do, with the records of some months or all, and makes the search of it. */
async function make(name: string, all: readonly SearchRecord[], from?: { name: string; months: readonly string[] }) {
	const edition = join(folder, name);
	const byMonth = Map.groupBy(all, ({ day }) => day.slice(0, 7));
	const lines = (entries: readonly object[]) => entries.map((entry) => JSON.stringify(entry)).join('\n');
	const traits = all.map(({ day, section }) => ({ day, section, authors: [], tags: [] }));
	const records = [...byMonth].filter(([month]) => !from || from.months.includes(month));
	await writeFilesTo(edition, {
		'search/articles.jsonl': lines([{ sections: [], authors: [], tags: [] }, ...traits]),
	});
	const indexing = indexFor(edition);
	for (const [month, own] of records) recordsChannel.publish({ month, records: Buffer.from(JSON.stringify(own)) });
	const taken = await writeSearch(edition, indexing, from && (await openFormer(from.name))).finally(indexing.stop);
	if (from) await carryOver(join(folder, from.name), edition, new Set(taken), join(folder, 'spare'));
	return { edition, taken };
}

async function openFormer(name: string): Promise<FormerIndex | undefined> {
	const edition = join(folder, name);
	return openFormerIndex(edition, { files: await hashesOf(edition) });
}

async function hashesOf(edition: string): Promise<Record<string, string>> {
	const files = Object.entries(await bytesOf(edition));
	return Object.fromEntries(files.map(([path, bytes]): [string, string] => [path, hash('sha256', bytes)]));
}

async function bytesOf(edition: string): Promise<Record<string, Buffer>> {
	const files = (await readdir(edition, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
	const paths = files.map((entry) => join(entry.parentPath, entry.name)).sort();
	const entries = paths.map(async (path): Promise<[string, Buffer]> => [
		path.slice(edition.length + 1),
		await readFile(path),
	]);
	return Object.fromEntries(await Promise.all(entries));
}

/** The contents of the files of an index that have an ending, without the names that they have of each other. */
async function contentsOf(index: string, ending: string): Promise<string[]> {
	const files = Object.entries(await bytesOf(index)).filter(([path]) => path.endsWith(ending));
	const names = /.(?:en_[\da-f]{7,}|\d{4}-\d\d\/[\da-f]{5})/gs;
	return files.map(([, bytes]) => gunzipSync(bytes).toString('latin1').replace(names, '*')).sort();
}

/** Makes it once for all tests: Pagefind takes its time. */
const full = 'full';
const slow = 120_000;
beforeAll(() => make(full, articles), slow);

test('the index of all months is what Pagefind makes of all articles at once', { timeout: slow }, async () => {
	await makeIndex(articles, join(folder, 'pagefind')).finally(close);
	for (const ending of ['.pf_index', '.pf_meta', '.pf_fragment']) {
		const merged = await contentsOf(join(folder, full, 'search/pagefind'), ending);
		expect(merged, ending).toEqual(await contentsOf(join(folder, 'pagefind'), ending));
		expect(merged.length, ending).toBeGreaterThan(ending === '.pf_index' ? 3 : 0);
	}
});

describe('the index of an edition from which months were taken over is what it is when all are made anew', () => {
	const changed = (article: SearchRecord) => ({ ...article, title: 'Zzheadline', content: 'Zztext of another length' });
	const changes: [string, string[], (all: readonly SearchRecord[]) => readonly SearchRecord[]][] = [
		['of nothing', [], (all) => all],
		['of an article', ['2024-12'], (all) => all.with(25, changed(articles[25] ?? fail()))],
		[
			'of articles in several months',
			['2023-05', '2025-06'],
			(all) => all.map((one, i) => (i % 60 ? one : changed(one))),
		],
		['by a new article', ['2025-06'], (all) => [...all, { ...changed(articles[79] ?? fail()), path: '/new/' }]],
		['by one fewer', ['2023-05'], (all) => all.slice(1)],
		['by a month fewer', [], (all) => all.filter(({ day }) => !day.startsWith('2024-12'))],
		[
			'by a new month',
			['2024-02'],
			(all) => all.toSpliced(20, 0, { ...changed(articles[0] ?? fail()), path: '/new/', day: '2024-02-01' }),
		],
	];
	test.each(changes)('after a change %s', { timeout: slow }, async (name, months, change) => {
		const all = change(articles);
		const { edition, taken } = await make(`taken ${name}`, all, { name: full, months });
		const whole = await make(`whole ${name}`, all);
		expect(await bytesOf(edition)).toEqual(await bytesOf(whole.edition));
		const isOf = (month: string) => taken.some((path) => path.startsWith(`search/pagefind/fragment/${month}/`));
		for (const { day } of all) expect(isOf(day.slice(0, 7)), day).toBe(!months.includes(day.slice(0, 7)));
		expect(whole.taken).toEqual([]);
	});
});

test('an index that is not what was published is not taken over', { timeout: slow }, async () => {
	await cp(join(folder, full), join(folder, 'damaged'), { recursive: true });
	const hashes = await hashesOf(join(folder, full));
	const open = () => openFormerIndex(join(folder, 'damaged'), { files: hashes });
	expect(await open()).toBeDefined();
	const [file = ''] = Object.keys(await bytesOf(join(folder, 'damaged'))).filter((path) => path.endsWith('.pf_index'));
	await writeFile(join(folder, 'damaged', file), 'x');
	expect(await open()).toBeUndefined();
	await rm(join(folder, 'damaged', file));
	expect(await open()).toBeUndefined();
});

test('a month of which there are neither records nor an index stops the build', { timeout: slow }, () =>
	expect(
		make('lacking', articles.slice(20), { name: full, months: [] }).then(() =>
			make('lacking', articles, { name: 'lacking', months: [] }),
		),
	).rejects.toThrow('The search index has 0 articles of 2023-05, and the paper 20.'),
);

function fail(): never {
	throw new Error('There are fewer articles than the test needs.');
}

test('once it is stopped, nothing more is made of what has come', { timeout: slow }, async () => {
	const edition = join(folder, 'stopped');
	const indexing = indexFor(edition);
	for (const month of ['2025-01', '2025-02', '2025-03'])
		recordsChannel.publish({ month, records: Buffer.from(JSON.stringify(articles)) });
	await indexing.stop();
	recordsChannel.publish({ month: '2025-04', records: Buffer.from(JSON.stringify(articles)) });
	expect(existsSync(join(edition, 'search/parts/2025-03'))).toBe(false);
	expect(existsSync(join(edition, 'search/parts/2025-04'))).toBe(false);
});
