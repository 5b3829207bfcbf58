import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { headersOf } from '../../src/domain/headers.ts';

export interface RunningServer {
	/** Origin of the served edition, `http://127.0.0.1:49152`. */
	origin: string;
	stop(): Promise<void>;
}

const types: Readonly<Record<string, string>> = {
	'.html': 'text/html; charset=utf-8',
	'.xml': 'application/rss+xml',
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
const isText = /^(?:text|application|image\/svg)/;

/**
 * Serves the edition of a built project on a free port of 127.0.0.1, as a server of the open web would: text gzipped,
 * `404.html` for what is not there, files whose names follow from their bytes kept for good.
 */
export async function serve(root: string): Promise<RunningServer> {
	const folder = join(root, 'dist');
	const server = createServer((request, response) => {
		void (async () => {
			const { pathname } = new URL(request.url ?? '/', 'http://127.0.0.1');
			const path = decodeURIComponent(pathname).replace(/\/$/, '/index.html');
			const found = await readFile(join(folder, path)).catch(() => undefined);
			const body = found ?? (await readFile(join(folder, '404.html')));
			const type = types[found ? extname(path) : '.html'] ?? 'application/octet-stream';
			const isZipped = isText.test(type) && (request.headers['accept-encoding'] ?? '').includes('gzip');
			response.writeHead(found ? 200 : 404, {
				...headersOf(path),
				'Content-Type': type,
				Vary: 'Accept-Encoding',
				...(isZipped && { 'Content-Encoding': 'gzip' }),
			});
			response.end(isZipped ? gzipSync(body, { level: 9 }) : body);
		})();
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const address = server.address();
	if (address === null || typeof address === 'string') throw new Error('The server has no port.');
	return {
		origin: `http://127.0.0.1:${address.port}`,
		stop: () =>
			new Promise((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			}),
	};
}
