import { readFile } from 'node:fs/promises';
import type { Entry } from '../domain/newsroom.ts';
import { decodeText, splitFrontMatter } from '../markdown/front-matter.ts';
import { countWords, readText } from '../markdown/text.ts';

/** Returns how many words the texts of checked articles have, without their figures, by their files. */
export async function countWordsOf(articles: readonly Entry<unknown>[]): Promise<Map<string, number>> {
	const counts = new Map<string, number>();
	for (const { file } of articles) {
		const { body = '' } = splitFrontMatter(decodeText(await readFile(file))) ?? {};
		counts.set(file, countWords(readText(body).tree));
	}
	return counts;
}
