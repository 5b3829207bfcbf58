import { once } from 'node:events';
import { cp, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { z } from 'astro/zod';
import { beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { toHeadersFile } from '../../src/domain/headers.ts';
import { readManifest } from '../../src/edition/check/manifest.ts';
import { publish } from '../../src/edition/publish.ts';
import { rollBack } from '../../src/edition/rollback.ts';
import { parseJson } from '../support/json.ts';
import { ask, type RunningServer, serveFolder, startPreview } from '../support/serve.ts';
import { makeTarget } from '../support/store.ts';
import { type Files, retract, tinyEdition, writeEdition } from '../support/tiny-edition.ts';

/** More than is kept in memory, and more than a connection takes that nobody reads from. */
const large = 'Much text. '.repeat(3_000_000);

/** Returns the tiny edition with a picture of its own, and whatever else a paper may have. @param text names it */
function files(text: string, more: Files = {}): Files {
	const tiny = tinyEdition(`${text}</p><img src="/_astro/${text}.png" alt=""><p>`);
	return { ...tiny, [`_astro/${text}.png`]: `picture ${text}`, ...more };
}

const publishFiles = (target: string, content: Files) => publish(target, (folder) => writeEdition(folder, content));

async function serving(folder: string, options?: Parameters<typeof serveFolder>[1]): Promise<RunningServer> {
	const server = await serveFolder(folder, options);
	onTestFinished(() => server.stop());
	return server;
}

/** Opens a connection and says something on it. */
function say({ origin }: Pick<RunningServer, 'origin'>, text: string): Socket {
	const { hostname, port } = new URL(origin);
	const socket = connect(Number(port), hostname).on('error', () => undefined);
	socket.write(text);
	return socket;
}

/** Returns after how many milliseconds a connection is closed by the server. */
async function closing(socket: Socket): Promise<number> {
	const begun = performance.now();
	await once(socket, 'close');
	return performance.now() - begun;
}

describe('the headers of a newsroom', () => {
	const rules = '/2025/*\n  X-Own: 1\n  ! Permissions-Policy\n/2025/06/\n  X-Own: 2\n';

	test('are sent with the pages that its rules name', async () => {
		const target = await makeTarget();
		await publishFiles(target, files('A', { _headers: toHeadersFile() + rules }));
		const server = await serving(target);
		const [home, year, month, story] = await Promise.all(
			['/', '/2025/', '/2025/06/', '/2025/06/story'].map((path) => ask(server, path)),
		);
		expect(home?.headers).toHaveProperty('permissions-policy');
		expect(home?.headers).not.toHaveProperty('x-own');
		expect(year?.headers).toMatchObject({ 'x-own': '1', 'cache-control': 'no-cache' });
		expect(year?.headers).not.toHaveProperty('permissions-policy');
		expect(month?.headers).toMatchObject({ 'x-own': '2', 'x-content-type-options': 'nosniff' });
		expect([story?.status, story?.headers['x-own']]).toEqual([301, '1']);
	});

	test.each(['X-Own 1', 'Content-Length: 1'])('are left out and named where %s cannot be followed', async (line) => {
		const said = vi.spyOn(console, 'error').mockReturnValue(undefined);
		onTestFinished(() => said.mockRestore());
		const target = await makeTarget();
		await publishFiles(target, files('A', { _headers: `${toHeadersFile()}/*\n  X-Own: 1\n  ${line}\n` }));
		const { status, headers } = await ask(await serving(target), '/');
		expect([status, headers['x-content-type-options'], headers['x-own']]).toEqual([200, 'nosniff', undefined]);
		expect(said).toHaveBeenCalledExactlyOnceWith(expect.stringContaining(`"${line}" is `));
	});
});

describe('an edition that is served', () => {
	let target: string;
	let server: RunningServer;

	beforeAll(async () => {
		const folder = await mkdtemp(join(tmpdir(), 'meridian-served-'));
		target = join(folder, 'dist');
		await publishFiles(target, files('A', { 'large.bin': large, 'digits.bin': '0123456789', 'empty.bin': '' }));
		await writeFile(join(folder, 'secret.txt'), 'secret');
		server = await serveFolder(target);
		return async () => {
			await server.stop();
			await rm(folder, { recursive: true });
		};
	});

	test.each([
		[undefined, undefined],
		['', undefined],
		['gzip', 'gzip'],
		['GZIP', 'gzip'],
		['gzip, deflate, br, zstd', 'br'],
		['br;q=0.5, gzip', 'gzip'],
		['br;q=0, *', 'gzip'],
		['*', 'br'],
		['gzip;q=0', undefined],
		['gzip;q=nonsense', undefined],
		['deflate', undefined],
		['identity, br;q=0.5', undefined],
		['identity;q=0, gzip;q=0.1', 'gzip'],
		['*;q=0', undefined],
	])('comes in the form that "Accept-Encoding: %s" wants most', async (accepted, coding) => {
		const { headers, body } = await ask(server, '/', accepted === undefined ? {} : { 'Accept-Encoding': accepted });
		expect(headers).toMatchObject({ vary: 'Accept-Encoding', 'content-length': String(body.length) });
		expect(headers['content-encoding']).toBe(coding);
		const text = coding === 'br' ? brotliDecompressSync(body) : coding === 'gzip' ? gunzipSync(body) : body;
		expect(text).toEqual(await readFile(join(target, 'index.html')));
	});

	test('has a strong tag of its own for each form, and says what it is and for how long it may be kept', async () => {
		const [br, gzip, plain] = await Promise.all(
			['br', 'gzip', ''].map((accepted) => ask(server, '/', { 'Accept-Encoding': accepted })),
		);
		const tags = [br, gzip, plain].map((answer) => answer?.headers.etag);
		expect(new Set(tags).size).toBe(3);
		for (const tag of tags) expect(tag).toMatch(/^"[\da-f]{32}(?:-br|-gzip)?"$/);
		expect(plain?.headers).toMatchObject({
			'content-type': 'text/html; charset=utf-8',
			'cache-control': 'no-cache',
			'x-content-type-options': 'nosniff',
			'content-security-policy': "frame-ancestors 'none'",
			'accept-ranges': 'bytes',
		});
		const picture = await ask(server, '/_astro/A.png', { 'Accept-Encoding': 'br' });
		expect(picture.headers).toMatchObject({
			'content-type': 'image/png',
			'cache-control': 'public, max-age=31536000, immutable',
		});
		expect(picture.headers.vary).toBeUndefined();
		expect((await ask(server, '/sections/news/rss.xml')).headers['content-type']).toBe('application/rss+xml');
		expect((await ask(server, '/sitemap-0.xml')).headers['content-type']).toBe('application/xml');
	});

	test('is sent to nobody who has it already: the tag decides, and the time where none is named', async () => {
		const whole = await ask(server, '/');
		const { etag = '', 'last-modified': modified = '' } = whole.headers;
		const later = new Date(Date.parse(modified) + 60_000).toUTCString();
		const cases: [headers: Record<string, string>, status: number][] = [
			[{ 'If-None-Match': etag }, 304],
			[{ 'If-None-Match': `W/${etag}` }, 304],
			[{ 'If-None-Match': `"other", ${etag}` }, 304],
			[{ 'If-None-Match': '*' }, 304],
			[{ 'If-None-Match': '"other"' }, 200],
			[{ 'If-None-Match': '"other"', 'If-Modified-Since': modified }, 200],
			[{ 'If-None-Match': etag, 'Accept-Encoding': 'gzip' }, 200],
			[{ 'If-Modified-Since': modified }, 304],
			[{ 'If-Modified-Since': later }, 200],
		];
		for (const [headers, status] of cases) {
			const answer = await ask(server, '/', headers);
			expect([answer.status, answer.body.length > 0], JSON.stringify(headers)).toEqual([status, status === 200]);
			expect(answer.headers).toMatchObject({ vary: 'Accept-Encoding', 'cache-control': 'no-cache' });
			expect(answer.headers.etag).toBeDefined();
		}
		expect((await ask(server, '/nowhere/', { 'If-None-Match': '*' })).status).toBe(404);
	});

	test.each([
		['bytes=0-3', 206, '0123', 'bytes 0-3/10'],
		['bytes=4-', 206, '456789', 'bytes 4-9/10'],
		['bytes=8-99', 206, '89', 'bytes 8-9/10'],
		['bytes=-3', 206, '789', 'bytes 7-9/10'],
		['bytes=-99', 206, '0123456789', 'bytes 0-9/10'],
		['BYTES=9-9', 206, '9', 'bytes 9-9/10'],
		['bytes=10-', 416, '', 'bytes */10'],
		['bytes=-0', 416, '', 'bytes */10'],
		['bytes=5-4', 200, '0123456789', undefined],
		['bytes=-', 200, '0123456789', undefined],
		['bytes=0-1,3-4', 200, '0123456789', undefined],
		['bytes=a-b', 200, '0123456789', undefined],
		['lines=0-1', 200, '0123456789', undefined],
	])('in part, by "Range: %s", is answered with %i', async (range, status, text, contentRange) => {
		const answer = await ask(server, '/digits.bin', { Range: range });
		expect([answer.status, answer.body.toString(), answer.headers['content-range']]).toEqual([
			status,
			text,
			contentRange,
		]);
	});

	test('comes in part only where the rest is of the same file, in no coding, and wanted', async () => {
		const { headers } = await ask(server, '/digits.bin');
		const { etag = '', 'last-modified': modified = '' } = headers;
		const statusFor = async (more: Record<string, string>, path = '/digits.bin', method = 'GET') =>
			(await ask(server, path, { Range: 'bytes=1-2', ...more }, method)).status;
		expect(await statusFor({ 'If-Range': etag })).toBe(206);
		expect(await statusFor({ 'If-Range': modified })).toBe(206);
		expect(await statusFor({ 'If-Range': `W/${etag}` })).toBe(200);
		expect(await statusFor({ 'If-Range': '"other"' })).toBe(200);
		expect(await statusFor({ 'If-None-Match': etag })).toBe(304);
		expect(await statusFor({}, '/digits.bin', 'HEAD')).toBe(200);
		expect(await statusFor({ 'Accept-Encoding': 'gzip' }, '/')).toBe(200);
		expect(await statusFor({}, '/empty.bin')).toBe(416);
		const end = await ask(server, '/large.bin', { Range: 'bytes=-5' });
		expect([end.status, end.body.toString()]).toEqual([206, 'ext. ']);
	});

	test('is streamed where it is large, whole', async () => {
		expect((await ask(server, '/large.bin')).body.equals(Buffer.from(large))).toBe(true);
	});

	test('tells of itself without a body by HEAD, and knows no other method than that and GET', async () => {
		for (const path of ['/', '/nowhere/', '/tags/china', '/healthz', '/digits.bin']) {
			const [{ headers: whole, status }, head] = [await ask(server, path), await ask(server, path, {}, 'HEAD')];
			expect([head.status, head.body.length]).toEqual([status, 0]);
			expect({ ...head.headers, date: '' }).toEqual({ ...whole, date: '' });
		}
		for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'TRACE']) {
			const answer = await ask(server, '/', {}, method);
			expect([answer.status, answer.headers.allow]).toEqual([405, 'GET, HEAD']);
		}
	});

	test('leads on for good from aliases, and where the last stroke is missing, with the query', async () => {
		const places = {
			'/tags/china?a=b&c': '/tags/china/?a=b&c',
			'/tags/prc/': '/tags/china/',
			'/tags/prc/?a=//b': '/tags/china/?a=//b',
			'/tags/prc': '/tags/china/',
			'http://elsewhere.example/tags/prc': '/tags/china/',
		};
		for (const [path, location] of Object.entries(places)) {
			const { status, headers, body } = await ask(server, path);
			expect([status, headers.location, headers['cache-control'], body.length]).toEqual([301, location, 'no-cache', 0]);
		}
	});

	test.each([
		'/nowhere/',
		'/nowhere',
		'/constructor',
		'/__proto__/',
		'//',
		'//tags/china/',
		'/tags//china/',
		'//elsewhere.example/tags/china',
		'/../secret.txt',
		'/tags/../../secret.txt',
		'/%2e%2e/secret.txt',
		'/..%2fsecret.txt',
		'/%2e%2e%2fsecret.txt',
		'/..%5csecret.txt',
		'/..\\secret.txt',
		'/%252e%252e%252fsecret.txt',
		'/tags%2fchina/',
		'/tags%5Cchina/',
		'/tags/china/%00',
		'/tags/china/index.html%00.png',
		'/tags/china/.',
		'/./tags/china/',
		'/%',
		'/%zz/',
		'/%c3%28/',
		'/%ff',
		'/.dist-editions/log.jsonl',
		'/../.dist-editions/log.jsonl',
		'/.env',
		'/tags/china/;/',
		`/${'a/'.repeat(100)}`,
	])('has nothing but the notice that nothing is there at %s', async (path) => {
		const { status, headers, body } = await ask(server, path);
		expect([status, headers.etag, headers['cache-control']]).toEqual([404, undefined, 'no-cache']);
		expect(body).toEqual(await readFile(join(target, '404.html')));
	});

	test('keeps hidden files to itself, but for those that the web knows', async () => {
		const other = await makeTarget();
		await publishFiles(other, files('A', { '.well-known/security.txt': 'x', '.env': 'x', 'tags/.x/.env': 'x' }));
		const hidden = await serving(other);
		const statusOf = async (path: string) => (await ask(hidden, path)).status;
		expect(await statusOf('/.well-known/security.txt')).toBe(200);
		for (const path of ['/.env', '/tags/.x/.env', '/.well-known']) expect(await statusOf(path)).toBe(404);
	});

	test('says of itself which one it is', async () => {
		const { status, headers, body } = await ask(server, '/healthz');
		const { etag: _, ...others } = headers;
		expect([status, others['cache-control'], body.toString()]).toEqual([
			200,
			'no-store',
			expect.stringMatching(/^\{"edition":"1-[\da-f]{8}"\}$/),
		]);
		expect((await ask(server, '/edition.json')).body).toEqual(await readFile(join(target, 'edition.json')));
	});
});

test('where there is no edition, the server says so until there is one', async () => {
	const target = await makeTarget();
	const server = await serving(target);
	for (const path of ['/', '/healthz']) expect((await ask(server, path)).status).toBe(503);
	await publishFiles(target, files('A'));
	await delay(30);
	for (const path of ['/', '/healthz']) expect((await ask(server, path)).status).toBe(200);
});

test('an edition that was copied elsewhere, and is changed there, is served as it is', async () => {
	const target = await makeTarget();
	const copy = join(dirname(target), 'copy');
	await publishFiles(target, files('A'));
	await cp(target, copy, { recursive: true, dereference: true });
	const server = await serving(copy);
	const askHome = async () => (await ask(server, '/', { 'Accept-Encoding': 'br' })).body.toString();
	expect(await askHome()).toContain('<p>A</p>');
	await publishFiles(target, files('B'));
	await cp(target, copy, { recursive: true, dereference: true });
	await utimes(join(copy, 'edition.json'), 2e9, 2e9);
	await delay(30);
	expect(await askHome()).toContain('<p>B</p>');
});

describe('what pages name that readers have open', () => {
	const statusesOf = (server: RunningServer, paths: readonly string[]) =>
		Promise.all(paths.map(async (path) => (await ask(server, path)).status));
	const pictures = ['/_astro/A.png', '/_astro/B.png', '/_astro/C.png', '/_astro/D.png'];

	test('is there for two editions more, and is what it was', async () => {
		const target = await makeTarget();
		for (const text of ['A', 'B', 'C', 'D']) await publishFiles(target, files(text));
		const server = await serving(target);
		expect(await statusesOf(server, pictures)).toEqual([404, 200, 200, 200]);
		const { headers, body } = await ask(server, '/_astro/B.png');
		expect([headers['cache-control'], body.toString()]).toEqual([expect.stringContaining('immutable'), 'picture B']);
		await rollBack(target);
		await delay(30);
		expect(await statusesOf(server, pictures)).toEqual([200, 200, 200, 404]);
	});

	test('is gone at once where it may belong to what was retracted; type and scripts are not', async () => {
		const target = await makeTarget();
		const script = { '_astro/search.js': 'export {};' };
		await publishFiles(target, files('A', script));
		const retracting = files('B');
		retract(retracting);
		await publishFiles(target, retracting);
		const server = await serving(target);
		expect(await statusesOf(server, ['/_astro/A.png', '/_astro/B.png', '/_astro/search.js'])).toEqual([404, 200, 200]);
	});

	test('is no page', async () => {
		const target = await makeTarget();
		await publishFiles(target, files('A', { 'more.txt': 'x' }));
		await publishFiles(target, files('B'));
		expect(await statusesOf(await serving(target), ['/more.txt'])).toEqual([404]);
	});
});

test('in twenty changes of editions, each of 10,000 requests sees one whole edition', async () => {
	const target = await makeTarget();
	await publishFiles(target, files('A0'));
	const server = await serving(target);
	const seen = new Set<string>();
	const faults: string[] = [];
	let count = 0;
	let isDone = false;
	const read = async () => {
		while (!isDone || count < 10_000) {
			const page = await ask(server, '/', { 'Accept-Encoding': count % 3 === 0 ? 'br' : 'identity' });
			const html = page.headers['content-encoding'] === 'br' ? brotliDecompressSync(page.body) : page.body;
			const [, text = '', picture = ''] = /<p>(\w+)<\/p><img src="([^"]*)"/.exec(html.toString()) ?? [];
			const asset = await ask(server, picture);
			count += 2;
			seen.add(text);
			if (page.status !== 200 || asset.status !== 200) faults.push(`${page.status} and ${asset.status}`);
			if (asset.body.toString() !== `picture ${text}`) faults.push(`${text} with ${asset.body.toString()}`);
		}
	};
	const publishAll = async () => {
		for (let i = 1; i <= 20; i++) {
			await delay(100);
			await publishFiles(target, files(`A${i}`));
		}
		await delay(100);
		isDone = true;
	};
	await Promise.all([publishAll(), ...Array.from({ length: 8 }, read)]);
	expect(faults).toEqual([]);
	expect(count).toBeGreaterThanOrEqual(10_000);
	expect(seen.size).toBe(21);
});

describe('texts that are kept compressed', () => {
	const packedOf = (target: string) => join(dirname(target), '.dist-editions/packed');

	test('are what the edition has, each once, in both ways, and are sent where that makes them smaller', async () => {
		const target = await makeTarget();
		const long = 'Much text. '.repeat(10_000);
		await publishFiles(target, files('A', { 'short.txt': 'x', 'copy.txt': long, 'long.txt': long }));
		const manifest = await readManifest(target);
		const hashes = new Map(Object.entries(manifest?.files ?? {}));
		const names = await readdir(packedOf(target));
		const page = hashes.get('index.html') ?? '';
		expect(names.filter((name) => name.startsWith(page)).sort()).toEqual([`${page}.br`, `${page}.gz`]);
		for (const path of ['_astro/A.png', 'search/pagefind/fragment/en_1.pf_fragment'])
			expect(names.filter((name) => name.startsWith(hashes.get(path) ?? path))).toEqual([]);
		for (const [path, hash] of hashes)
			for (const [extension, unpack] of [
				['br', brotliDecompressSync],
				['gz', gunzipSync],
			] as const) {
				if (!names.includes(`${hash}.${extension}`)) continue;
				const packed = await readFile(join(packedOf(target), `${hash}.${extension}`));
				const bytes = await readFile(join(target, path));
				expect(unpack(packed).equals(bytes), path).toBe(true);
			}
		const server = await serving(target);
		const codingOf = async (path: string) =>
			(await ask(server, path, { 'Accept-Encoding': 'br' })).headers['content-encoding'];
		expect([await codingOf('/long.txt'), await codingOf('/short.txt')]).toEqual(['br', undefined]);
	});

	test('stay as they are where their text does, and no longer than the editions that have it', async () => {
		const target = await makeTarget();
		const secret = 'A text that will be taken back. '.repeat(20);
		await publishFiles(target, files('A', { 'secret.txt': secret }));
		const hash = (await readManifest(target))?.files['secret.txt'] ?? '';
		const isThere = async () => (await readdir(packedOf(target))).includes(`${hash}.br`);
		await writeFile(join(packedOf(target), `${hash}.br`), 'untouched');
		await publishFiles(target, files('B', { 'secret.txt': secret }));
		expect(await readFile(join(packedOf(target), `${hash}.br`), 'utf8')).toBe('untouched');
		for (const text of ['C', 'D', 'E']) {
			await publishFiles(target, files(text));
			expect(await isThere()).toBe(true);
		}
		await publishFiles(target, files('F'));
		expect(await isThere()).toBe(false);
	});

	test('are made again where they were lost, and an empty one is not sent', async () => {
		const target = await makeTarget();
		await publishFiles(target, files('A'));
		const page = (await readManifest(target))?.files['index.html'] ?? '';
		await writeFile(join(packedOf(target), `${page}.br`), '');
		const server = await serving(target);
		const codingOf = async () =>
			(await ask(server, '/', { 'Accept-Encoding': 'br, gzip;q=0.5' })).headers['content-encoding'];
		expect(await codingOf()).toBe('gzip');
		await rm(packedOf(target), { recursive: true });
		expect((await publishFiles(target, files('A'))).isNew).toBe(false);
		expect((await readdir(packedOf(target))).includes(`${page}.br`)).toBe(true);
	});
});

describe('a client', () => {
	const limits = { headers: 400, request: 800, standstill: 400, answer: 900, idle: 400, stop: 600 };
	const openServer = async (more?: Partial<typeof limits>) => {
		const target = await makeTarget();
		await publishFiles(target, files('A', { 'large.bin': large }));
		return serving(target, { limits: { ...limits, ...more } });
	};

	test.each([
		['says nothing', ''],
		['never ends its headers', 'GET / HTTP/1.1\r\nHost: x\r\nX-Slow: '],
	])('that %s is cut off, and keeps nobody else waiting', async (_, beginning) => {
		const server = await openServer();
		const sockets = Array.from({ length: 200 }, () => say(server, beginning).resume());
		const drip = setInterval(() => {
			if (beginning !== '') for (const socket of sockets) socket.write('a');
		}, 50);
		onTestFinished(() => clearInterval(drip));
		const closed = Promise.all(sockets.map(closing));
		expect((await ask(server, '/')).status).toBe(200);
		expect(Math.max(...(await closed))).toBeLessThan(3000);
	});

	test.each([
		['nothing', 10_000, {}],
		['an answer too slowly', 20, { standstill: 10_000 }],
	])('that takes %s is cut off', async (_, pause, more) => {
		const server = await openServer(more);
		const socket = say(server, 'GET /large.bin HTTP/1.1\r\nHost: x\r\n\r\n').pause();
		let bytes = 0;
		const sip = setInterval(() => {
			const sipped: unknown = socket.read();
			if (Buffer.isBuffer(sipped)) bytes += sipped.length;
		}, pause);
		onTestFinished(() => clearInterval(sip));
		await delay(1500);
		socket.on('data', ({ length }: Buffer) => (bytes += length)).resume();
		await closing(socket);
		expect(bytes).toBeLessThan(large.length);
	});

	test('that asks for nothing more is let go, and so is one with overlong headers', async () => {
		const server = await openServer();
		expect(await closing(say(server, 'GET / HTTP/1.1\r\nHost: x\r\n\r\n').resume())).toBeLessThan(3000);
		const socket = say(server, `GET / HTTP/1.1\r\nHost: x\r\nX-Long: ${'a'.repeat(9000)}\r\n\r\n`);
		expect((await text(socket)).slice(0, 20)).toMatch(/^HTTP\/1\.1 431 /);
	});
});

describe('a server that is to stop', () => {
	test('ends what it has begun to send, takes nothing new and does not wait for those who only keep their connection', async () => {
		const target = await makeTarget();
		await publishFiles(target, files('A', { 'large.bin': large }));
		const server = await startPreview(process.cwd(), { OUT_DIR: target });
		const idle = say(server, 'GET / HTTP/1.1\r\nHost: x\r\n\r\n').resume();
		const silent = say(server, '').resume();
		const reading = say(server, 'GET /large.bin HTTP/1.1\r\nHost: x\r\n\r\n');
		await once(reading, 'readable');
		const told = performance.now();
		server.process.kill('SIGTERM');
		await Promise.all([closing(idle), closing(silent)]);
		await expect(ask(server, '/')).rejects.toThrow(/ECONNRE(?:FUSED|SET)/);
		let bytes = 0;
		reading.on('data', ({ length }: Buffer) => (bytes += length));
		await closing(reading);
		expect(bytes).toBeGreaterThan(large.length);
		expect((await server.ended).how).toBe(0);
		// No wait had to be cut short.
		expect(performance.now() - told).toBeLessThan(8000);
	});

	test('waits for a slow reader only so long', async () => {
		const target = await makeTarget();
		await publishFiles(target, files('A', { 'large.bin': large }));
		const server = await serveFolder(target, { limits: { stop: 300 } });
		await once(say(server, 'GET /large.bin HTTP/1.1\r\nHost: x\r\n\r\n'), 'readable');
		const begun = performance.now();
		await server.stop();
		expect(performance.now() - begun).toBeGreaterThan(250);
		expect(performance.now() - begun).toBeLessThan(3000);
	});
});

test('the log has a line for each answer, and nothing in it that tells whose it was', async () => {
	const target = await makeTarget();
	await publishFiles(target, files('A'));
	const lines: string[] = [];
	const server = await serving(target, { log: (line) => void lines.push(line) });
	const headers = {
		'User-Agent': 'agent',
		Referer: 'https://referrer.example/',
		Cookie: 'a=cookie',
		'X-Forwarded-For': '203.0.113.9',
	};
	await ask(server, '/tags/prc/?q=words', headers);
	await ask(server, '/', headers);
	await delay(20);
	const line = z.strictObject({
		at: z.iso.datetime(),
		method: z.literal('GET'),
		path: z.string(),
		status: z.int(),
		bytes: z.int().min(200),
		milliseconds: z.number(),
	});
	const told = lines.map((text) => parseJson(line, text));
	expect(told.map(({ path, status }) => [path, status])).toEqual([
		['/tags/prc/', 301],
		['/', 200],
	]);
	expect(lines.join('')).not.toMatch(/agent|referrer|cookie|words|127\.0\.0\.1|203\.0\.113/);
});
