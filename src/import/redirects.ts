import type { Moved } from '../domain/moved.ts';
import { decodeAddress } from '../markdown/links.ts';

const head = `# Old addresses, and where they lead now: for the maps of nginx and Caddy. They are written as characters, as nginx
# has them in $uri and Caddy in {path}; /?p=12 stands for the number 12 in the query.`;

/**
 * Returns a map of old addresses for servers: a line for each, `/old/ /new/ ;`, which both nginx and Caddy can include
 * into a `map`. Letter case makes no difference there.
 * @param moved old and new paths, or `/?p=12` for a number; the first of equal old ones counts
 * @param own paths at which something stands now, which lead nowhere else
 * @param former what earlier imports have written, which stays where nothing new takes its place
 */
export function toServerMap(
	moved: Iterable<readonly [old: string, now: string]>,
	own: Iterable<string>,
	former: Moved = new Map(),
): string {
	const toKey = (address: string) => address.toLowerCase().replace(/\/$/, '');
	const lines = new Map<string, string>();
	const standing = new Set(['', ...Array.from(own, toKey)]);
	for (const [old, now] of moved)
		for (const form of formsOf(decodeAddress(old).normalize('NFC'))) {
			const key = form.toLowerCase();
			if (lines.has(key) || standing.has(toKey(form)) || !canStand(form)) continue;
			lines.set(key, `${quote(form)} ${now} ;`);
		}
	for (const [old, now] of former) {
		const key = old.toLowerCase();
		if (!lines.has(key) && !standing.has(toKey(old)) && canStand(old)) lines.set(key, `${quote(old)} ${now} ;`);
	}
	return [head, ...lines.values(), ''].join('\n');
}

/** Returns an address with its last stroke and without it. */
function formsOf(address: string): string[] {
	if (address.includes('?') || /\.\w+$/.test(address)) return [address];
	const bare = address.replace(/\/+$/, '');
	return [`${bare}/`, bare];
}

/** Tells whether servers would take an address for what it is. */
function canStand(address: string): boolean {
	return /^\/[^\s"'\\{}$;`\p{Cc}]*$/u.test(address);
}

function quote(address: string): string {
	return /^[\w/.%?=&~,+:@!-]+$/.test(address) ? address : `"${address}"`;
}
