import { byName, type Tag } from './tags.ts';
import { toAscii } from './transliteration.ts';

/** The groups of the index from A to Z, as their addresses name them; the last holds names that begin with no letter. */
export const initials: readonly string[] = [...Array.from('abcdefghijklmnopqrstuvwxyz'), '0-9'];

/** How many tags a page of the index holds: with the longest names that is as much as the page may weigh. */
const pageSize = 150;

/** Returns the group of a name, by its first letter as Latin writes it: `o` for Ōsaka, `q` for Қазақстан, `0-9` for 5G. */
export function initialOf(name: string): string {
	const signs = name.replace(/[^\p{L}\p{N}]/gu, '');
	if (!/^\p{L}/u.test(signs)) return '0-9';
	return /[a-z]/i.exec(toAscii(signs))?.[0].toLowerCase() ?? '0-9';
}

/** Returns how a group is shown: `K`, `0–9`. */
export function formatInitial(initial: string): string {
	return initial.toUpperCase().replace('-', '–');
}

/** Cuts the tags of a group into the pages that show them. */
export function toIndexPages<T>(entries: readonly T[]): T[][] {
	return Array.from({ length: Math.ceil(entries.length / pageSize) }, (_, i) =>
		entries.slice(i * pageSize, (i + 1) * pageSize),
	);
}

/** Returns those with most articles, in the order of their names. @param most how many at most */
export function mostUsed<T extends { subject: Tag; articles: readonly unknown[] }>(
	tags: readonly T[],
	most: number,
): T[] {
	return [...tags]
		.sort((a, b) => b.articles.length - a.articles.length || byName(a.subject, b.subject))
		.slice(0, most)
		.sort((a, b) => byName(a.subject, b.subject));
}
