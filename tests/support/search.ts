import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { z } from 'astro/zod';
import { parseJson } from './json.ts';

const fragmentSchema = z.object({ url: z.string(), content: z.string() });

/** Returns a file of the search as the script of its page reads it: Pagefind's own are zipped. */
export async function readSearchFile(folder: string, file: string): Promise<string> {
	const bytes = await readFile(join(folder, file));
	return file.includes('.pf_') ? gunzipSync(bytes).toString() : bytes.toString();
}

/**
 * Returns the addresses of the articles in the order in which Pagefind numbers them.
 * @param files of the edition
 */
export async function numberedPaths(folder: string, files: readonly string[]): Promise<string[]> {
	const meta = await readSearchFile(folder, files.find((file) => file.endsWith('.pf_meta')) ?? '');
	const ids = files
		.flatMap((file) => /fragment\/([\d-]+\/\w+)\.pf_fragment$/.exec(file)?.[1] ?? [])
		.sort((a, b) => meta.indexOf(a) - meta.indexOf(b));
	return Promise.all(
		ids.map(async (id) => {
			const fragment = await readSearchFile(folder, `search/pagefind/fragment/${id}.pf_fragment`);
			return parseJson(fragmentSchema, fragment.replace(/^pagefind_dcd/, '')).url;
		}),
	);
}
