import { hash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { headOf, kinds, toText } from './cbor.ts';
import {
	type IndexedPage,
	type IndexedWord,
	type IndexSource,
	pack,
	type Places,
	readWords,
	type Run,
} from './index-source.ts';

/** How large a file of words grows at least: the numbers of articles and positions in it. */
const chunkSize = 20_000;

/** A part of the new index. */
export interface Part {
	/** Its articles, by the names that they have in the new index. */
	pages: IndexedPage[];
	/** An index in which these articles stand, and the number of the first there. */
	source: IndexSource;
	start: number;
	/** Whether that index is part of a former edition. */
	isFormer: boolean;
}

/** Writes an index of all the parts, in their order, as Pagefind would have made it of all their articles at once. */
export async function mergeIndexes(parts: readonly Part[], folder: string): Promise<void> {
	const [{ source: first } = { source: undefined }] = parts;
	if (!first) return;
	const pages = parts.flatMap((part) => part.pages);
	for (const { source } of parts)
		if (!source.version.equals(first.version) || !source.rest.equals(first.rest))
			throw new Error(`The search index of ${source.folder} is of another kind than that of ${first.folder}.`);
	const cursors = toPlaces(parts)
		.entries()
		.map(([source, places]) => readWords(source, places));
	await mkdir(join(folder, 'index'), { recursive: true });
	const chunks: Chunk[] = [];
	const names = new Set<string>();
	const writing: Promise<void>[] = [];
	for (const { from, to, bytes } of makeChunks(mergeWords([...cursors]))) {
		const name = nameOf(bytes, first.language, names);
		chunks.push({ from, to, name });
		writing.push(writePacked(join(folder, 'index', `${name}.pf_index`), bytes));
	}
	await Promise.all(writing);
	const meta = toMeta(first, pages, shortenBounds(chunks));
	const name = nameOf(meta, first.language, new Set());
	await writePacked(join(folder, `pagefind.${name}.pf_meta`), meta);
	const language = { ...first.entry.languages[first.language], hash: name, page_count: pages.length };
	const entry = { ...first.entry, languages: { [first.language]: language } };
	await writeFile(join(folder, 'pagefind-entry.json'), JSON.stringify(entry));
}

async function writePacked(file: string, content: Buffer): Promise<void> {
	await writeFile(file, await pack(content));
}

/** Returns where the articles of each source stand in the new index. */
function toPlaces(parts: readonly Part[]): Map<IndexSource, Places> {
	const places = new Map<IndexSource, { part: number; number: number }[]>();
	let number = 0;
	for (const [part, { source, start, pages }] of parts.entries()) {
		const own = places.getOrInsertComputed(source, () => []);
		for (let i = 0; i < pages.length; i++) own[start + i] = { part, number: number++ };
	}
	return places;
}

/** Yields the words of all sources in their order, each with all its articles in theirs. */
function* mergeWords(sources: readonly Generator<IndexedWord>[]): Generator<IndexedWord> {
	let heads = sources.map((source) => ({ source, next: source.next() }));
	for (;;) {
		heads = heads.filter(({ next }) => next.done !== true);
		const words = heads.flatMap(({ next }) => (next.done === true ? [] : [next.value]));
		const [first] = words;
		if (!first) return;
		const word = words.reduce((least, { word }) => (Buffer.compare(word, least) < 0 ? word : least), first.word);
		const same = words.filter((other) => other.word.equals(word));
		const variants = Map.groupBy(
			same.flatMap((other) => other.variants),
			({ form }) => form.toString(),
		);
		const merged = {
			word,
			runs: joinRuns(same),
			variants: [...variants.values()]
				.map((forms) => ({ form: forms[0]?.form ?? word, runs: joinRuns(forms) }))
				.filter(({ runs }) => runs.length > 0)
				.sort((a, b) => Buffer.compare(a.form, b.form)),
		};
		if (merged.runs.length > 0 || merged.variants.length > 0) yield merged;
		for (const head of heads)
			if (head.next.done !== true && head.next.value.word.equals(word)) head.next = head.source.next();
	}
}

function joinRuns(words: readonly { runs: readonly Run[] }[]): Run[] {
	return words.flatMap(({ runs }) => runs).sort((a, b) => a.part - b.part);
}

interface Chunk {
	/** The first and the last word, or as much of them as tells them from their neighbours. */
	from: string;
	to: string;
	name: string;
}

function* makeChunks(words: Iterable<IndexedWord>): Generator<{ from: string; to: string; bytes: Buffer }> {
	let chunk: IndexedWord[] = [];
	let size = 0;
	for (const word of words) {
		chunk.push(word);
		for (const { runs } of [word, ...word.variants]) size += runs.reduce((sum, run) => sum + run.size, 0);
		size += word.variants.length;
		if (size < chunkSize) continue;
		yield toChunk(chunk);
		chunk = [];
		size = 0;
	}
	if (chunk.length > 0) yield toChunk(chunk);
}

function toChunk(words: readonly IndexedWord[]): { from: string; to: string; bytes: Buffer } {
	const items = words.flatMap(({ word, runs, variants }) => [
		...[headOf(kinds.list, 3), toText(word), ...toPages(runs), headOf(kinds.list, variants.length)],
		...variants.flatMap(({ form, runs }) => [headOf(kinds.list, 2), toText(form), ...toPages(runs)]),
	]);
	return {
		from: words[0]?.word.toString() ?? '',
		to: words.at(-1)?.word.toString() ?? '',
		bytes: Buffer.concat([headOf(kinds.list, 1), headOf(kinds.list, words.length), ...items]),
	};
}

function toPages(runs: readonly Run[]): Buffer[] {
	const count = runs.reduce((sum, run) => sum + run.count, 0);
	const items = runs.flatMap(({ first, bytes, start, end }, i) => {
		const step = first - (runs[i - 1]?.last ?? 0);
		return [headOf(kinds.list, 3), headOf(kinds.number, step), bytes.subarray(start, end)];
	});
	return [headOf(kinds.list, count), ...items];
}

/** Leaves of the words at which one file ends and the next begins as much as tells them apart, as Pagefind does. */
function shortenBounds(chunks: readonly Chunk[]): Chunk[] {
	const short = chunks.map((chunk) => ({ ...chunk }));
	for (const [i, chunk] of short.entries()) {
		const next = short[i + 1];
		if (!next) break;
		const [to, from] = [Array.from(chunk.to), Array.from(next.from)];
		const differing = to.findIndex((letter, place) => letter !== from[place]);
		const length = 1 + (differing < 0 ? to.length : differing);
		const end = to.slice(0, length).join('');
		if (Buffer.compare(Buffer.from(end), Buffer.from(chunk.from)) >= 0) chunk.to = end;
		next.from = from.slice(0, length).join('');
	}
	return short;
}

function toMeta({ version, rest }: IndexSource, pages: readonly IndexedPage[], chunks: readonly Chunk[]): Buffer {
	const text = (value: string) => toText(Buffer.from(value));
	const three = headOf(kinds.list, 3);
	return Buffer.concat([
		...[headOf(kinds.list, 6), toText(version), headOf(kinds.list, pages.length)],
		...pages.flatMap((page) => [three, text(page.hash), page.rest]),
		headOf(kinds.list, chunks.length),
		...chunks.flatMap(({ from, to, name }) => [three, text(from), text(to), text(name)]),
		rest,
	]);
}

function nameOf(content: Buffer, language: string, taken: Set<string>): string {
	return `${language}_${takeName(hash('sha256', content), 7, taken)}`;
}

/** Returns as much of a digest as is not taken yet, and takes it. @param length that it has at least */
export function takeName(digest: string, length: number, taken: Set<string>): string {
	const name = digest.slice(0, length);
	if (taken.has(name)) return takeName(digest, length + 1, taken);
	taken.add(name);
	return name;
}
