import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The words of the paper's own stories. */
export async function readVocabulary(): Promise<string[]> {
	const files = (await readdir('content/articles', { recursive: true })).filter((file) => file.endsWith('.md'));
	const texts = await Promise.all(files.map((file) => readFile(join('content/articles', file), 'utf8')));
	const words = texts.flatMap(
		(text) =>
			text
				.split('---\n')
				.at(-1)
				?.match(/\b[a-z]{3,}\b/g) ?? [],
	);
	return [...new Set(words)].sort();
}

/** Returns a maker of texts of a given length whose words follow no pattern, and are the same in every run. */
export function makeWriter(vocabulary: readonly string[]): (length: number) => string {
	let state = 1;
	return (length) => {
		let text = '';
		while (text.length < length) {
			state = (state * 48_271) % 2_147_483_647;
			text += `${vocabulary[state % vocabulary.length] ?? ''} `;
		}
		return `W${text.slice(1, length - 1).trim()}`.padEnd(length, 'x');
	};
}
