/** How many words an adult reads in a minute of silent reading: Brysbaert 2019, rounded. */
const wordsPerMinute = 240;

/** Returns how many minutes a text takes to read, at least one. */
export function readingMinutes(wordCount: number): number {
	return Math.max(1, Math.round(wordCount / wordsPerMinute));
}
