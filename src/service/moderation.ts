import { digestOfText } from '../environment.ts';
import type { Moderation } from '../schemas/moderation.ts';
import { site } from '../site.ts';
import { serviceWords } from '../words/service-words.ts';

const { reasons } = serviceWords.service;

/** A comment with what is known of how it came. */
export interface Arrival {
	name: string;
	text: string;
	/** What stands in the field that people do not see. */
	honeypot: string;
	/** From the making of the form to its arrival. */
	seconds: number;
	/** Comments from the same network address, and on the same article, in the hour before. */
	ofAddress: number;
	ofArticle: number;
	/** True where another comment has the same words. */
	isRepeated: boolean;
	/** True where an editor has blocked the sender. */
	isBlocked: boolean;
}

/** So many times the number from which on comments of an address are held, its reader is asked to wait. */
export const patience = 4;

/** Returns why a comment is held before an editor has seen it, a sentence each; nothing where it waits like others. */
export function reasonsToHold(arrival: Arrival, rules: Moderation): string[] {
	const links = arrival.text.match(/https?:\/\/|www\./gi)?.length ?? 0;
	const word = wordIn(`${arrival.name}\n${arrival.text}`, rules.words);
	return [
		...(arrival.honeypot === '' ? [] : [reasons.honeypot]),
		...(arrival.seconds < rules.minSeconds ? [reasons.tooFast(Math.max(0, Math.floor(arrival.seconds)))] : []),
		...(links > rules.maxLinks ? [reasons.links(links)] : []),
		...(word === undefined ? [] : [reasons.word(word)]),
		...(fold(arrival.name).includes(fold(site.title)) ? [reasons.nameOfPaper] : []),
		...(arrival.isBlocked ? [reasons.blocked] : []),
		...(arrival.isRepeated ? [reasons.repeated] : []),
		...(arrival.ofAddress >= rules.perAddress ? [reasons.address(arrival.ofAddress + 1)] : []),
		...(arrival.ofArticle >= rules.perArticle ? [reasons.article(arrival.ofArticle + 1)] : []),
	];
}

/** Returns the first of the words that a text has as a whole word, in any letter case. */
function wordIn(text: string, listed: readonly string[]): string | undefined {
	const folded = fold(text);
	return listed.find((word) =>
		new RegExp(`(?<![\\p{L}\\p{N}])${RegExp.escape(fold(word))}(?![\\p{L}\\p{N}])`, 'u').test(folded),
	);
}

/** Returns a digest of the words, or of the signs where there are none: who changes only spaces or the case of letters writes the same. */
export function digestOfWords(text: string): string {
	const words = fold(text)
		.replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
		.trim();
	return digestOfText(words === '' ? text : words);
}

function fold(text: string): string {
	return text.normalize('NFKC').toLowerCase();
}
