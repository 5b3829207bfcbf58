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
