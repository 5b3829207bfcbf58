/**
 * Returns a map of old addresses for servers: a line for each, `/old/ /new/ ;`, which both nginx and Caddy can include
 * into a `map`. Letter case makes no difference there, so that nothing may lead to itself in another.
 * @param moved old and new paths, or `/?p=12` for a number; the first of equal old ones counts
 */
export function toServerMap(moved: Iterable<readonly [old: string, now: string]>): string {
	const lines = new Map<string, string>();
	for (const [old, now] of moved)
		for (const form of formsOf(old)) {
			const key = form.toLowerCase();
			if (lines.has(key) || key === now.toLowerCase() || key === '/' || !canStand(form)) continue;
			lines.set(key, `${quote(form)} ${now} ;`);
		}
	return [...lines.values(), ''].join('\n');
}

/** Returns an address with its last stroke and without it. */
function formsOf(address: string): string[] {
	if (address.includes('?') || /\.\w+$/.test(address)) return [address];
	const bare = address.replace(/\/+$/, '');
	return [`${bare}/`, bare];
}

/** Tells whether servers would take an address for what it is. */
function canStand(address: string): boolean {
	return /^\/[^\s"'\\{}$;\p{Cc}]*$/u.test(address);
}

function quote(address: string): string {
	return /^[\w/.%?=&~,+:@!-]+$/.test(address) ? address : `"${address}"`;
}
