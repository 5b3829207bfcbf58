import { rename, stat } from 'node:fs/promises';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import { formAddress, openCommenting } from '../support/commenting.ts';

const sound = { name: 'A', text: 'B', email: '' };

describe('an SQLite file', () => {
	test('can be read by its owner alone', async () => {
		const readers = await openCommenting();
		onTestFinished(() => readers.close());
		await readers.send(sound);
		for (const file of [readers.file, `${readers.file}-wal`]) expect((await stat(file)).mode & 0o077).toBe(0);
	});

	test('that is removed in the midst of a transaction can be put back, and nothing is lost that is confirmed then', async () => {
		const { readers } = await openLockable();
		const { database } = readers.service;
		const failing = database.transaction().execute(async (transaction) => {
			await transaction.insertInto('settings').values({ name: 'a', value: '' }).execute();
			await rename(readers.file, `${readers.file}.away`);
			await transaction.insertInto('settings').values({ name: 'b', value: '' }).execute();
		});
		await expect(failing).rejects.toThrow('was removed or replaced while it was in use');
		await rename(`${readers.file}.away`, readers.file);
		expect((await readers.send({ ...sound, text: 'Kept' })).status).toBe(303);
		const other = new DatabaseSync(readers.file, { readOnly: true });
		expect(other.prepare('select text from comments').all()).toEqual([{ text: 'B' }, { text: 'Kept' }]);
		other.close();
	});

	async function openLockable() {
		const readers = await openCommenting();
		onTestFinished(() => readers.close());
		await readers.send(sound);
		const other = new DatabaseSync(readers.file);
		onTestFinished(() => other.close());
		return { readers, other };
	}

	test('that is locked for a moment delays a comment', async () => {
		const { readers, other } = await openLockable();
		other.exec('begin exclusive');
		const sending = readers.send({ ...sound, text: 'Late' });
		await setTimeout(700);
		other.exec('commit');
		expect((await sending).status).toBe(303);
		expect((await readers.rows()).map(({ text }) => text)).toEqual(['B', 'Late']);
	});

	test('that stays locked keeps nothing, says so with all that was typed, and holds up no page', async () => {
		const { readers, other } = await openLockable();
		other.exec('begin exclusive');
		const sending = readers.send({ ...sound, text: 'Never' });
		await setTimeout(100);
		let isAnswered = false;
		void sending.then(() => (isAnswered = true));
		expect((await readers.open(formAddress)).status).toBe(200);
		expect(isAnswered).toBe(false);
		const { status, document } = await sending;
		expect([status, document.querySelector('textarea')?.value]).toEqual([503, 'Never']);
		expect(document.querySelector('.notice')?.textContent).toContain('cannot be taken just now');
		other.exec('commit');
		expect((await readers.rows()).map(({ text }) => text)).toEqual(['B']);
	}, 20_000);

	test('that is removed or replaced takes nothing that would be lost with it', async () => {
		const { readers } = await openLockable();
		await rename(readers.file, `${readers.file}.away`);
		expect((await readers.send({ ...sound, text: 'Lost' })).status).toBe(503);
		await rename(`${readers.file}.away`, readers.file);
		expect((await readers.send({ ...sound, text: 'Kept' })).status).toBe(303);
		expect((await readers.rows()).map(({ text }) => text)).toEqual(['B', 'Kept']);
	}, 20_000);
});
