import { compareTexts } from './articles.ts';
import { toLabelKey } from './labels.ts';
import type { Tag } from './tags.ts';

/** A tag that a text names. */
export interface TagMatch {
	tag: Tag;
	/** How often the text names it, by its name or an alias. */
	count: number;
}

/** Such short names are words of other meanings where they begin with a small letter: US and us. */
const isAbbreviation = (label: string) => /^[\p{Lu}\p{N}]{1,4}$/u.test(label);
/** Scripts that set no spaces between words. */
const unspaced =
	/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/**
 * Finds the tags whose names or aliases a text holds as whole words, in any letter case, the most frequent first. Of two
 * names at one place the longer counts: who writes of the European Union has not named Union.
 */
export function findTags(text: string, tags: readonly Tag[]): TagMatch[] {
	const labels = tags
		.flatMap((tag) => [tag.name, ...tag.aliases].map((label) => ({ label, key: toLabelKey(label), tag })))
		.filter(({ key }) => key !== '')
		.sort((a, b) => b.key.length - a.key.length || compareTexts(a.key, b.key));
	// Words stand between spaces of their own, so that two neighbours can both be found.
	let left = ` ${toLabelKey(text).replaceAll(' ', '  ')} `;
	const counts = new Map<Tag, number>();
	for (const { label, key, tag } of labels) {
		const written = unspaced.test(key) ? key : ` ${key.replaceAll(' ', '  ')} `;
		if (!left.includes(written)) continue;
		const parts = left.split(written);
		left = parts.join(' \0 ');
		const count = Math.min(parts.length - 1, isAbbreviation(label) ? countCapitalised(text, label) : Infinity);
		if (count > 0) counts.set(tag, (counts.get(tag) ?? 0) + count);
	}
	return [...counts]
		.map(([tag, count]) => ({ tag, count }))
		.sort((a, b) => b.count - a.count || compareTexts(a.tag.id, b.tag.id));
}

/** Counts a word that begins with a capital. */
function countCapitalised(text: string, word: string): number {
	const pattern = new RegExp(`(?<![\\p{L}\\p{M}\\p{N}])${word}(?![\\p{L}\\p{M}\\p{N}])`, 'giu');
	return (text.match(pattern) ?? []).filter((found) => /^[\p{Lu}\p{N}]/u.test(found)).length;
}
