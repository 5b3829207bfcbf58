/** A part of an excerpt: words, and whether they are what was looked for. */
export interface ExcerptPart {
	text: string;
	isMatch: boolean;
}

/** How many words an excerpt has at most. */
const length = 32;

/**
 * Returns the words of a text that stand where most matches stand together, with a few before them.
 * @param content the text as Pagefind keeps it, whose words stand between white space
 * @param matches positions of the words that match, counted from 0
 */
export function toExcerpt(content: string, matches: readonly number[]): ExcerptPart[] {
	const words = content.trim().split(/\s+/);
	const places = [...new Set(matches)].filter((place) => place < words.length).sort((a, b) => a - b);
	const within = (start: number) => places.filter((place) => place >= start && place < start + length).length;
	const best = places.reduce((a, b) => (within(b) > within(a) ? b : a), places[0] ?? 0);
	const start = Math.max(0, Math.min(best - 4, words.length - length));
	const parts: ExcerptPart[] = start > 0 ? [{ text: '… ', isMatch: false }] : [];
	words.slice(start, start + length).forEach((word, i) => {
		const isMatch = places.includes(start + i);
		const last = parts.at(-1);
		if (last?.isMatch === false && !isMatch) last.text += `${word} `;
		else if (isMatch) parts.push({ text: word, isMatch }, { text: ' ', isMatch: false });
		else parts.push({ text: `${word} `, isMatch });
	});
	const last = parts.at(-1);
	if (last && !last.isMatch) last.text = last.text.trimEnd() + (start + length < words.length ? ' …' : '');
	return parts.filter(({ text }) => text !== '');
}
