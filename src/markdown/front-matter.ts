/**
 * Returns the text of a UTF-8 file; a byte order mark is dropped and line ends become `\n`.
 * @throws TypeError where the bytes are not UTF-8
 */
export function decodeText(bytes: Uint8Array): string {
	return new TextDecoder('utf-8', { fatal: true }).decode(bytes).replace(/\r\n?/g, '\n');
}

export interface MarkdownFile {
	/** The YAML between the two lines `---`. */
	frontMatter: string;
	body: string;
	/** How many lines of the file stand before the body. */
	bodyOffset: number;
}

/** Splits a markdown file with `\n` line ends at the lines `---` around its front matter; nothing where it has none. */
export function splitFrontMatter(text: string): MarkdownFile | undefined {
	const match = /^---[ \t]*\n(.*?)^---[ \t]*(?:\n|$)/ms.exec(text);
	if (match?.index !== 0) return undefined;
	const [head, frontMatter = ''] = match;
	return { frontMatter, body: text.slice(head.length), bodyOffset: head.split('\n').length - 1 };
}
