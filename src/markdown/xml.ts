/** Returns the text so that it can stand anywhere in XML and HTML, in attributes too. */
export function escapeXml(text: string): string {
	return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
