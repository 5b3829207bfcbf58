import { createReadStream, existsSync } from 'node:fs';
import { mkdir, readdir, rename } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { recordSchema, type SearchRecord } from '../search/records.ts';
import { type Manifest, readPublished } from './check/manifest.ts';
import { type IndexedPage, openIndex } from './search/index-source.ts';
import { mergeIndexes, type Part, takeName } from './search/merge.ts';
import { makeIndexes, programOf } from './search/pagefind.ts';

/** Where the index lies in an edition. */
const place = 'search/pagefind';
/** How many digits tell the articles of a month apart at least. */
const shortest = 5;

/** Parts that can be taken over from an index, by their months. */
export type FormerIndex = ReadonlyMap<string, Part>;

/** Reads the index of an edition; nothing where it is not what was published. */
export async function openFormerIndex(
	edition: string,
	manifest: Pick<Manifest, 'files'>,
): Promise<FormerIndex | undefined> {
	const parts = new Map<string, Part>();
	const shown = `${place}/fragment/`;
	const files = Object.keys(manifest.files).filter((path) => path.startsWith(place) && !path.startsWith(shown));
	for (const path of files) if (!(await readPublished(edition, manifest, path))) return undefined;
	if (files.length === 0) return parts;
	const source = openIndex(join(edition, place));
	for (const [start, page] of source.pages.entries()) {
		const part = parts.getOrInsertComputed(dirname(page.hash), () => ({ pages: [], source, start, isFormer: true }));
		part.pages.push(page);
	}
	return parts;
}

/**
 * Makes an index of each file of records, and returns them by their months.
 * @param folder into which they are written
 */
export async function newParts(records: string, folder: string): Promise<Map<string, Part>> {
	const months = existsSync(records) ? (await readdir(records)).map((file) => basename(file, '.jsonl')) : [];
	await makeIndexes(
		months.map((month) => ({ records: readRecords(join(records, `${month}.jsonl`)), folder: join(folder, month) })),
	);
	return new Map(months.map((month) => [month, toPart(join(folder, month), month)]));
}

async function* readRecords(file: string): AsyncGenerator<SearchRecord> {
	for await (const line of readJsonLines(file)) yield recordSchema.parse(line);
}

/** Yields what stands in the lines of a file, each of which is JSON. */
export async function* readJsonLines(file: string): AsyncGenerator {
	for await (const line of createInterface({ input: createReadStream(file), crlfDelay: Infinity }))
		yield JSON.parse(line);
}

/** Gives the articles of a new index names that are short, since a reader fetches those of all, and tell their month. */
function toPart(folder: string, month: string): Part {
	const source = openIndex(folder);
	const taken = new Set<string>();
	const toPage = ({ hash, rest }: IndexedPage): IndexedPage => {
		const digest = hash.slice(hash.indexOf('_') + 1);
		return { hash: `${month}/${takeName(digest, shortest, taken)}`, rest };
	};
	return { pages: source.pages.map(toPage), source, start: 0, isFormer: false };
}

/**
 * Writes the index of an edition.
 * @param months the articles of each month, in the order of the index
 * @returns the files that are to be taken over from the former one
 * @throws Error where there is no part with all the articles of a month
 */
export async function writeIndex(
	edition: string,
	months: ReadonlyMap<string, readonly unknown[]>,
	known: ReadonlyMap<string, Part>,
): Promise<string[]> {
	const parts = [...months].map(([month, { length }]) => {
		const part = known.get(month);
		if (part?.pages.length === length) return part;
		throw new Error(`The search index has ${part?.pages.length ?? 0} articles of ${month}, and the paper ${length}.`);
	});
	const folder = join(edition, place);
	await mergeIndexes(parts, folder);
	const moves = parts.flatMap(({ pages, source, start, isFormer }) =>
		pages.map(({ hash }, i) => {
			const own = source.pages[start + i]?.hash ?? '';
			return { from: join(source.folder, fragmentOf(own)), to: fragmentOf(hash), isFormer };
		}),
	);
	const [first] = parts;
	for (const from of first ? programOf(first.source) : [])
		moves.push({ from, to: basename(from), isFormer: first?.isFormer ?? false });
	for (const { from, to, isFormer } of moves) {
		if (isFormer) continue;
		await mkdir(dirname(join(folder, to)), { recursive: true });
		await rename(from, join(folder, to));
	}
	return moves.filter(({ isFormer }) => isFormer).map(({ to }) => `${place}/${to}`);
}

const fragmentOf = (name: string) => join('fragment', `${name}.pf_fragment`);
