/** Shapes of the files that the script of the search page fetches. Articles are numbered from the oldest, from 0. */

/** What a reader can choose to narrow by. */
export interface Named {
	id: string;
	name: string;
}

/** `facts.json`: all that narrowing by section, author and year takes. */
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
}

/** `tags/<id>.json`: the articles of a tag. */
export interface TagList extends Named {
	/** What leads from each of its articles to the next, from −1: far smaller, once zipped, than their numbers. */
	gaps: readonly number[];
}

/** An entry of `names/<letter>.json`: a tag one of whose labels has a word that begins with the letter. */
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

/** Returns the name of the file of tag names for what begins like `key`, a label as `toLabelKey` writes it. */
export function namesFile(key: string): string {
	return `names/${(key.codePointAt(0) ?? 0).toString(16)}.json`;
}
