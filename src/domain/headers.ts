import * as paths from './paths.ts';

/** What every response says, pages, feeds and pictures alike. The policies of pages stand in the pages: see `policy.ts`. */
const everywhere = {
	'Content-Security-Policy': "frame-ancestors 'none'",
	'Cross-Origin-Opener-Policy': 'same-origin',
	'Permissions-Policy': 'camera=(), geolocation=(), microphone=()',
	'Referrer-Policy': 'strict-origin-when-cross-origin',
	'X-Content-Type-Options': 'nosniff',
} as const;

/** Files whose names follow from their bytes. */
const lasting = paths.withBase('/_astro/');
const forGood = { 'Cache-Control': 'public, max-age=31536000, immutable' } as const;
const askedEachTime = { 'Cache-Control': 'no-cache' } as const;

/** Returns the headers with which a server answers for a path, which has its base, beside those that describe the body. */
export function headersOf(path: string): Record<string, string> {
	return { ...everywhere, ...(path.startsWith(lasting) ? forGood : askedEachTime) };
}

/** The headers with which an article is shown that is not published: nobody keeps it, finds it, or learns where it is. */
export const draftHeaders: Readonly<Record<string, string>> = {
	...everywhere,
	'Cache-Control': 'no-store',
	'Referrer-Policy': 'no-referrer',
	'X-Robots-Tag': 'noindex, nofollow, noarchive',
};

/**
 * Returns the headers as a file `_headers`, which Netlify and Cloudflare read. They join what several rules say of one
 * header, and let everything be asked for anew by themselves, so that only what is kept for good is named.
 */
export function toHeadersFile(): string {
	const rules = [
		{ pattern: paths.withBase('/*'), headers: everywhere },
		{ pattern: `${lasting}*`, headers: forGood },
	];
	const lines = rules.flatMap(({ pattern, headers }) => [
		pattern,
		...Object.entries(headers).map(([name, value]) => `  ${name}: ${value}`),
	]);
	return `${lines.join('\n')}\n`;
}
