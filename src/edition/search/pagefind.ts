import { join } from 'node:path';
import { close, createIndex } from 'pagefind';
import type { SearchRecord } from '../../search/records.ts';
import { site } from '../../site.ts';
import type { IndexSource } from './index-source.ts';

const [language = ''] = site.language.split('-');

/** Articles of which Pagefind is to make an index. */
export interface IndexTask {
	records: AsyncIterable<SearchRecord>;
	folder: string;
}

/**
 * Writes indexes, one after the other. Each numbers its articles in the order in which they come.
 * @throws Error where Pagefind does not do its work
 */
export async function makeIndexes(tasks: readonly IndexTask[]): Promise<void> {
	try {
		for (const task of tasks) await makeIndex(task);
	} finally {
		await close();
	}
}

async function makeIndex({ records, folder }: IndexTask): Promise<void> {
	const { index } = succeed(await createIndex({ forceLanguage: language }));
	if (!index) throw new Error('The search index cannot be made: Pagefind gave none and did not say why.');
	for await (const { path, title, content, day, section, byline } of records)
		succeed(await index.addCustomRecord({ url: path, language, content, meta: { title, day, section, byline } }));
	succeed(await index.writeFiles({ outputPath: folder }));
	await index.deleteIndex();
}

function succeed<T extends { errors: string[] }>(answer: T): T {
	if (answer.errors.length > 0) throw new Error(`The search index cannot be made: ${answer.errors.join('; ')}`);
	return answer;
}

/** Returns the files of an index, beside those of its content, for which the search page asks. */
export function programOf({ folder, entry }: IndexSource): string[] {
	const machines = Object.values(entry.languages).map(({ wasm }) => `wasm.${wasm ?? 'unknown'}.pagefind`);
	return ['pagefind.js', 'pagefind-worker.js', ...machines].map((name) => join(folder, name));
}
