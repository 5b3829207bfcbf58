/** By what a reader can narrow, in the order of the address. Of each kind several can be chosen. */
export const kinds = ['tag', 'section', 'author', 'year'] as const;
export type Kind = (typeof kinds)[number];

/** All that a reader has chosen: what stands in the address of the search page. */
export interface Choice extends Readonly<Record<Kind, readonly string[]>> {
	/** Words to look for; none lists everything, newest first. */
	words: string;
	/** Counted from 1. */
	page: number;
}

/** Reads the query of an address. Whatever it holds, a choice comes of it. @param query `?q=…` */
export function readChoice(query: string): Choice {
	const fields = new URLSearchParams(query);
	const ids = (kind: Kind) => [...new Set(fields.getAll(kind).filter((id) => id !== ''))];
	const page = Number(fields.get('page'));
	return {
		words: (fields.get('q') ?? '').trim(),
		tag: ids('tag'),
		section: ids('section'),
		author: ids('author'),
		year: ids('year'),
		page: Number.isSafeInteger(page) && page > 1 ? page : 1,
	};
}

/** Returns the query by which {@link readChoice} finds the same choice; nothing where nothing is chosen. */
export function toQuery(choice: Choice): string {
	const fields = new URLSearchParams();
	if (choice.words !== '') fields.set('q', choice.words);
	for (const kind of kinds) for (const id of choice[kind]) fields.append(kind, id);
	if (choice.page > 1) fields.set('page', String(choice.page));
	const query = fields.toString();
	return query === '' ? '' : `?${query}`;
}

/** Returns the choice with `id` chosen where it was not, and not where it was; from its first page. */
export function toggle(choice: Choice, kind: Kind, id: string): Choice {
	const chosen = choice[kind];
	const ids = chosen.includes(id) ? chosen.filter((other) => other !== id) : [...chosen, id];
	return { ...choice, [kind]: ids, page: 1 };
}

/** Returns what must be found each for itself: words and, in quotes, phrases. @param words as a reader writes them */
export function toTerms(words: string): string[] {
	return words.replace(/[“”„«»]/g, '"').match(/"[^"]*[^\s"][^"]*"|[^\s"]+/g) ?? [];
}

/** Tells whether something narrows, words aside. */
export function isNarrowed(choice: Choice): boolean {
	return kinds.some((kind) => choice[kind].length > 0);
}
