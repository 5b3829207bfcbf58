import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { withBase } from '../domain/paths.ts';
import type { PageWeight } from '../domain/report.ts';
import { readManifest } from './check/manifest.ts';
import { gzipped, headers, mostFor } from './check/weight.ts';

/** From which part of what a page may take on it is near that. */
const near = 0.9;

/** Returns the pages of an edition that nearly take more round trips than they should, or do; nothing where there is none. */
export async function findHeavyPages(folder: string): Promise<PageWeight[] | undefined> {
	const manifest = await readManifest(folder);
	if (!manifest) return undefined;
	const heavy: PageWeight[] = [];
	for (const file of Object.keys(manifest.files).filter((path) => path.endsWith('.html'))) {
		const most = mostFor(withBase(`/${file.replace(/index\.html$/, '')}`));
		const enough = most * near;
		const bytes = gzipped(await readFile(join(folder, file), 'utf8'), enough - headers) + headers;
		if (bytes > enough) heavy.push({ file, bytes, most });
	}
	return heavy.sort((a, b) => b.bytes / b.most - a.bytes / a.most || (a.file < b.file ? -1 : 1));
}
