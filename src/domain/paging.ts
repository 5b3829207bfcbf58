import type { Article } from './articles.ts';
import { isArticle, type Place } from './retractions.ts';

/** How many places a page of a list has. */
const pageSize = 20;

export interface ListPage {
	/** The page's number, counted from the oldest; nothing for the head of the list. */
	number: number | undefined;
	/** Newest first, like the list. */
	entries: Article[];
	/** The number of the next newer page; `'head'` where that is the head; nothing on the head. */
	newer: number | 'head' | undefined;
	/** The number of the next older page, if there is one. */
	older: number | undefined;
}

/**
 * Cuts a list into pages of {@link pageSize} places numbered from the oldest, so that a full page never changes again.
 * The head holds the newest, twenty to thirty-nine of them where the list is that long. A retracted article keeps its
 * place, where nothing is shown any more: no other article moves to another page.
 * @param places the whole list, newest first
 * @returns the head first, then the numbered pages from the newest to the oldest
 */
export function toListPages({ places }: { places: readonly Place[] }): [head: ListPage, ...older: ListPage[]] {
	const olderPages = Math.max(0, Math.floor(places.length / pageSize) - 1);
	const headSize = places.length - olderPages * pageSize;
	const head: ListPage = {
		number: undefined,
		entries: places.slice(0, headSize).filter(isArticle),
		newer: undefined,
		older: olderPages || undefined,
	};
	const older = Array.from({ length: olderPages }, (_, index): ListPage => {
		const number = olderPages - index;
		const start = headSize + index * pageSize;
		return {
			number,
			entries: places.slice(start, start + pageSize).filter(isArticle),
			newer: number === olderPages ? 'head' : number + 1,
			older: number - 1 || undefined,
		};
	});
	return [head, ...older];
}
