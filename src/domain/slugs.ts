import { toAscii } from './transliteration.ts';

/** Room is left, of the 100 characters of an id, for what tells apart two of one name. */
const longest = 80;

/** Finds words also where a script sets no spaces: 上海合作组织 is 上海, 合作 and 组织. */
const segmenter = new Intl.Segmenter('en', { granularity: 'word' });

/**
 * Returns the words of a text as a part of an address: in Latin letters whatever they are written in, joined by hyphens,
 * at most 80 characters; empty where the text has no letter and no digit.
 */
export function toSlug(text: string): string {
	const whole = text.normalize('NFC');
	const words = [...segmenter.segment(whole)].filter(({ isWordLike }) => isWordLike).map(({ segment }) => segment);
	return clip(toLatin(words.join(' ')) || toLatin(whole));
}

function toLatin(text: string): string {
	return toAscii(text)
		.toLowerCase()
		.replaceAll("'", '')
		.replace(/[^a-z0-9]+/g, '-')
		.replace(/^-|-$/g, '');
}

/** Shortens a part of an address, between words where there are any. */
export function clip(slug: string): string {
	if (slug.length <= longest) return slug;
	return slug.slice(0, Math.max(slug.lastIndexOf('-', longest), 0) || longest);
}
