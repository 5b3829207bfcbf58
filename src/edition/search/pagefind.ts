import { join } from 'node:path';
import { createIndex } from 'pagefind';
import type { SearchRecord } from '../../search/records.ts';
import { siteLanguage as language } from '../../words/languages.ts';
import type { IndexSource } from './index-source.ts';

/**
 * Writes an index of articles, which it numbers in their order.
 * @throws Error where Pagefind does not do its work
 */
export async function makeIndex(records: readonly SearchRecord[], folder: string): Promise<void> {
	const { index } = succeed(await createIndex({ forceLanguage: language }));
	if (!index) throw new Error('The search index cannot be made: Pagefind gave none and did not say why.');
	for (const { path, title, content, day, section, byline } of records)
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
