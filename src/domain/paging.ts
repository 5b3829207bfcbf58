/** How many entries a page of a list has. */
const pageSize = 20;

export interface ListPage<T> {
	/** The page's number, counted from the oldest; nothing for the head of the list. */
	number: number | undefined;
	/** Newest first, like the list. */
	entries: T[];
	/** The number of the next newer page; `'head'` where that is the head; nothing on the head. */
	newer: number | 'head' | undefined;
	/** The number of the next older page, if there is one. */
	older: number | undefined;
}

/**
 * Cuts a list into pages of {@link pageSize} numbered from the oldest, so that a full page never changes again. The
 * head holds the newest, twenty to thirty-nine of them where the list is that long.
 * @param newestFirst the whole list
 * @returns the head first, then the numbered pages from the newest to the oldest
 */
export function toListPages<T>(newestFirst: readonly T[]): [head: ListPage<T>, ...older: ListPage<T>[]] {
	const olderPages = Math.max(0, Math.floor(newestFirst.length / pageSize) - 1);
	const headSize = newestFirst.length - olderPages * pageSize;
	const head: ListPage<T> = {
		number: undefined,
		entries: newestFirst.slice(0, headSize),
		newer: undefined,
		older: olderPages || undefined,
	};
	const older = Array.from({ length: olderPages }, (_, index): ListPage<T> => {
		const number = olderPages - index;
		const start = headSize + index * pageSize;
		return {
			number,
			entries: newestFirst.slice(start, start + pageSize),
			newer: number === olderPages ? 'head' : number + 1,
			older: number - 1 || undefined,
		};
	});
	return [head, ...older];
}
