import { site } from '../site.ts';
import { explainForbidden, findForbiddenCharacter } from './characters.ts';

const advice = 'Link to https://…, mailto:…, tel:… or, in the paper itself, to a path such as /tags/china/';

/** Returns what is wrong with a link of a text, a sentence without its stop; nothing where the link can stand there. */
export function faultOfLink(href: string): string | undefined {
	const shown = JSON.stringify(href);
	const forbidden = findForbiddenCharacter(decodeAddress(href));
	if (forbidden) return `a link to ${shown}, which holds ${explainForbidden(forbidden)}`;
	if (href.startsWith('#') || isPath(href)) return undefined;
	if (isOwnAddress(href)) return `a link to the paper’s own host, ${shown}. Link to its path, such as /tags/china/`;
	const isWritten = /^(?:mailto:[^\s]|tel:[+\d])/i.test(href) && URL.canParse(href) && !hasControls(href);
	return isWritten || isWebAddress(href) ? undefined : `a link to ${shown}. ${advice}`;
}

/** Tells whether an address is a path of the paper itself: another host can hide behind two strokes. */
export function isPath(href: string): boolean {
	return /^\/(?![/\\])/.test(href);
}

/**
 * Tells whether `text` is an absolute address of the web, `http:` or `https:`. A name before the host, which can pass
 * for another host, and what cannot be seen are not allowed.
 */
export function isWebAddress(text: string): boolean {
	if (!/^https?:\/\/[^\s/\\]/i.test(text) || /\s/.test(text) || hasControls(text)) return false;
	const url = URL.parse(text);
	return url?.username === '' && url.password === '' && !findForbiddenCharacter(decodeAddress(text));
}

function hasControls(address: string): boolean {
	return /\p{Cc}/u.test(decodeAddress(address));
}

/** Returns an address with what is written as `%20` and the like as characters, as far as it is UTF-8. */
export function decodeAddress(address: string): string {
	return address.replace(/(?:%[0-9a-f]{2})+/gi, (run) => {
		try {
			return decodeURIComponent(run);
		} catch {
			return run;
		}
	});
}

function isOwnAddress(href: string): boolean {
	const url = URL.parse(href);
	return url !== null && url.hostname === new URL(site.origin).hostname && url.pathname.startsWith(site.base);
}
