import { distance } from 'fastest-levenshtein';
import { singularize } from 'inflection';
import { toLabelKey } from './labels.ts';
import type { Tag } from './tags.ts';
import { toAscii } from './transliteration.ts';

/** Two tags that may be one subject. */
export interface Likeness {
	/** The one that stands first in the vocabulary as it was given. */
	first: Tag;
	second: Tag;
	/** What makes them alike, as a sentence without its stop. */
	reason: string;
}

/** A name or an alias in Latin letters. */
interface Form {
	tag: Tag;
	label: string;
	/** In lower case, in their order. */
	words: string[];
	/** In the singular and in alphabetical order, without the words that mean little. */
	stems: string[];
}

const smallWords = new Set(['and', 'for', 'in', 'of', 'the']);

/** Words of fewer letters often differ by one and mean another thing: Iran and Iraq, Shanxi and Shaanxi, Iceland and Ireland. */
const shortestMisspelt = 8;

/**
 * Finds tags whose names or aliases differ by spaces, accents, script, plural, word order or one letter inside a long word.
 * The time it takes grows with the number of tags, not with that of their pairs.
 */
export function findLikenesses(tags: readonly Tag[]): Likeness[] {
	const forms = tags.flatMap((tag) => [tag.name, ...tag.aliases].map((label) => toForm(tag, label)));
	const found = new Map<string, Likeness>();
	const compare = (a: Form, b: Form, reasonFor: (a: Form, b: Form) => string | undefined) => {
		const key = `${a.tag.id} ${b.tag.id}`;
		if (a.tag === b.tag || found.has(key)) return;
		const reason = reasonFor(a, b);
		if (reason !== undefined)
			found.set(key, { first: a.tag, second: b.tag, reason: `"${a.label}" and "${b.label}" ${reason}` });
	};
	const letters = Map.groupBy(forms, ({ words }) => words.join(''));
	const stems = Map.groupBy(forms, ({ stems }) => stems.join(' '));
	for (const [first, ...others] of [...letters.values(), ...stems.values()])
		if (first) for (const other of others) compare(first, other, explainSameness);
	for (const near of groupMisspellings(forms))
		near.forEach((a, i) => near.slice(i + 1).forEach((b) => compare(a, b, explainMisspelling)));
	const places = new Map(tags.map((tag, i) => [tag, i]));
	const placeOf = (tag: Tag) => places.get(tag) ?? 0;
	return [...found.values()].sort(
		(a, b) => placeOf(a.first) - placeOf(b.first) || placeOf(a.second) - placeOf(b.second),
	);
}

function toForm(tag: Tag, label: string): Form {
	const words = toLabelKey(toAscii(label).replaceAll("'", '')).split(' ');
	const large = words.filter((word) => !smallWords.has(word));
	return { tag, label, words, stems: (large.length > 0 ? large : words).map(toSingular).sort() };
}

function toSingular(word: string): string {
	return /^[a-z]{4,}$/.test(word) ? singularize(word) : word;
}

/** Tells of two labels of the same letters or the same stems how they differ. */
function explainSameness(a: Form, b: Form): string | undefined {
	const native = [a, b].map(({ label }) => toLabelKey(label).split(' ').sort().join(' '));
	// Different signs often have one sound, as those of the provinces 陕西 and 山西.
	if (hasUncasedLetters(a) && hasUncasedLetters(b) && native[0] !== native[1]) return undefined;
	if (a.words.join('') === b.words.join('')) {
		const isSpacing = toLabelKey(a.label).replaceAll(' ', '') === toLabelKey(b.label).replaceAll(' ', '');
		if (isSpacing) return 'differ by spaces or signs alone';
		return isLatin(a) === isLatin(b) ? 'differ by accents alone' : 'are one name in two scripts';
	}
	const sorted = [a, b].map(({ words }) =>
		words
			.filter((word) => !smallWords.has(word))
			.sort()
			.join(' '),
	);
	if (sorted[0] === sorted[1]) return 'have the same words in another order, or with other small words';
	return 'are singular and plural';
}

const isLatin = ({ label }: Form) => !/[\p{L}--\p{Script=Latin}]/v.test(label);

/** Tells whether the label has letters of a script without capitals, such as Chinese or Arabic. */
const hasUncasedLetters = ({ label }: Form) => /\p{Lo}/u.test(label);

/**
 * Groups the labels that one letter left out of one long word of each would make equal. The first and the last letter stay:
 * Armenia is not Armenian, nor migration emigration.
 */
function groupMisspellings(forms: readonly Form[]): Form[][] {
	const groups = new Map<string, Form[]>();
	for (const form of forms) {
		if (hasUncasedLetters(form)) continue;
		form.stems.forEach((stem, i) => {
			if (stem.length < shortestMisspelt || !/^[a-z]+$/.test(stem)) return;
			const others = form.stems.toSpliced(i, 1).join(' ');
			const variants = Array.from(stem, (_, at) => stem.slice(0, at) + stem.slice(at + 1)).slice(1, -1);
			for (const variant of new Set([stem, ...variants])) {
				const key = `${others} ${variant}`;
				const group = groups.get(key);
				if (group) group.push(form);
				else groups.set(key, [form]);
			}
		});
	}
	return [...groups.values()].filter((group) => group.length > 1);
}

/** Tells how two labels differ by one letter, or by two that changed places, inside a long word. */
function explainMisspelling(a: Form, b: Form): string | undefined {
	const [before, ...furtherBefore] = a.stems.filter((stem) => !b.stems.includes(stem));
	const [after, ...furtherAfter] = b.stems.filter((stem) => !a.stems.includes(stem));
	if (before === undefined || after === undefined || furtherBefore.length + furtherAfter.length > 0) return undefined;
	return distance(before, after) === 1 || isSwap(before, after) ? `differ by a letter: ${before}, ${after}` : undefined;
}

function isSwap(a: string, b: string): boolean {
	const at = Array.from(a).findIndex((letter, i) => letter !== b[i]);
	return a.length === b.length && b === a.slice(0, at) + a.charAt(at + 1) + a.charAt(at) + a.slice(at + 2);
}
