import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { type Database, openDatabase } from '../../src/service/database.ts';
import { exportPerson, forgetPerson } from '../../src/service/person.ts';
import { writeRecord } from '../../src/service/record.ts';
import type { CommentRow } from '../../src/service/tables.ts';
import { toComment } from '../support/comments.ts';
import { emptyDatabase } from '../support/databases.ts';

let folder: string;
let comments: string;
let database: Database;
let remove: () => Promise<void>;
beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), 'person-'));
	comments = join(folder, 'comments');
	await mkdir(comments);
	const empty = await emptyDatabase(folder);
	remove = () => empty.remove();
	database = await openDatabase(empty.address);
});
afterEach(async () => {
	await database.destroy();
	await remove();
	await rm(folder, { recursive: true });
});

const email = 'Tom.Reader@example.org';
const theirs = { email, name: 'Tom Reader', address: 'hash-of-tom', text: 'What Tom thinks.' };

async function add(...rows: CommentRow[]): Promise<void> {
	await database.insertInto('comments').values(rows).execute();
	for (const row of rows) if (row.status === 'approved') await writeRecord(comments, row);
}

const rows = () => database.selectFrom('comments').selectAll().orderBy('id').execute();
const fileOf = (id: string) => join(comments, `2025/06/a-story/${id}.yaml`);
const fieldsOf = async (id: string): Promise<unknown> => parse(await readFile(fileOf(id), 'utf8'));
const filesNow = async () => (await readdir(comments, { recursive: true })).filter((name) => name.endsWith('.yaml'));
const forget = (who: string, keepsText = false) => forgetPerson(database, comments, who, { keepsText, now: 5000 });

/** Everything in the database and in the files, as one text. */
async function everything(): Promise<string> {
	const tables = ['comments', 'audit', 'blocks', 'settings', 'salts'] as const;
	const kept = await Promise.all(tables.map((table) => database.selectFrom(table).selectAll().execute()));
	const files = await Promise.all((await filesNow()).map((name) => readFile(join(comments, name), 'utf8')));
	return JSON.stringify([kept, files]);
}

describe('what is kept of a person', () => {
	it('is every comment with the address, in any letter case, with files, blocks and what editors did', async () => {
		await add(
			toComment({ ...theirs, id: 'a', status: 'approved' }),
			toComment({ ...theirs, id: 'b', email: email.toLowerCase() }),
			toComment({ id: 'c', email: 'tom.reader@example.com' }),
		);
		await database
			.insertInto('blocks')
			.values({ kind: 'address', value: 'hash-of-tom', created_at: 1, editor: 'Ana' })
			.execute();
		await database
			.insertInto('audit')
			.values({ id: '1', at: 1, editor: 'Ana', action: 'approve', comment: 'a', detail: '' })
			.execute();
		const { comments: found, files, blocks, audit } = await exportPerson(database, comments, email.toUpperCase());
		expect(found.map(({ id }) => id)).toEqual(['a', 'b']);
		expect(files).toEqual([{ path: '2025/06/a-story/a.yaml', text: await readFile(fileOf('a'), 'utf8') }]);
		expect(blocks).toHaveLength(1);
		expect(audit).toHaveLength(1);
	});

	it('is found by the id of a comment where no address was given', async () => {
		await add(toComment({ id: 'a', status: 'approved' }), toComment({ id: 'b' }));
		const found = await exportPerson(database, comments, 'a');
		expect(found.comments.map(({ id }) => id)).toEqual(['a']);
		expect(found.files).toHaveLength(1);
	});

	it('is nothing where nothing is found, and that is said', async () => {
		await add(toComment({ id: 'a', email }));
		await expect(exportPerson(database, comments, "x' or '1'='1@example.org")).rejects.toThrow('Nothing is kept of');
		await expect(forget('%@example.org')).rejects.toThrow('Nothing is kept of');
		expect(await rows()).toHaveLength(1);
	});
});

describe('forgetting a person', () => {
	beforeEach(async () => {
		await add(
			toComment({ ...theirs, id: 'a', status: 'approved' }),
			toComment({ ...theirs, id: 'b' }),
			toComment({ ...theirs, id: 'c', status: 'rejected' }),
			toComment({ id: 'other', status: 'approved', email: 'ann@example.org' }),
		);
		await database
			.insertInto('blocks')
			.values([
				{ kind: 'email', value: email.toLowerCase(), created_at: 1, editor: 'Ana' },
				{ kind: 'address', value: 'hash-of-tom', created_at: 1, editor: 'Ana' },
			])
			.execute();
		await database
			.insertInto('audit')
			.values({ id: '1', at: 1, editor: 'Ana', action: 'edit', comment: 'a', detail: 'Tom Reader\n\nBefore.' })
			.execute();
	});

	it('removes comments that nobody has seen and those that were published, with their files', async () => {
		expect(await forget(email.toLowerCase())).toEqual({ removed: 3, unpublished: 1, kept: 0 });
		expect((await rows()).map(({ id }) => id)).toEqual(['other']);
		expect(await filesNow()).toEqual(['2025/06/a-story/other.yaml']);
	});

	it('leaves no trace of the person, and a note without the address', async () => {
		await forget(email);
		expect(await everything()).not.toMatch(/tom|What Tom|hash-of/i);
		const note = await database.selectFrom('audit').selectAll().where('action', '=', 'forget').executeTakeFirst();
		expect(note).toMatchObject({ at: 5000, comment: null, detail: '3 removed, 0 without name' });
	});

	it('keeps published texts without their name where that is wanted', async () => {
		expect(await forget(email, true)).toEqual({ removed: 2, unpublished: 0, kept: 1 });
		expect(await fieldsOf('a')).toMatchObject({ name: 'Name removed', text: theirs.text });
		expect((await rows()).find(({ id }) => id === 'a')).toMatchObject({
			name: 'Name removed',
			text: theirs.text,
			email: null,
			address: null,
		});
		expect(await everything()).not.toMatch(/tom reader|tom\.reader|hash-of-tom/i);
	});

	it('leaves other people alone', async () => {
		const before = [(await rows()).find(({ id }) => id === 'other'), await fieldsOf('other')];
		await forget(email);
		expect([(await rows()).find(({ id }) => id === 'other'), await fieldsOf('other')]).toEqual(before);
	});

	it('can be done again where a file could not be removed', async () => {
		await writeFile(fileOf('other'), 'name: [broken');
		await expect(forget(email)).rejects.toThrow('other.yaml cannot be read');
		expect(await rows()).toHaveLength(4);
		await writeRecord(comments, toComment({ id: 'other', status: 'approved' }));
		expect(await forget(email)).toMatchObject({ removed: 3 });
	});
});

describe('answers to what was forgotten', () => {
	beforeEach(async () => {
		const answer = (id: string, to: string | null, given: Partial<CommentRow> = {}) =>
			toComment({ id, reply_to: to, status: 'approved', ...given });
		await add(
			answer('top', null),
			answer('gone', 'top', theirs),
			answer('too', 'gone', theirs),
			answer('below', 'too'),
			answer('first', null, theirs),
			answer('after', 'first'),
			toComment({ id: 'waits', reply_to: 'first' }),
		);
	});

	it('stand at the nearest comment above that stays, or by themselves', async () => {
		await forget(email);
		expect(await fieldsOf('below')).toMatchObject({ replyTo: 'top' });
		expect(await fieldsOf('after')).not.toHaveProperty('replyTo');
		const replies = Object.fromEntries((await rows()).map(({ id, reply_to: to }) => [id, to]));
		expect(replies).toEqual({ top: null, below: 'top', after: null, waits: null });
	});

	it('stay where they are while the text is kept', async () => {
		await forget(email, true);
		expect(await fieldsOf('below')).toMatchObject({ replyTo: 'too' });
	});

	it('keep what an editor has changed in their files by hand', async () => {
		await writeFile(fileOf('after'), `# A remark\n${await readFile(fileOf('after'), 'utf8')}`);
		await forget(email);
		expect(await readFile(fileOf('after'), 'utf8')).toMatch(/^# A remark\n/);
	});
});

describe('one comment', () => {
	it('is forgotten by its id, also where only its file is left', async () => {
		await writeRecord(comments, toComment({ id: 'old' }));
		expect(await forget('old')).toEqual({ removed: 1, unpublished: 1, kept: 0 });
		expect(await filesNow()).toEqual([]);
	});

	it('must be told from others with the same id', async () => {
		await writeRecord(comments, toComment({ id: '1' }));
		await writeRecord(comments, toComment({ id: '1', article: '2025/07/another' }));
		await expect(forget('1')).rejects.toThrow('Several comments have the id 1');
		await forget('2025/07/another/1');
		expect(await filesNow()).toEqual(['2025/06/a-story/1.yaml']);
	});

	it('cannot be named by a path that leads elsewhere', async () => {
		await writeFile(join(folder, 'x.yaml'), 'name: x\n');
		await expect(forget('../x')).rejects.toThrow('Nothing is kept of');
	});
});
