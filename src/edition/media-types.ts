import { extname } from 'node:path';

/** Media types by what addresses end with. */
export const typesByExtension: Readonly<Record<string, string>> = {
	'.html': 'text/html; charset=utf-8',
	'.xml': 'application/rss+xml',
	'.json': 'application/json',
	'.jsonl': 'application/jsonl',
	'.opml': 'text/x-opml',
	'.css': 'text/css; charset=utf-8',
	'.js': 'text/javascript; charset=utf-8',
	'.wasm': 'application/wasm',
	'.txt': 'text/plain; charset=utf-8',
	'.svg': 'image/svg+xml',
	'.webmanifest': 'application/manifest+json',
	'.woff2': 'font/woff2',
	'.png': 'image/png',
	'.jpg': 'image/jpeg',
	'.webp': 'image/webp',
	'.avif': 'image/avif',
	'.ico': 'image/x-icon',
};
/** XML and JSON of which the address says more than its extension; addresses begin with a stroke. */
export const typesByName: readonly (readonly [name: RegExp, type: string])[] = [
	[/[/-]sitemap[^/]*\.xml$/, 'application/xml'],
	[/\/opensearch\.xml$/, 'application/opensearchdescription+xml'],
	[/\/feed\.json$/, 'application/feed+json'],
];
export const unknownType = 'application/octet-stream';

/** Returns the media type of a file of an edition. @param path relative to the edition */
export function mediaTypeOf(path: string): string {
	return typesByName.find(([name]) => name.test(`/${path}`))?.[1] ?? typesByExtension[extname(path)] ?? unknownType;
}

/** Tells whether compression makes files of a kind smaller. @param path relative to the edition */
export function isText(path: string): boolean {
	return /^(?:text\/|application\/(?!octet-stream)|image\/svg)/.test(mediaTypeOf(path));
}
