/** Returns plain text as markdown on one line that shows the same letters: nothing in it is markup. */
export function escapeMarkdown(text: string): string {
	return text
		.replace(/\s+/g, ' ')
		.trim()
		.replace(/[\\`*_[\]<>|~&]|\{(?=#|lang=)/g, '\\$&')
		.replace(/^[-+=#]|(?<=^\d+)[.)](?=\s|$)/, '\\$&');
}

/** Returns a markdown link with plain words. @param url an address, or the name of a file */
export function toMarkdownLink(words: string, url: string): string {
	return `[${escapeMarkdown(words)}](${toDestination(url)})`;
}

/** Returns an address as it stands in a markdown link. */
export function toDestination(url: string): string {
	const address = url.replace(/[<>\\\s]/g, (sign) => encodeURIComponent(sign));
	return /[()]/.test(address) ? `<${address}>` : address;
}
