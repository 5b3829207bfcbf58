import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import type { Hono } from 'hono';
import { JSDOM } from 'jsdom';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { toRss } from '../../src/domain/feeds.ts';
import * as paths from '../../src/domain/paths.ts';
import { type Database, openDatabase } from '../../src/service/database.ts';
import { newsPath, newsRoutes, renewNewsPath } from '../../src/service/news.ts';
import type { CommentRow } from '../../src/service/tables.ts';
import { openCommenting } from '../support/commenting.ts';
import { toComment } from '../support/comments.ts';
import { faultsOfRss } from '../support/feed-rules.ts';
import { hostileText } from '../support/hostile.ts';

let folder: string;
let database: Database;
let app: Hono;
beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'news-'));
	database = await openDatabase(join(folder, 'inbox.sqlite'));
	app = newsRoutes({ database });
});
afterAll(async () => {
	await database.destroy();
	await rm(folder, { recursive: true });
});
beforeEach(async () => {
	await database.deleteFrom('comments').execute();
});

async function read(...comments: CommentRow[]): Promise<{ xml: string; path: string }> {
	if (comments.length > 0) await database.insertInto('comments').values(comments).execute();
	const path = await newsPath(database);
	const response = await app.request(path);
	expect(response.status).toBe(200);
	return { xml: await response.text(), path };
}

const itemsOf = (xml: string) => [
	...new JSDOM(xml, { contentType: 'text/xml' }).window.document.querySelectorAll('item'),
];
const guidsOf = (xml: string) => itemsOf(xml).map((item) => item.querySelector('guid')?.textContent);

describe('the feed of new comments', () => {
	it('has what waits and what is held, newest first, and nothing that is decided', async () => {
		const { xml } = await read(
			toComment({ id: 'a', received_at: 1000 }),
			toComment({ id: 'b', received_at: 3000, status: 'held', reasons: 'too many links' }),
			toComment({ id: 'c', status: 'approved' }),
			toComment({ id: 'd', status: 'rejected' }),
		);
		expect(guidsOf(xml).map((guid) => guid?.split('/').at(-1))).toEqual(['b', 'a']);
		expect(xml).toContain('too many links');
		expect(itemsOf(xml)[0]?.querySelector('link')?.textContent).toBe(paths.toAbsolute(paths.desk()));
	});

	it('has the newest fifty', async () => {
		const { xml } = await read(
			...Array.from({ length: 60 }, (_, i) => toComment({ id: `c${i}`, received_at: 60_000 * i })),
		);
		expect(itemsOf(xml)).toHaveLength(50);
		expect(xml).toContain('comments/c59<');
		expect(xml).not.toContain('comments/c9<');
	});

	it('keeps the rules of feeds, whatever was written', async () => {
		await fc.assert(
			fc.asyncProperty(hostileText, hostileText, async (name, text) => {
				await database.deleteFrom('comments').execute();
				const { xml, path } = await read(
					toComment({ name: `Name ${name}`, text: `Text ${text}`, reasons: text, status: 'held' }),
				);
				expect(faultsOfRss(xml, paths.toAbsolute(path), Date.UTC(2030, 0, 1))).toEqual([]);
			}),
			{ numRuns: 30 },
		);
	});

	it('shows stored script as text', async () => {
		const script = '<script>alert(1)</script>';
		const { xml } = await read(toComment({ name: script, text: script }));
		const [item] = itemsOf(xml);
		const html = item?.getElementsByTagName('content:encoded')[0]?.textContent ?? '';
		const page = new JSDOM(html).window.document;
		expect(page.querySelector('script')).toBeNull();
		expect(page.body.textContent).toBe(script);
		expect(item?.querySelector('title')?.textContent).not.toMatch(/<script/);
	});

	it('has no addresses of readers', async () => {
		const { xml } = await read(toComment({ email: 'reader@example.org', address: 'digest', receipt: 'secret' }));
		expect(xml).not.toMatch(/reader@|digest|secret/);
	});

	it('is told to no hub', async () => {
		const feed = { title: 'New', description: 'New comments', path: paths.desk() };
		expect(await toRss(feed, [], 'https://hub.example.org/')).toContain('hub.example.org');
		expect(await toRss({ ...feed, isSecret: true }, [], 'https://hub.example.org/')).not.toContain('hub.example.org');
	});

	it('is kept by no cache and in no index', async () => {
		const { headers } = await app.request(await newsPath(database));
		expect(headers.get('Cache-Control')).toBe('no-store');
		expect(headers.get('X-Robots-Tag')).toBe('noindex');
		expect(headers.get('Content-Type')).toBe('application/rss+xml; charset=utf-8');
		expect(headers.get('X-Content-Type-Options')).toBe('nosniff');
	});
});

describe('the address of the feed of new comments', () => {
	it('has 128 random bits and stays', async () => {
		const path = await newsPath(database);
		const secret = /^\/desk\/news\/([\w-]+)\.xml$/.exec(path)?.[1] ?? '';
		expect(Buffer.from(secret, 'base64url')).toHaveLength(16);
		expect(await newsPath(database)).toBe(path);
	});

	it('is one where two processes ask for the first time', async () => {
		await database.deleteFrom('settings').execute();
		const [a, b] = await Promise.all([newsPath(database), newsPath(database)]);
		expect(a).toBe(b);
	});

	it('answers nobody who does not know it', async () => {
		const path = await newsPath(database);
		const others = [paths.deskNews('x'), paths.deskNews(''), path.toUpperCase(), `${path}x`, path.slice(0, -5)];
		for (const other of others) expect((await app.request(other)).status).toBe(404);
	});

	it('is answered by the service without a sign-in', async () => {
		const commenting = await openCommenting();
		try {
			const { status } = await commenting.app.request(await newsPath(commenting.service.database));
			expect(status).toBe(200);
		} finally {
			await commenting.close();
		}
	});

	it('dies when another is made', async () => {
		const old = await newsPath(database);
		const path = await renewNewsPath(database);
		expect((await app.request(old)).status).toBe(404);
		expect((await app.request(path)).status).toBe(200);
	});
});
