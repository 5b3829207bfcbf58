import type { Headers } from '../domain/headers-file.ts';
import * as paths from '../domain/paths.ts';
import type { Manifest } from '../edition/check/manifest.ts';
import { readHeaders } from '../edition/headers.ts';
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

/** Reads what a web server has to know of an edition. @throws ContentError where its file `_headers` cannot be followed */
export async function readPaper(source: Source, folder: string): Promise<Paper> {
	const { own, former } = redirectsOf(source);
	return {
		folder,
		headers: await readHeaders(source.folder),
		redirects: new Map([...own, ...former]),
		notice: paths.file('404.html'),
	};
}

/** Where addresses lead on, also those without their last stroke. */
interface Redirects {
	/** Those of the edition, each of which has a page that leads on too. */
	own: ReadonlyMap<string, string>;
	/** Those of a former paper, which have none: at them nothing else stands, and where they lead something does. */
	former: ReadonlyMap<string, string>;
}

/** Returns where addresses lead on, both with their base, the second as it is sent. */
export function redirectsOf({ manifest, moved }: Pick<Source, 'manifest' | 'moved'>): Redirects {
	const own = toRedirects(manifest.redirects);
	const files = new Set(Object.keys(manifest.files).map((path) => paths.file(path)));
	const isThere = (address: string) => ['', 'index.html', '/index.html'].some((end) => files.has(address + end));
	const former = [...moved].filter(([from, to]) => !own.has(from) && !isThere(from) && isThere(to));
	return { own, former: new Map(former.map(([from, to]) => [from, encodeTarget(to)])) };
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
