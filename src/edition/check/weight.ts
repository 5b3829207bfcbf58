import { gzipSync } from 'node:zlib';
import { flight, frame, headers } from '../../domain/budgets.ts';
import { isCommentsPage, toCommentAnchor } from '../../domain/paths.ts';
import type { Problem } from '../../domain/problems.ts';
import type { Finished } from './finished.ts';

export { flight, frame, headers };

/** The second flight: the server sends twice as many packets once the first are acknowledged. */
export const secondFlight = 29_200;
/** What a page with all comments on an article may take before it is for editors to know: it comes in some flights. */
const comments = 150_000;

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

/** Returns the bytes that a page should take at most, with its headers. @param path with the base */
export function mostFor(path: string): number {
	if (isCommentsPage(path)) return comments;
	return isMonth(path) ? flight + secondFlight : flight;
}

/**
 * Finds pages that everything but the editor's text makes too heavy. Comments bring some styles with them, and must not
 * keep the paper from being published.
 */
export function* checkFrames({ pages, texts }: Finished): Generator<Problem> {
	const isComment = (id: number) => texts[id]?.startsWith(toCommentAnchor('')) === true;
	for (const { file, facts } of pages)
		if (facts.hasText && facts.frameWeight > frame && !facts.ids.some(isComment))
			yield {
				file,
				message: `has ${facts.frameWeight} bytes gzipped beside its text; ${frame} are the most. Make what stands around it lighter`,
			};
}

/** Finds pages that take more than one flight because they hold much: that is for editors to know, and no mistake. */
export function* checkFlights({ pages }: Finished): Generator<Problem> {
	for (const { file, path, facts } of pages) {
		const most = mostFor(path);
		const size = facts.weight + headers;
		if (size <= most) continue;
		const what = facts.hasText ? 'is a long text' : 'is a long list';
		yield {
			file,
			message: `${what}: it takes ${size} bytes gzipped with its headers, and ${most} ${isCommentsPage(path) ? 'are many' : 'come at once'}`,
		};
	}
}
