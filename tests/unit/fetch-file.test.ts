import { createServer } from 'node:http';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fetchFile } from '../../src/links/fetch-file.ts';
import { writeFiles } from '../support/content.ts';

const server = createServer((request, response) => {
	if (request.url === '/endless') {
		const timer = setInterval(() => response.write(Buffer.alloc(1000)), 1);
		response.on('close', () => clearInterval(timer));
	} else if (request.url === '/silent') response.write('a');
	else if (request.url === '/lost')
		response.writeHead(200, { 'Content-Length': '9' }).write('a', () => response.destroy());
	else if (request.url === '/elsewhere') response.writeHead(302, { Location: 'file:///etc/passwd' }).end();
	else response.end('whole');
});
let origin: string;
beforeAll(async () => {
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const address = server.address();
	origin = typeof address === 'object' && address ? `http://127.0.0.1:${address.port}` : '';
});
afterAll(() => {
	server.closeAllConnections();
	server.close();
});

async function fetchFrom(path: string, allowPrivate = true) {
	const folder = await writeFiles({ kept: '' });
	const manners = { userAgent: 'Test', timeout: 300, size: 20_000, allowPrivate };
	const fault = await fetchFile(new URL(origin + path), join(folder, 'a/b.jpg'), manners);
	return { folder, fault };
}

test('a file is put in its place', async () => {
	const { folder, fault } = await fetchFrom('/whole');
	expect(fault).toBeUndefined();
	expect(await readFile(join(folder, 'a/b.jpg'), 'utf8')).toBe('whole');
});

test.each([
	['/endless', 'is larger than 0.02 MB'],
	['/silent', 'was not sent in 0.3 s'],
	['/lost', 'cannot be reached (ECONNRESET)'],
	['/elsewhere', 'leads to file:, which is no page'],
])('nothing is left of %s', async (path, told) => {
	const { folder, fault } = await fetchFrom(path);
	expect(fault).toBe(told);
	expect((await readdir(folder, { recursive: true })).filter((name) => name.includes('b.jpg'))).toEqual([]);
});

test('private networks are not asked', async () => {
	expect((await fetchFrom('/whole', false)).fault).toBe('leads to 127.0.0.1, an address of a private network');
});
