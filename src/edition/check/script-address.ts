/** Attributes by which a page or a picture names addresses. */
export const urlAttributes: ReadonlySet<string> = new Set([
	'href',
	'src',
	'poster',
	'action',
	'formaction',
	'data',
	'xlink:href',
]);

/** Tells whether the value of an attribute is an address that runs script, or a page of its own within an address. */
export function leadsToScript(attribute: string, value: string): boolean {
	if (!value.includes(':')) return false;
	// Browsers pass over white space and control characters in front of and within the word.
	const address = value.replace(/[\p{Cc} ]/gu, '');
	return /^javascript:/i.test(address) || (urlAttributes.has(attribute) && /^data:(?!image\/)/i.test(address));
}
