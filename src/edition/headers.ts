import { writeFile } from 'node:fs/promises';
import type { AstroIntegration } from 'astro';
import { toHeadersFile } from '../domain/headers.ts';

/** Writes the file from which hosts of static files learn the paper's headers into each edition. */
export function headersFile(): AstroIntegration {
	return {
		name: 'headers-file',
		hooks: { 'astro:build:done': ({ dir }) => writeFile(new URL('_headers', dir), toHeadersFile()) },
	};
}
