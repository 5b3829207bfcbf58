import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseHeadersFile } from '../domain/headers-file.ts';
import { serviceRoot } from '../domain/paths.ts';
import type { Problem } from '../domain/problems.ts';
import { site } from '../site.ts';

/** What a build writes beside the pages, the files of which Astro itself refuses to replace. `_headers` is joined. */
const made = ['edition.json', 'sitemap-*.xml', '_astro', 'search'];

/**
 * Finds files of the public folder that a build would replace with its own, or that nobody could reach, and what its
 * `_headers` says that no server can be told.
 */
export function checkPublicFiles(publicFolder: string): Problem[] {
	const find = (names: readonly string[], message: string) =>
		globSync(names, { cwd: publicFolder }).map((name) => ({
			file: `public/${name}`,
			message: `${message}. Give it another name, or remove it`,
		}));
	const answered = site.comments === 'service' ? [serviceRoot.slice(1, -1)] : [];
	const headers = join(publicFolder, '_headers');
	return [
		...(existsSync(headers) ? parseHeadersFile(readFileSync(headers, 'utf8'), 'public/_headers').problems : []),
		...find(['**/*.{br,gz}'], 'is named as servers name the compressed forms of files, which are no addresses'),
		...find(made, 'stands where the build writes something of its own'),
		...find(answered, 'stands where the comment service answers'),
	];
}

/** Tells whether a path, without the base, is that of a file of the public folder. */
export function isPublicFile(path: string, publicFolder: string): boolean {
	const segments = path.split('/');
	return !path.endsWith('/') && !segments.includes('..') && existsSync(join(publicFolder, ...segments));
}
