import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { extname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { headersOf } from '../domain/headers.ts';
import * as paths from '../domain/paths.ts';
import { site } from '../site.ts';

const types: Readonly<Record<string, string>> = {
	'.html': 'text/html; charset=utf-8',
	'.xml': 'application/rss+xml',
	'.json': 'application/json',
	'.opml': 'text/x-opml',
	'.js': 'text/javascript; charset=utf-8',
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
const isText = /^(?:text|application\/(?!octet-stream)|image\/svg)/;

/**
 * Returns a server that answers as one of the open web would: text gzipped, a redirect to the address of a page where its
 * last stroke is missing, `404.html` for what is not there, files whose names follow from their bytes kept for good, and
 * no body for those who have it already. It does not listen yet.
 * @param folder the edition, in whose place another may come while it is served
 */
export function serverOf(folder: string): Server {
	return createServer((request, response) => void answer(folder, request, response));
}

async function answer(folder: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
	const { pathname, search } = URL.parse(`http://localhost${request.url ?? '/'}`) ?? { pathname: '', search: '' };
	const found = await read(folder, pathname);
	if (!found && (await read(folder, `${pathname}/`)))
		return void response.writeHead(301, { Location: `${pathname}/${search}` }).end();
	const shown = found ?? (await read(folder, paths.file('404.html')));
	if (!shown) return void response.writeHead(404).end();
	const { file, body, changed } = shown;
	const type = types[extname(file)] ?? 'application/octet-stream';
	const isZipped = isText.test(type) && (request.headers['accept-encoding'] ?? '').includes('gzip');
	const tag = `W/"${createHash('sha256').update(body).digest('base64url')}"`;
	const { 'if-none-match': knownTag, 'if-modified-since': knownTime } = request.headers;
	const isKnown = found !== undefined && (knownTag === undefined ? knownTime === changed : knownTag === tag);
	response.writeHead(!found ? 404 : isKnown ? 304 : 200, {
		ETag: tag,
		'Last-Modified': changed,
		...headersOf(found ? pathname : paths.file('404.html')),
		'Content-Type': type,
		Vary: 'Accept-Encoding',
		...(isZipped && { 'Content-Encoding': 'gzip' }),
	});
	if (isKnown) response.end();
	else response.end(isZipped ? gzipSync(body, { level: 9 }) : body);
}

/** Reads what an address, with the base, names in an edition; nothing where that has no such file. */
async function read(folder: string, pathname: string) {
	try {
		const path = decodeURIComponent(paths.withoutBase(pathname));
		if (!pathname.startsWith(site.base) || /\/\/|(?:^|[\\/])\.\.(?:[\\/]|$)/.test(path)) return undefined;
		const file = join(folder, path.endsWith('/') ? `${path}index.html` : path);
		return { file, body: await readFile(file), changed: (await stat(file)).mtime.toUTCString() };
	} catch {
		return undefined;
	}
}
