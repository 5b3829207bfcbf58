import { createReadStream } from 'node:fs';
import { mkdir, rename } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'astro/zod';
import { close } from 'pagefind';
import { recordsChannel } from '../environment.ts';
import { recordSchema } from '../search/records.ts';
import { type Manifest, readPublished } from './check/manifest.ts';
import { type IndexedPage, openIndex } from './search/index-source.ts';
import { mergeIndexes, type Part, takeName } from './search/merge.ts';
import { makeIndex, programOf } from './search/pagefind.ts';

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

/** Indexes that are being made while there are pages to make. */
export interface Indexing {
	/**
	 * Returns those of which records have come, by their months.
	 * @throws Error where Pagefind does not do its work
	 */
	finish: () => Promise<Map<string, Part>>;
	stop: () => Promise<void>;
}

const handedOver = z.object({ month: z.string(), records: z.instanceof(Buffer) });
const recordsSchema = z.array(recordSchema);

/**
 * Makes an index of each month of which routes hand over records ({@link recordsChannel}), until it is stopped.
 * @param folder into which they are written
 */
export function indexRecords(folder: string): Indexing {
	const months: string[] = [];
	let work = Promise.resolve();
	let isStopped = false;
	const receive = (message: unknown) => {
		const { month, records } = handedOver.parse(message);
		months.push(month);
		work = work.then(async () => {
			if (!isStopped) await makeIndex(recordsSchema.parse(JSON.parse(records.toString())), join(folder, month));
		});
		// It is told to whoever waits for the last.
		work.catch(() => undefined);
	};
	recordsChannel.subscribe(receive);
	return {
		async finish() {
			await work;
			return new Map(months.map((month) => [month, toPart(join(folder, month), month)]));
		},
		async stop() {
			recordsChannel.unsubscribe(receive);
			isStopped = true;
			await close();
			await Promise.allSettled([work]);
		},
	};
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
