/** Returns the text so that it can stand anywhere in XML and HTML, in attributes too. */
export function escapeXml(text: string): string {
	return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/**
 * Returns plain text for elements of feeds of which some readers think that they hold HTML, such as titles: whatever they
 * would take for a tag or a reference is broken by a joiner (U+2060), which nobody sees.
 */
export function breakMarkup(text: string): string {
	return text.replace(/<(?=[a-z/!?])|&(?=#?\w+;)/gi, '$&\u2060');
}

/**
 * Returns plain text for such elements of RSS. References are hexadecimal, by which the RSS Advisory Board's profile and
 * validators know that characters are meant.
 */
export function escapeFeedLine(text: string): string {
	return breakMarkup(text).replace(/[&<>]/g, (character) => `&#x${character.charCodeAt(0).toString(16)};`);
}

/** Returns the text as a section of characters, which need no references. */
export function toCdata(text: string): string {
	return `<![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;
}

/** Returns the text with U+FFFD for every character that XML 1.0 cannot hold, not even as a reference. */
export function toXmlCharacters(text: string): string {
	return text.replace(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '\uFFFD');
}
