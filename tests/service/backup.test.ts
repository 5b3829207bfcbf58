import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { backUp, restore } from '../../src/service/backup.ts';
import { type Database, openDatabase } from '../../src/service/database.ts';
import type { CommentRow } from '../../src/service/tables.ts';
import { toComment } from '../support/comments.ts';
import { emptyDatabase } from '../support/databases.ts';

/** An inbox, and the folder of comments' files beside it. */
interface Newsroom {
	database: Database;
	comments: string;
}

let folder: string;
let file: string;
let source: Newsroom;
const ends: (() => Promise<void>)[] = [];
beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), 'backup-'));
	file = join(folder, 'comments.backup');
	source = await open('source');
	ends.unshift(() => rm(folder, { recursive: true }));
});
afterEach(async () => {
	for (const end of ends.splice(0).reverse()) await end();
});

/** @param address by default that of an SQLite file */
async function open(name: string, address = join(folder, name, 'inbox.sqlite')): Promise<Newsroom> {
	const database = await openDatabase(address);
	ends.push(() => database.destroy());
	return { database, comments: join(folder, name, 'comments') };
}

/** Opens an empty inbox; where `POSTGRES` names a server, it is there. */
async function openEmpty(): Promise<Newsroom & { address: string }> {
	const empty = await emptyDatabase(join(folder, 'target'));
	ends.push(() => empty.remove());
	return { ...(await open('target', empty.address)), address: empty.address };
}

async function fill({ database, comments }: Newsroom, rows: readonly CommentRow[] = [toComment()]): Promise<void> {
	for (let i = 0; i < rows.length; i += 500)
		await database
			.insertInto('comments')
			.values(rows.slice(i, i + 500))
			.execute();
	await database
		.insertInto('editors')
		.values({ name: 'Ana', password: 'hash', created_at: 1, failures: 2, locked_until: 3 })
		.execute();
	await database
		.insertInto('sessions')
		.values({ id: 's', editor: 'Ana', csrf: 'c', created_at: 1, expires_at: 2 })
		.execute();
	await database
		.insertInto('audit')
		.values({ id: 'a', at: 1_764_000_000_000, editor: 'Ana', action: 'approve', comment: null, detail: 'x' })
		.execute();
	await database
		.insertInto('blocks')
		.values([
			{ kind: 'email', value: 'x@example.org', created_at: 1, editor: 'Ana' },
			{ kind: 'address', value: 'y', created_at: 1, editor: 'Ana' },
		])
		.execute();
	await database.insertInto('salts').values({ day: '2026-11-26', salt: 'salt' }).execute();
	await database.insertInto('settings').values({ name: 'a', value: 'b' }).execute();
	await write(comments, '2025/06/a-story/c1.yaml', 'name: Aigerim\n');
}

async function write(comments: string, path: string, text: string | Uint8Array): Promise<void> {
	await mkdir(dirname(join(comments, path)), { recursive: true });
	await writeFile(join(comments, path), text);
}

/** Returns all that a newsroom has, but for sessions. */
async function contentsOf({ database, comments }: Newsroom) {
	const [rows, editors, audit, blocks, salts, settings] = await Promise.all([
		database.selectFrom('comments').selectAll().execute(),
		database.selectFrom('editors').selectAll().execute(),
		database.selectFrom('audit').selectAll().execute(),
		database.selectFrom('blocks').selectAll().execute(),
		database.selectFrom('salts').selectAll().execute(),
		database.selectFrom('settings').selectAll().execute(),
	]);
	const names = await readdir(comments, { recursive: true }).catch((): string[] => []);
	const files = names.filter((name) => name.endsWith('.yaml')).sort();
	return {
		rows: rows.sort((a, b) => (a.id < b.id ? -1 : 1)),
		blocks: blocks.sort((a, b) => (a.value < b.value ? -1 : 1)),
		others: [editors, audit, salts, settings],
		files: await Promise.all(
			files.map(async (name) => [name, (await readFile(join(comments, name))).toString('base64')]),
		),
		unfinished: names.filter((name) => /(?:^|\/)\./.test(name)),
	};
}

const hostile = [
	'жол 中文 می‌خواهم 👩‍🚀',
	'"\\u0000 \\ \' ` ${x} \u202Eabc\u2066 \u2028 \u2029 \u0085 \r\n\t \u001B[2J',
	'\uFEFF \uFFFD \uFFFE \u{10FFFF} e\u0301',
	"'); drop table comments; --",
	'<script>alert(1)</script>',
];

describe('a backup', () => {
	it('brings back every row and file, in another database too, and from there', async () => {
		const rows = Array.from({ length: 10_000 }, (_, i) =>
			toComment({
				id: `c${i}`,
				name: hostile[i % hostile.length] ?? '',
				text: `${hostile[(i + 1) % hostile.length] ?? ''}\n\n${i}`,
				email: i % 3 === 0 ? `${i}@example.org` : null,
				status: i % 2 === 0 ? 'waiting' : 'approved',
				decided_at: i % 2 === 0 ? null : 1_764_000_000_000 + i,
				is_edited: i % 5 === 0 ? 1 : 0,
			}),
		);
		await fill(source, rows);
		await write(source.comments, '2025/07/another/x-2.yaml', Buffer.from([0, 255, 10]));
		const before = await contentsOf(source);
		expect(await backUp(source.database, source.comments, file)).toEqual({ rows: 10_006, files: 2 });
		const target = await openEmpty();
		expect(await restore(target.database, target.comments, file, false)).toEqual({ rows: 10_006, files: 2 });
		expect(await contentsOf(target)).toEqual(before);
		const second = join(folder, 'second.backup');
		await backUp(target.database, target.comments, second);
		const third = await open('third');
		await restore(third.database, third.comments, second, false);
		expect(await contentsOf(third)).toEqual(before);
	});

	it('can be read by its owner alone, and leaves nothing beside it', async () => {
		await fill(source);
		await backUp(source.database, source.comments, file);
		expect((await stat(file)).mode & 0o777).toBe(0o600);
		expect(await readdir(folder)).toEqual(['comments.backup', 'source']);
	});

	it('takes the place of an earlier one, which stays where it fails', async () => {
		await writeFile(file, 'earlier');
		await source.database.schema.dropTable('settings').execute();
		await expect(backUp(source.database, source.comments, file)).rejects.toThrow('settings');
		expect(await readFile(file, 'utf8')).toBe('earlier');
		expect(await readdir(folder)).toEqual(['comments.backup', 'source']);
	});

	it('holds one moment, while others write', async () => {
		const target = await openEmpty();
		await fill(
			target,
			Array.from({ length: 5000 }, (_, i) => toComment({ id: `c${i}` })),
		);
		const other = await open('target', target.address);
		let [isDone, count] = [false, 0];
		const writeOn = async () => {
			for (; !isDone; count++) {
				// Of two rows at once a backup has both or none.
				const pair = [`a${count}`, `z${count}`].map((id) => toComment({ id }));
				await other.database.insertInto('comments').values(pair).execute();
				await setImmediate();
			}
		};
		const writer = writeOn();
		await backUp(target.database, target.comments, file);
		isDone = true;
		await writer;
		const ids = [...(await readText()).matchAll(/"id":"([az])(\d+)"/g)];
		const numbersOf = (letter: string) => ids.flatMap(([, first, number]) => (first === letter ? [number] : []));
		expect(count).toBeGreaterThan(5);
		expect(numbersOf('a')).toEqual(numbersOf('z'));
	});

	it('has no sessions: whoever signed out stays so', async () => {
		await fill(source);
		await backUp(source.database, source.comments, file);
		await restore(source.database, source.comments, file, true);
		expect(await source.database.selectFrom('sessions').selectAll().execute()).toEqual([]);
	});
});

async function readText(): Promise<string> {
	return gunzipSync(await readFile(file)).toString();
}

describe('restoring', () => {
	it('refuses an inbox that has something, unless that is to be replaced', async () => {
		await fill(source);
		await backUp(source.database, source.comments, file);
		const target = await openEmpty();
		await target.database
			.insertInto('comments')
			.values(toComment({ id: 'new' }))
			.execute();
		const before = await contentsOf(target);
		await expect(restore(target.database, target.comments, file, false)).rejects.toThrow('--replace');
		expect(await contentsOf(target)).toEqual(before);
		await restore(target.database, target.comments, file, true);
		expect(await contentsOf(target)).toEqual(await contentsOf(source));
	});

	it('works where the service has been started already, but nobody has written', async () => {
		await fill(source);
		await backUp(source.database, source.comments, file);
		const target = await openEmpty();
		await target.database.insertInto('salts').values({ day: '2026-11-26', salt: 'another' }).execute();
		await target.database.insertInto('settings').values({ name: 'seal', value: 'another' }).execute();
		await restore(target.database, target.comments, file, false);
		expect(await contentsOf(target)).toEqual(await contentsOf(source));
	});

	it('keeps the files that are there, unless they are to be replaced', async () => {
		await fill(source);
		await backUp(source.database, source.comments, file);
		const target = await openEmpty();
		await write(target.comments, '2025/06/a-story/c1.yaml', 'mended');
		await write(target.comments, '2025/06/a-story/c9.yaml', 'later');
		const read = () => readFile(join(target.comments, '2025/06/a-story/c1.yaml'), 'utf8');
		await restore(target.database, target.comments, file, false);
		expect(await read()).toBe('mended');
		await restore(target.database, target.comments, file, true);
		expect(await read()).toBe('name: Aigerim\n');
		expect(await readFile(join(target.comments, '2025/06/a-story/c9.yaml'), 'utf8')).toBe('later');
	});

	it('changes nothing where a row cannot be put back', async () => {
		await fill(source, [toComment(), toComment({ id: 'c2' })]);
		await backUp(source.database, source.comments, file);
		await writeFile(file, await changed((lines) => lines.replaceAll('"receipt of c2"', '"receipt of c1"')));
		const target = await openEmpty();
		const before = await contentsOf(target);
		await expect(restore(target.database, target.comments, file, false)).rejects.toThrow(/unique/i);
		expect(await contentsOf(target)).toEqual(before);
	});
});

/** Returns the backup with other lines, under a digest that is right. */
async function changed(change: (lines: string) => string): Promise<Buffer> {
	const lines = gunzipSync(await readFile(file))
		.toString()
		.split('\n')
		.slice(0, -2);
	const text = change(`${lines.join('\n')}\n`);
	const entries = text.split('\n').slice(1, -1);
	const files = entries.filter((line) => line.startsWith('{"file"')).length;
	const end = { rows: entries.length - files, files, sha256: createHash('sha256').update(text).digest('hex') };
	return gzipSync(`${text}${JSON.stringify(end)}\n`);
}

describe('a damaged backup', () => {
	let target: Newsroom;
	let sound: Buffer;
	beforeEach(async () => {
		await fill(source);
		await backUp(source.database, source.comments, file);
		sound = await readFile(file);
		target = await openEmpty();
	});

	async function expectRefusal(message: RegExp): Promise<void> {
		const before = await contentsOf(target);
		await expect(restore(target.database, target.comments, file, true)).rejects.toThrow(message);
		expect(await contentsOf(target)).toEqual(before);
		expect(await readdir(folder)).not.toContain('2025');
	}

	it('is refused wherever it was cut off', async () => {
		for (const length of [0, 1, 10, 20, Math.floor(sound.length / 2), sound.length - 9, sound.length - 1]) {
			await writeFile(file, sound.subarray(0, length));
			await expectRefusal(/is damaged or no backup of comments: .*Nothing was changed\.$/);
		}
	});

	it('is refused whichever byte of its contents was changed', async () => {
		// Those before say when and by what it was made.
		for (let at = 10; at < sound.length; at += 7) {
			const bytes = Buffer.from(sound);
			bytes[at] = (bytes[at] ?? 0) ^ 0x10;
			await writeFile(file, bytes);
			await expectRefusal(/is damaged or no backup of comments: .*Nothing was changed\.$/);
		}
	});

	it.each([
		['a changed word', (text: string) => text.replace('Aigerim', 'Aigerin')],
		['a line that is missing', (text: string) => text.replace(/\n.*"salts".*\n/, '\n')],
		['a line too many', (text: string) => `${text}{}\n`],
		['no end', (text: string) => text.replace(/\n[^\n]+\n$/, '\n')],
		['what is no JSON', (text: string) => text.replace('{"table"', '{table')],
		['nothing at all', () => ''],
		['another format', (text: string) => text.replace('meridian comments', 'others')],
	])('is refused with %s', async (_, change) => {
		await writeFile(file, gzipSync(change(gunzipSync(sound).toString())));
		await expectRefusal(/is damaged or no backup of comments: .*Nothing was changed\.$/);
	});

	it.each([
		['a column too many', '"article":', '"extra":1,"article":'],
		['a status that is none', '"status":"waiting"', '"status":"lost"'],
		['a number in the place of words', '"name":"Aigerim"', '"name":1'],
		['another table', '"table":"salts"', '"table":"sessions"'],
	])('is refused with %s, even under a right digest', async (_, from, to) => {
		await writeFile(file, await changed((text) => text.replace(from, to)));
		await expectRefusal(/line \d+ cannot be read/);
	});

	it.each([
		'../../../outside/c1.yaml',
		'/tmp/2025/06/a-story/c1.yaml',
		'2025/06/../c1.yaml',
		'2025/06/a-story/../../../../../c1.yaml',
		'2025/06/a-story/.c1.yaml',
		'2025/06/a-story/c1.md',
		'2025\\\\06\\\\a-story\\\\c1.yaml',
		'2025/06/a-story/c1.yaml\\u0000.yaml',
		'2025/06/a-story/c1.yaml\\n',
	])('is refused with a file at %s', async (path) => {
		await writeFile(file, await changed((text) => text.replace('2025/06/a-story/c1.yaml', () => path)));
		await expectRefusal(/is the file of no comment/);
	});

	it('is refused where another version made it, with what to do', async () => {
		await writeFile(file, await changed((text) => text.replace(/"level":"[^"]+"/, '"level":"9-later"')));
		await expectRefusal(/Restore it with that version/);
	});

	it('is missed where it is not there', async () => {
		await rm(file);
		await expectRefusal(/There is no file/);
	});
});
