/** Where addresses of a former paper lead now: paths, and `/?p=12` for a number in the query. */
export type Moved = ReadonlyMap<string, string>;

/** Reads what imports have written down of old addresses. @param file as people are told of it @throws Error where a line has another form */
export function parseMoved(text: string, file: string): Moved {
	const moved = new Map<string, string>();
	for (const [i, line] of text.split('\n').entries()) {
		if (line === '' || line.startsWith('#')) continue;
		const [, quoted, plain = quoted, now] = /^(?:"(\/[^"]*)"|(\/\S*)) (\/\S*) ;$/.exec(line) ?? [];
		if (plain === undefined || now === undefined)
			throw new Error(`${file}:${i + 1}: is no line of an import, such as "/old/ /new/ ;". Mend or remove it.`);
		moved.set(plain, now);
	}
	return moved;
}
