/** Shapes of the files that the script of the search page fetches. Articles are numbered from the oldest, from 0. */

/** What a reader can choose to narrow by. */
export interface Named {
	id: string;
	name: string;
}

/** `facts.json`: all that narrowing by section, author and year takes, and the languages of what is found. */
export interface Facts {
	sections: readonly Named[];
	authors: readonly Named[];
	/** Who signs together: positions in `authors`. */
	bylines: readonly (readonly number[])[];
	/** Oldest first, with how many articles each has. */
	years: readonly (readonly [year: string, count: number])[];
	/** Of each article the position in `sections`. */
	sectionOf: readonly number[];
	/** Of each article the position in `bylines`. */
	bylineOf: readonly number[];
	/** The tag of each language other than the paper's, with what leads from each article in it to the next. */
	languages: readonly (readonly [tag: string, gaps: readonly number[]])[];
}

/** `tags/<id>.json`: the articles of a tag. */
export interface TagList extends Named {
	/** What leads from each of its articles to the next, from −1: far smaller, once zipped, than their numbers. */
	gaps: readonly number[];
}

/** An entry of `names/<letters>.json`: a tag one of whose labels has a word whose first letters, or only one, these are. */
export interface TagName extends TagList {
	/** Its labels, as `toLabelKey` writes them. */
	keys: readonly string[];
}

/** `often.json`: the tags of most articles, those of most first. */
export type OftenTags = readonly TagList[];

/** Returns the steps from each number to the next; the numbers rise. */
export function toGaps(numbers: readonly number[]): number[] {
	return numbers.map((number, i) => number - (numbers[i - 1] ?? -1));
}

/** Returns the numbers whose steps are given. */
export function fromGaps(gaps: readonly number[]): number[] {
	let number = -1;
	return gaps.map((gap) => (number += gap));
}

/** Returns the tags of the languages of those articles that are not in the paper's. */
export function readLanguages({ languages }: Pick<Facts, 'languages'>): ReadonlyMap<number, string> {
	return new Map(languages.flatMap(([tag, gaps]) => fromGaps(gaps).map((number): [number, string] => [number, tag])));
}

/** A letter of a script that has so many of them that the first of a word says enough. */
const tellingLetter = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;

/** Returns the name of the file of tag names for a label, as `toLabelKey` writes it: by the first two letters, or one. */
export function namesFile(key: string): string {
	const [word = ''] = key.split(' ', 1);
	const letters = Array.from(word).slice(0, tellingLetter.test(word) ? 1 : 2);
	return `names/${letters.map((letter) => letter.codePointAt(0)?.toString(16)).join('-')}.json`;
}
