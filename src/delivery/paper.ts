import * as paths from '../domain/paths.ts';
import type { Manifest } from '../edition/check/manifest.ts';
import { readHeaders } from '../edition/headers.ts';
import type { Headers } from '../domain/headers-file.ts';
import type { Source } from './lay-out.ts';

/** What a web server has to know of an edition beside its files. */
export interface Paper {
	/** Absolute path of the folder in which it is laid out: its files are in `current/files`. */
	folder: string;
	headers: Headers;
	/** Where addresses lead on, both with their base, the second as it is sent; `/?p=12` is a number in the query. */
	redirects: ReadonlyMap<string, string>;
	/** The address of the page that says that nothing is there. */
	notice: string;
}

/** Reads what a web server has to know of an edition. @throws Error where its file `_headers` cannot be followed */
export async function readPaper(source: Source, folder: string): Promise<Paper> {
	return {
		folder,
		headers: await readHeaders(source.folder),
		redirects: redirectsOf(source),
		notice: paths.file('404.html'),
	};
}

/**
 * Returns where addresses lead on, also those without their last stroke: those of the edition, and behind them those of a
 * former paper at which nothing else stands.
 */
export function redirectsOf({ manifest, moved }: Pick<Source, 'manifest' | 'moved'>): Map<string, string> {
	const all = toRedirects(manifest.redirects);
	const files = new Set(Object.keys(manifest.files).map((path) => paths.file(path)));
	const isPage = (address: string) => ['', 'index.html', '/index.html'].some((end) => files.has(address + end));
	for (const [from, to] of moved) if (!all.has(from) && !isPage(from)) all.set(from, encodeTarget(to));
	return all;
}

const encodeTarget = (path: string) => encodeURI(path).replaceAll('$', '%24');

function toRedirects(redirects: Manifest['redirects']): Map<string, string> {
	const all = new Map<string, string>();
	for (const [from, to] of Object.entries(redirects)) {
		const target = encodeTarget(paths.file(to));
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
