import { isWebAddress } from './links.ts';
import { escapeXml } from './xml.ts';

/** What can be an address: it ends where nobody would see that it goes on. Not behind a letter, as in `xhttps://`. */
const candidates = /(?<![\p{L}\p{N}_])https?:\/\/[^\s<>"`\p{Cc}\p{Bidi_Control}\p{Default_Ignorable_Code_Point}]+/giu;

/** Signs that rather belong to the sentence or the quotation around an address; brackets are looked at apart. */
const trailing = /[\p{P}--[\/\-_%#\&@\)]]/v;

/** In UTF-16 code units; longer ones stay words. */
const longestAddress = 2000;

/**
 * Returns plain text as HTML in which addresses that begin with `http://` or `https://` are links and nothing else is
 * markup. A link reads as it was written, and tells search engines that a reader wrote it.
 */
export function linkAddresses(text: string): string {
	let html = '';
	let done = 0;
	for (const { 0: run, index } of text.matchAll(candidates)) {
		const address = run.slice(0, endOfAddress(run));
		if (address.length > longestAddress || !isWebAddress(address)) continue;
		const shown = escapeXml(address);
		html += `${escapeXml(text.slice(done, index))}<a href="${shown}" rel="nofollow ugc noopener">${shown}</a>`;
		done = index + address.length;
	}
	return html + escapeXml(text.slice(done));
}

/** Returns where an address ends: a bracket that closes belongs to it only where it was opened in it. */
function endOfAddress(run: string): number {
	let unopened = run.split(')').length - run.split('(').length;
	for (let end = run.length; ; end--) {
		const last = run[end - 1] ?? '';
		if (last === ')' && unopened > 0) unopened--;
		else if (!trailing.test(last)) return end;
	}
}
