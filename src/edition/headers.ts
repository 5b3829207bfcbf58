import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import type { AstroIntegration } from 'astro';
import { join } from 'node:path';
import { headersOf, toHeadersFile } from '../domain/headers.ts';
import { type Headers, parseHeadersFile } from '../domain/headers-file.ts';
import * as paths from '../domain/paths.ts';
import { ContentError } from '../domain/problems.ts';

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

/** Reads the headers of an edition. @throws ContentError where its file `_headers` cannot be followed */
export async function readHeaders(edition: string): Promise<Headers> {
	return parse(await readFile(join(edition, '_headers'), 'utf8').catch(() => toHeadersFile()));
}

/** The headers of every edition, without those of its newsroom. */
export const ownHeaders = (): Headers => parse(toHeadersFile());

function parse(file: string): Headers {
	// Hosts that read the file ask for everything anew by themselves.
	const preset = { pattern: paths.withBase('/*'), value: headersOf(paths.home())['Cache-Control'] ?? '' };
	const { headers, problems } = parseHeadersFile(file, '_headers', { 'Cache-Control': preset });
	if (problems.length > 0) throw new ContentError(problems);
	return headers;
}
