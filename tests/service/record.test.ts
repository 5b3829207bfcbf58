import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openRecords, removeRecord, writeRecord } from '../../src/service/record.ts';
import { toComment } from '../support/comments.ts';
import { type Commenting, openCommenting } from '../support/commenting.ts';

let paper: Commenting;
let read: () => Promise<void>;
beforeEach(async () => {
	paper = await openCommenting();
	read = openRecords(paper.service.database, paper.service.comments);
});
afterEach(() => paper.close());

const approved = toComment({
	id: 'c2',
	reply_to: 'c1',
	name: '- "Айгерім": #1',
	text: 'key: value\n\n---\n  indented\n# no remark\n“é”',
	status: 'approved',
	decided_at: Date.UTC(2025, 5, 17),
	is_edited: 1,
	is_desk: 1,
});

test('a database that was lost gets back from the files what readers see', async () => {
	await writeRecord(paper.service.comments, approved);
	await read();
	await read();
	const { receipt: _receipt, digest: _digest, decided_by: _editor, ...seen } = approved;
	expect(await paper.rows()).toMatchObject([seen]);
});

test('what an editor changes in a file by hand is known to the desk', async () => {
	const { database, comments } = paper.service;
	await database
		.insertInto('comments')
		.values({ ...approved, email: 'a@example.org' })
		.execute();
	await writeRecord(comments, { ...approved, text: 'Changed.' });
	await read();
	expect(await paper.rows()).toMatchObject([{ id: 'c2', text: 'Changed.', email: 'a@example.org' }]);
});

test('an approved comment whose file was removed by hand is given back to the desk', async () => {
	const { comments } = paper.service;
	await writeRecord(comments, approved);
	await read();
	await removeRecord(comments, approved);
	await read();
	const [row] = await paper.rows();
	expect([row?.id, row?.status, row?.reasons]).toEqual(['c2', 'held', expect.stringContaining('file')]);
	await writeRecord(comments, approved);
	await read();
	expect(await paper.rows()).toMatchObject([{ id: 'c2', status: 'approved' }]);
});

test('comments that were moved with their article, and others of the same name, keep their articles', async () => {
	const { comments } = paper.service;
	await writeRecord(comments, approved);
	await read();
	await rename(join(comments, '2025/06/a-story'), join(comments, '2025/06/b-story'));
	await read();
	expect(await paper.rows()).toMatchObject([{ id: 'c2', article: '2025/06/b-story', status: 'approved' }]);
	await writeRecord(comments, { ...approved, article: '2025/06/c-story', name: 'Another' });
	await read();
	expect(await paper.rows()).toMatchObject([{ id: 'c2', article: '2025/06/b-story', name: approved.name }]);
});

test('a file that is no comment is left to the build', async () => {
	const folder = join(paper.service.comments, '2025/06/a-story');
	await mkdir(folder, { recursive: true });
	const broken = {
		'c1.yaml': 'name: [',
		'c2.yaml': 'name: A\ntext: B\n',
		'C 3.yaml': '',
		'.c4.yaml': '',
		'notes.txt': 'x',
	};
	for (const [name, text] of Object.entries(broken)) await writeFile(join(folder, name), text);
	await read();
	expect(await paper.rows()).toEqual([]);
});

test('a comment that a clock which was set back approves is not approved before it was written', async () => {
	await writeRecord(paper.service.comments, { ...approved, decided_at: approved.received_at - 60_000 });
	await read();
	expect(await paper.rows()).toMatchObject([{ id: 'c2', decided_at: approved.received_at }]);
});

test('a comment that is no longer shown leaves no file behind', async () => {
	const { comments } = paper.service;
	await writeRecord(comments, approved);
	await removeRecord(comments, approved);
	await removeRecord(comments, approved);
	expect(await readdir(join(comments, '2025/06/a-story'))).toEqual([]);
	await rm(comments, { recursive: true });
	await read();
	expect(await paper.rows()).toEqual([]);
});
