import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzipSync, gzip } from 'node:zlib';
import { z } from 'astro/zod';
import { CborReader, kinds } from './cbor.ts';

/** What Pagefind writes before the content of each of its files. */
const mark = Buffer.from('pagefind_dcd');

/** Returns the content of one of Pagefind's files. */
function unpack(file: string): Buffer {
	const bytes = gunzipSync(readFileSync(file));
	if (!bytes.subarray(0, mark.length).equals(mark)) throw new Error(`${file} is no file of Pagefind's.`);
	return bytes.subarray(mark.length);
}

/** Returns content as Pagefind keeps it in a file. */
export function pack(content: Buffer): Promise<Buffer> {
	return promisify(gzip)(Buffer.concat([mark, content]));
}

const entrySchema = z.looseObject({
	languages: z.record(
		z.string(),
		z.looseObject({ hash: z.string(), wasm: z.string().nullish(), page_count: z.number() }),
	),
});
type Entry = z.infer<typeof entrySchema>;

/** An article in the list of an index. */
export interface IndexedPage {
	/** The name of its fragment. */
	hash: string;
	/** What else is said of it, as it stands. */
	rest: Buffer;
}

/** An index that Pagefind or {@link mergeIndexes} has made. */
export interface IndexSource {
	folder: string;
	entry: Entry;
	language: string;
	version: Buffer;
	pages: readonly IndexedPage[];
	/** The names of the files of words, in the order of these. */
	chunks: readonly string[];
	/** What follows in its list: names of filters, orders and fields. */
	rest: Buffer;
}

/** @throws Error where the index is not of the form that Pagefind 1.6 writes */
export function openIndex(folder: string): IndexSource {
	const entry = entrySchema.parse(JSON.parse(readFileSync(join(folder, 'pagefind-entry.json'), 'utf8')));
	const [[language, { hash }] = ['', { hash: '' }]] = Object.entries(entry.languages);
	const reader = new CborReader(unpack(join(folder, `pagefind.${hash}.pf_meta`)));
	expectList(reader, 6);
	const version = reader.readText();
	const pages = Array.from({ length: reader.read(kinds.list) }, () => {
		expectList(reader, 3);
		const hash = reader.readText().toString();
		const start = reader.at;
		reader.skip(2);
		return { hash, rest: reader.bytes.subarray(start, reader.at) };
	});
	const chunks = Array.from({ length: reader.read(kinds.list) }, () => {
		expectList(reader, 3);
		reader.skip(2);
		return reader.readText().toString();
	});
	return { folder, entry, language, version, pages, chunks, rest: reader.bytes.subarray(reader.at) };
}

/** Where the articles of an index stand in another: which part, and what number; nothing where they are not in it. */
export type Places = readonly ({ part: number; number: number } | undefined)[];

/** The articles of a part that have a word, as they stand in an index: each says how far it is from the one before. */
export interface Run {
	part: number;
	count: number;
	/** Numbers in the new index. */
	first: number;
	last: number;
	/** By how much the run makes a file of words larger. */
	size: number;
	/** Holds the positions in the first article, and the other articles with theirs, from `start` to `end`. */
	bytes: Buffer;
	start: number;
	end: number;
}

export interface IndexedWord {
	word: Buffer;
	runs: Run[];
	/** The forms of the word with other accents. */
	variants: { form: Buffer; runs: Run[] }[];
}

/** Yields the words of an index in their order, each with its articles in the order of the index. */
export function* readWords({ folder, chunks }: IndexSource, places: Places): Generator<IndexedWord> {
	for (const chunk of chunks) {
		const reader = new CborReader(unpack(join(folder, 'index', `${chunk}.pf_index`)));
		expectList(reader, 1);
		for (let left = reader.read(kinds.list); left > 0; left--) {
			expectList(reader, 3);
			const word = reader.readText();
			const runs = readRuns(reader, places);
			const variants = Array.from({ length: reader.read(kinds.list) }, () => {
				expectList(reader, 2);
				return { form: reader.readText(), runs: readRuns(reader, places) };
			});
			yield { word, runs, variants };
		}
	}
}

function readRuns(reader: CborReader, places: Places): Run[] {
	const runs: Run[] = [];
	let run: Run | undefined;
	let page = 0;
	for (let left = reader.read(kinds.list); left > 0; left--) {
		expectList(reader, 3);
		page += reader.read(kinds.number);
		const place = places[page];
		if (run?.part !== place?.part) {
			const { bytes, at } = reader;
			run = place && { part: place.part, count: 0, first: place.number, last: 0, size: 0, bytes, start: at, end: at };
			if (run) runs.push(run);
		}
		const size = 1 + skipList(reader) + skipList(reader);
		if (!run || !place) continue;
		run.count += 1;
		run.last = place.number;
		run.size += size;
		run.end = reader.at;
	}
	return runs;
}

/** @returns how many numbers the list has */
function skipList(reader: CborReader): number {
	const count = reader.read(kinds.list);
	reader.skip(count);
	return count;
}

function expectList(reader: CborReader, length: number): void {
	if (reader.read(kinds.list) !== length) throw new Error(`a list at ${reader.at} has not ${length} items`);
}
