import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';

/** Where addresses of a former paper lead now: paths, and `/?p=12` for a number in the query. */
export type Moved = ReadonlyMap<string, string>;

/** Reads what an import has written down of old addresses, if there was one. @throws Error where a line has another form */
export async function readMoved(file: string): Promise<Moved> {
	const lines = existsSync(file) ? (await readFile(file, 'utf8')).split('\n') : [];
	const moved = new Map<string, string>();
	for (const [i, line] of lines.entries()) {
		if (line === '' || line.startsWith('#')) continue;
		const [, quoted, plain = quoted, now] = /^(?:"(\/[^"]*)"|(\/\S*)) (\/\S*) ;$/.exec(line) ?? [];
		if (plain === undefined || now === undefined)
			throw new Error(`${file}:${i + 1}: is no line of an import, such as "/old/ /new/ ;". Mend or remove it.`);
		moved.set(plain, now);
	}
	return moved;
}
