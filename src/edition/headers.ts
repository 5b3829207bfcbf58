import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import type { AstroIntegration } from 'astro';
import { toHeadersFile } from '../domain/headers.ts';

/**
 * Writes the file from which hosts of static files learn the paper's headers into each edition, and behind them what the
 * newsroom says in `public/_headers`.
 */
export function headersFile(): AstroIntegration {
	return { name: 'headers-file', hooks: { 'astro:build:done': ({ dir }) => joinHeaders(new URL('_headers', dir)) } };
}

/** @param file where Astro has put what lies in the public folder */
async function joinHeaders(file: URL): Promise<void> {
	const own = existsSync(file) ? await readFile(file, 'utf8') : '';
	await writeFile(file, toHeadersFile() + own);
}
