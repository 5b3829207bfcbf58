import { hash } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { digestOfProgram } from '../../environment.ts';
import type { CheckedFile, DataFacts, Facts, PageFacts } from './facts.ts';

const root = join(import.meta.dirname, '../../..');
/** What facts follow from beside the files. */
const code = ['edition/check', 'domain/paths.ts', 'words', 'site.ts'];

/** Facts by the hash of the file. */
export type KnownFacts = Map<string, Facts>;

/** Pages name the same addresses and ids again and again: each text stands once, and pages hold its number. */
interface Saved {
	texts: string[];
	pages: [hash: string, PageFacts: Omit<PageFacts, ListOfTexts> & Record<ListOfTexts, number[]>][];
	data: [hash: string, facts: DataFacts][];
}
type ListOfTexts = 'links' | 'ids' | 'lists' | 'canonicals';

/** Returns what an earlier check with the same code has kept; nothing where there is none or the file is spoilt. */
export async function readFacts(file: string): Promise<KnownFacts> {
	const text = await readFile(file, 'utf8').catch(() => '');
	const end = text.indexOf('\n');
	const body = text.slice(end + 1);
	if (end < 0 || text.slice(0, end) !== (await sealOf(body))) return new Map();
	const saved: unknown = JSON.parse(body);
	if (!isSaved(saved)) return new Map();
	const { texts, pages, data } = saved;
	const unpack = (numbers: readonly number[]) => numbers.map((number) => texts[number] ?? '');
	const known: KnownFacts = new Map(data);
	for (const [key, page] of pages) {
		const [links, ids, lists, canonicals] = [page.links, page.ids, page.lists, page.canonicals].map(unpack);
		if (links && ids && lists && canonicals) known.set(key, { ...page, links, ids, lists, canonicals });
	}
	return known;
}

/** Keeps the facts of an edition's files, in place of all that was kept before. */
export async function writeFacts(file: string, files: readonly CheckedFile[]): Promise<void> {
	const numbers = new Map<string, number>();
	const pack = (texts: readonly string[]) =>
		texts.map((text) => {
			const number = numbers.get(text) ?? numbers.size;
			numbers.set(text, number);
			return number;
		});
	const saved: Saved = { texts: [], pages: [], data: [] };
	for (const [key, facts] of new Map(files.map((one) => [one.hash, one.facts]))) {
		if (facts?.kind === 'data') saved.data.push([key, facts]);
		if (facts?.kind !== 'page') continue;
		const { links, ids, lists, canonicals } = facts;
		const packed = { links: pack(links), ids: pack(ids), lists: pack(lists), canonicals: pack(canonicals) };
		saved.pages.push([key, { ...facts, ...packed }]);
	}
	saved.texts = [...numbers.keys()];
	const body = JSON.stringify(saved);
	await writeFile(`${file}.next`, `${await sealOf(body)}\n${body}`);
	await rename(`${file}.next`, file);
}

/**
 * Returns what only this code, these packages and this Node.js can have written before the text: whatever bears it has
 * the shape that is expected.
 */
async function sealOf(body: string): Promise<string> {
	const { node, zlib } = process.versions;
	return hash('sha256', [await digestOfProgram(root, code), node, zlib, body].join('\0'));
}

function isSaved(value: unknown): value is Saved {
	return typeof value === 'object' && value !== null && 'texts' in value && 'pages' in value && 'data' in value;
}
