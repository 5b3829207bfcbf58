import { hash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CheckedFile, DataFacts, Facts, PageFacts } from './facts.ts';

/** Facts by the hash of the file. */
export type KnownFacts = Map<string, Facts>;

/** Pages name the same addresses and ids again and again: each text stands once, and pages hold its number. */
interface Saved {
	texts: string[];
	pages: [hash: string, PageFacts: Omit<PageFacts, ListOfTexts> & Record<ListOfTexts, number[]>][];
	data: [hash: string, facts: DataFacts][];
}
type ListOfTexts = 'links' | 'ids' | 'tags' | 'canonicals';

/** Returns what an earlier check with the same code has kept; nothing where there is none or the file is spoilt. */
export async function readFacts(file: string): Promise<KnownFacts> {
	const text = await readFile(file, 'utf8').catch(() => '');
	const end = text.indexOf('\n');
	const body = text.slice(end + 1);
	if (end < 0 || text.slice(0, end) !== sealOf(body)) return new Map();
	const saved: unknown = JSON.parse(body);
	if (!isSaved(saved)) return new Map();
	const { texts, pages, data } = saved;
	const unpack = (numbers: readonly number[]) => numbers.map((number) => texts[number] ?? '');
	const known: KnownFacts = new Map(data);
	for (const [key, page] of pages) {
		const [links, ids, tags, canonicals] = [page.links, page.ids, page.tags, page.canonicals].map(unpack);
		if (links && ids && tags && canonicals) known.set(key, { ...page, links, ids, tags, canonicals });
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
		const { links, ids, tags, canonicals } = facts;
		const packed = { links: pack(links), ids: pack(ids), tags: pack(tags), canonicals: pack(canonicals) };
		saved.pages.push([key, { ...facts, ...packed }]);
	}
	saved.texts = [...numbers.keys()];
	const body = JSON.stringify(saved);
	await writeFile(`${file}.next`, `${sealOf(body)}\n${body}`);
	await rename(`${file}.next`, file);
}

/** Returns what only this code can have written before the text: whatever bears it has the shape that is expected. */
function sealOf(body: string): string {
	const folder = import.meta.dirname;
	const code = readdirSync(folder)
		.sort()
		.map((name) => readFileSync(join(folder, name), 'utf8'));
	return hash('sha256', code.join('\0') + body);
}

function isSaved(value: unknown): value is Saved {
	return typeof value === 'object' && value !== null && 'texts' in value && 'pages' in value && 'data' in value;
}
