import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { headersOf } from '../../src/domain/headers.ts';

export interface RunningServer {
	/** Origin of the served edition, `http://127.0.0.1:49152`. */
	origin: string;
	/** What was asked for so far, with the answers' statuses. */
	answers: readonly { path: string; status: number }[];
	stop(): Promise<void>;
}

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
 * Serves the edition of a built project on a free port of 127.0.0.1, as a server of the open web would: text gzipped,
 * `404.html` for what is not there, files whose names follow from their bytes kept for good, and no body for those who
 * have it already.
 */
export async function serve(root: string): Promise<RunningServer> {
	const folder = join(root, 'dist');
	const answers: { path: string; status: number }[] = [];
	const server = createServer((request, response) => {
		void (async () => {
			const { pathname } = new URL(request.url ?? '/', 'http://127.0.0.1');
			const path = decodeURIComponent(pathname).replace(/\/$/, '/index.html');
			const found = await readFile(join(folder, path)).catch(() => undefined);
			const file = join(folder, found ? path : '404.html');
			const body = found ?? (await readFile(file));
			const type = types[extname(file)] ?? 'application/octet-stream';
			const isZipped = isText.test(type) && (request.headers['accept-encoding'] ?? '').includes('gzip');
			const tag = `W/"${createHash('sha256').update(body).digest('base64url')}"`;
			const changed = (await stat(file)).mtime.toUTCString();
			const { 'if-none-match': knownTag, 'if-modified-since': knownTime } = request.headers;
			const isKnown = knownTag === undefined ? knownTime === changed : knownTag === tag;
			const status = !found ? 404 : isKnown ? 304 : 200;
			answers.push({ path: pathname, status });
			response.writeHead(status, {
				ETag: tag,
				'Last-Modified': changed,
				...headersOf(path),
				'Content-Type': type,
				Vary: 'Accept-Encoding',
				...(isZipped && { 'Content-Encoding': 'gzip' }),
			});
			if (status === 304) return void response.end();
			response.end(isZipped ? gzipSync(body, { level: 9 }) : body);
		})();
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const address = server.address();
	if (address === null || typeof address === 'string') throw new Error('The server has no port.');
	return {
		origin: `http://127.0.0.1:${address.port}`,
		answers,
		stop: () =>
			new Promise((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			}),
	};
}
