import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { headersOf, toHeadersFile } from '../domain/headers.ts';
import * as paths from '../domain/paths.ts';
import type { Manifest } from '../edition/check/manifest.ts';
import { type Headers, parseHeadersFile } from './headers-file.ts';

/** What a web server has to know of an edition beside its files. */
export interface Paper {
	/** Absolute path of the folder in which it is laid out: its files are in `current/files`. */
	folder: string;
	headers: Headers;
	/** Where addresses lead on, both with their base, the second as it is sent. */
	redirects: ReadonlyMap<string, string>;
	/** The address of the page that says that nothing is there. */
	notice: string;
}

/** Reads what a web server has to know of an edition. @throws Error where its file `_headers` cannot be followed */
export async function readPaper(edition: string, { redirects }: Manifest, folder: string): Promise<Paper> {
	const written = await readFile(join(edition, '_headers'), 'utf8').catch(() => toHeadersFile());
	// Hosts that read the file ask for everything anew by themselves.
	const preset = { pattern: paths.withBase('/*'), value: headersOf(paths.home())['Cache-Control'] ?? '' };
	return {
		folder,
		headers: parseHeadersFile(written, { 'Cache-Control': preset }),
		redirects: toRedirects(redirects),
		notice: paths.file('404.html'),
	};
}

/** Returns where addresses lead on, and also those without their last stroke. @param redirects relative to the edition */
export function toRedirects(redirects: Readonly<Record<string, string>>): Map<string, string> {
	const all = new Map<string, string>();
	for (const [from, to] of Object.entries(redirects)) {
		const target = encodeURI(paths.file(to)).replaceAll('$', '%24');
		for (const address of [from, from.replace(/\/$/, '')]) if (address !== '') all.set(paths.file(address), target);
	}
	return all;
}

/** Returns the lines of a file that programs read, with a first one that says where it is from. */
export function toFile(lines: readonly string[]): string {
	return ['# Written by "npm run deliver". What is changed here is lost with the next edition.', ...lines, ''].join(
		'\n',
	);
}

/** Returns an address or a path in quotes. @throws Error where it could mean something else to a server */
export function quote(address: string): string {
	if (/[\p{Cc}"\\`{}$]/u.test(address))
		throw new Error(`${JSON.stringify(address)} cannot stand in a server's configuration. Rename what it is of.`);
	return `"${address}"`;
}
