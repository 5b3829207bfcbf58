import { gzipSync } from 'node:zlib';
import type { Problem } from '../../domain/problems.ts';
import type { Finished } from './finished.ts';

/** The first flight of a TCP connection, in bytes: a whole response must fit. */
export const flight = 14_600;
/** What headers take of it at most: those of our server are weighed by `tests/build/paper.test.ts`. */
export const headers = 600;
/** The second flight: the server sends twice as many packets once the first are acknowledged. */
export const secondFlight = 29_200;
/** What everything but an article's text and its comments may take. */
export const frame = 10_000;

/**
 * Returns the bytes that a page takes on its way.
 * @param most up to these, a quick look that tells somewhat more is enough
 */
export function gzipped(html: string, most: number): number {
	const bytes = Buffer.from(html);
	const quick = gzipSync(bytes, { level: 1 }).length;
	return quick <= most ? quick : Math.min(quick, gzipSync(bytes, { level: 9 }).length);
}

/** Tells whether the page at a path is the list of a month, which is not paged: its first days come with the first flight. */
export function isMonth(path: string): boolean {
	return /\/\d{4}\/\d{2}\/$/.test(path);
}

/** Finds pages that everything but the editor's text makes too heavy. */
export function* checkFrames({ pages }: Finished): Generator<Problem> {
	for (const { file, facts } of pages)
		if (facts.hasText && facts.frameWeight > frame)
			yield {
				file,
				message: `has ${facts.frameWeight} bytes gzipped beside its text; ${frame} are the most. Make what stands around it lighter`,
			};
}

/** Finds pages that take more than one flight because they hold much: that is for editors to know, and no mistake. */
export function* checkFlights({ pages }: Finished): Generator<Problem> {
	for (const { file, path, facts } of pages) {
		const most = isMonth(path) ? flight + secondFlight : flight;
		const size = facts.weight + headers;
		if (size <= most) continue;
		const what = facts.hasText ? 'is a long text' : 'is a long list';
		yield { file, message: `${what}: it takes ${size} bytes gzipped with its headers, and ${most} come at once` };
	}
}
