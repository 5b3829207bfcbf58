/** Columns that Prettier gives a line of this project. */
const width = 120;

/**
 * Returns the source of `src/site.ts` with other values of some fields of `site`, and other labels of links.
 * @param labels of navigation and footer, by their paths; links to other paths keep theirs
 * @throws Error where a field is not there as a text
 */
export function rewriteSite(
	source: string,
	fields: Readonly<Record<string, string>>,
	labels: ReadonlyMap<string, string>,
): string {
	let written = source;
	for (const [name, value] of Object.entries(fields)) {
		const place = new RegExp(`^\\t${name}:\\s+(?:'(?:[^'\\\\\\n]|\\\\.)*'|"(?:[^"\\\\\\n]|\\\\.)*"),$`, 'm');
		if (!place.test(written)) throw new Error(`src/site.ts: ${name} is no text there any more. Write it by hand.`);
		written = written.replace(place, () => toLine(name, value));
	}
	return written.replace(/\{ label: .+?, path: '([^']*)' \}/g, (link, path: string) => {
		const label = labels.get(path);
		return label === undefined ? link : `{ label: ${quote(label)}, path: '${path}' }`;
	});
}

function toLine(name: string, value: string): string {
	const line = `\t${name}: ${quote(value)},`;
	return line.length + 1 > width ? `\t${name}:\n\t\t${quote(value)},` : line;
}

/** Returns a text of one line as TypeScript, in the quotes that Prettier would choose. */
function quote(text: string): string {
	const sign = text.includes("'") && !text.includes('"') ? '"' : "'";
	return sign + text.replaceAll('\\', '\\\\').replaceAll(sign, `\\${sign}`) + sign;
}
