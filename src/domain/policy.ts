import * as paths from './paths.ts';

/** What pages may load: their own style, and from the paper's own host pictures, type and the web app manifest. */
const reading = ["img-src 'self'", "font-src 'self'", "manifest-src 'self'", "form-action 'self'", "base-uri 'none'"];

/** What pages on which something runs may do beyond that, by their path. */
const running: ReadonlyMap<string, readonly string[]> = new Map([
	// A module of ours that fetches the index and reads it with WebAssembly.
	[paths.search(), ["script-src 'self' 'wasm-unsafe-eval'", "connect-src 'self'"]],
]);

/**
 * Returns the content security policy of a page, for its `<meta>`: everything that is not named is forbidden. What only
 * a header can say is in `headers.ts`.
 * @param path with the base
 * @param styleHashes of the page's style sheets, SHA-256 in base64
 */
export function policyOf(path: string, styleHashes: readonly string[]): string {
	const style = ['style-src', ...styleHashes.map((hash) => `'sha256-${hash}'`)].join(' ');
	return ["default-src 'none'", style, ...reading, ...(running.get(path) ?? [])].join(';');
}
