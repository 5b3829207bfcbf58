import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';

/** Returns what keeps files from being shown in the editor's preview, as its last loading has found: one line each. */
export async function getProblems(): Promise<string[]> {
	const file = '.astro/problems.txt';
	return existsSync(file) ? (await readFile(file, 'utf8')).split('\n').filter((line) => line !== '') : [];
}
