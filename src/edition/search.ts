import { createReadStream } from 'node:fs';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'astro/zod';
import { close, createIndex } from 'pagefind';
import { type NarrowedRecord, toSearchFiles } from '../search/files.ts';
import { recordSchema, type SearchRecord, type Subjects, subjectsSchema } from '../search/records.ts';
import { site } from '../site.ts';

const [language = ''] = site.language.split('-');

/**
 * Makes what search needs of the records that lie in an edition, and takes them away.
 * @throws Error where Pagefind does not do its work
 */
export async function writeSearch(edition: string): Promise<void> {
	const folder = join(edition, 'search');
	const file = join(folder, 'records.jsonl');
	let subjects: Subjects | undefined;
	const narrowed: NarrowedRecord[] = [];
	async function* read(): AsyncGenerator<SearchRecord> {
		for await (const line of createInterface({ input: createReadStream(file), crlfDelay: Infinity })) {
			const entry: unknown = JSON.parse(line);
			if (!subjects) subjects = subjectsSchema.parse(entry);
			else {
				const record = recordSchema.parse(entry);
				// Without its text, so that those of all articles never stand in memory together.
				const { day, section, authors, tags } = record;
				narrowed.push({ day, section, authors, tags });
				yield record;
			}
		}
	}
	await writeIndex(join(folder, 'pagefind'), read());
	if (!subjects) throw new Error(`${file} is empty, so that there can be no search.`);
	for (const [name, content] of toSearchFiles(subjects, narrowed)) {
		await mkdir(dirname(join(folder, name)), { recursive: true });
		await writeFile(join(folder, name), JSON.stringify(content));
	}
	await rm(file);
}

/** Writes Pagefind's index, which numbers articles in the order in which it gets them. */
async function writeIndex(folder: string, records: AsyncIterable<SearchRecord>): Promise<void> {
	const succeed = <T extends { errors: string[] }>(answer: T): T => {
		if (answer.errors.length > 0) throw new Error(`The search index cannot be made: ${answer.errors.join('; ')}`);
		return answer;
	};
	try {
		const { index } = succeed(await createIndex({ forceLanguage: language }));
		if (!index) throw new Error('The search index cannot be made: Pagefind gave none and did not say why.');
		for await (const { path, title, content, day, section, byline } of records)
			succeed(await index.addCustomRecord({ url: path, language, content, meta: { title, day, section, byline } }));
		succeed(await index.writeFiles({ outputPath: folder }));
	} finally {
		await close();
	}
	await removeUnused(folder);
}

/** Removes what the search page never asks for: Pagefind's own interfaces, and its program for other languages. */
async function removeUnused(folder: string): Promise<void> {
	const entry: unknown = JSON.parse(await readFile(join(folder, 'pagefind-entry.json'), 'utf8'));
	const shape = z.object({ languages: z.record(z.string(), z.object({ wasm: z.string().nullish() })) });
	const programs = Object.values(shape.parse(entry).languages).map(({ wasm }) => `wasm.${wasm ?? 'unknown'}.pagefind`);
	const used = new Set([...programs, 'pagefind.js', 'pagefind-worker.js', 'pagefind-entry.json', 'fragment', 'index']);
	for (const name of await readdir(folder))
		if (!used.has(name) && !name.endsWith('.pf_meta')) await rm(join(folder, name), { recursive: true });
}
