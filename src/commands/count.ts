import type { Counts } from '../edition/check/manifest.ts';

/** Returns a number and what is counted, as the terminal has it whatever the language of the paper: `1 article`, `2 articles`. */
export function count(number: number, what: string): string {
	return `${number.toLocaleString('en')} ${what}${number === 1 ? '' : 's'}`;
}

/** Returns what an edition holds. */
export function countAll({ articles, pages, feeds }: Counts): string {
	return `${count(articles, 'article')}, ${count(pages, 'page')} and ${count(feeds, 'feed')}`;
}
