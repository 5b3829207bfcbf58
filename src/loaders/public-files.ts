import { existsSync, globSync } from 'node:fs';
import { join } from 'node:path';
import type { Problem } from '../domain/problems.ts';

/** What a build writes beside the pages, the files of which Astro itself refuses to replace. `_headers` is joined. */
const made = ['edition.json', 'sitemap-*.xml', '_astro', 'search'];

/** Finds files of the public folder that a build would replace with its own. */
export function checkPublicFiles(publicFolder: string): Problem[] {
	return globSync(made, { cwd: publicFolder }).map((name) => ({
		file: `public/${name}`,
		message: 'stands where the build writes something of its own. Give it another name, or remove it',
	}));
}

/** Tells whether a path, without the base, is that of a file of the public folder. */
export function isPublicFile(path: string, publicFolder: string): boolean {
	const segments = path.split('/');
	return !path.endsWith('/') && !segments.includes('..') && existsSync(join(publicFolder, ...segments));
}
