import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openDatabase } from '../../src/service/database.ts';
import { migrations } from '../../src/service/migrations.ts';
import { emptyDatabase } from '../support/databases.ts';

const comment = {
	id: '20250701-abc',
	article: '2025/06/a-story',
	reply_to: null,
	name: 'Айгерім',
	text: 'Сәлем 👋🏽\n\nمرحبا',
	email: null,
	status: 'waiting',
	reasons: '',
	received_at: 1_751_371_200_123,
	decided_at: null,
	decided_by: null,
	is_edited: 0,
	is_desk: 0,
	address: null,
	digest: 'd',
	receipt: 'r',
} as const;

async function openEmpty() {
	const folder = await mkdtemp(join(tmpdir(), 'meridian-database-'));
	const empty = await emptyDatabase(folder);
	onTestFinished(async () => {
		await empty.remove();
		await rm(folder, { recursive: true });
	});
	return empty.address;
}

describe('the database', () => {
	test.each(Object.keys(migrations))('comes from the step %s to the present form with what was in it', async (step) => {
		const address = await openEmpty();
		const old = await openDatabase(address, step);
		await old.insertInto('comments').values(comment).execute();
		await old.destroy();
		const present = await openDatabase(address);
		expect(await present.selectFrom('comments').selectAll().execute()).toEqual([comment]);
		for (const table of ['editors', 'sessions', 'audit', 'blocks', 'salts', 'settings'] as const)
			expect(await present.selectFrom(table).selectAll().execute()).toEqual([]);
		await present.destroy();
	});

	test('is made by several at once without a fault', async () => {
		const address = await openEmpty();
		const all = await Promise.all(Array.from({ length: 4 }, () => openDatabase(address)));
		for (const one of all) {
			expect(await one.selectFrom('comments').selectAll().execute()).toEqual([]);
			await one.destroy();
		}
	});

	test('of a later version is refused in a sentence', async () => {
		const address = await openEmpty();
		const present = await openDatabase(address);
		await present
			.$extendTables<{ kysely_migration: { name: string; timestamp: string } }>()
			.insertInto('kysely_migration')
			.values({ name: '9-later', timestamp: '2030' })
			.execute();
		await present.destroy();
		await expect(openDatabase(address)).rejects.toThrow(/^The database of comments could not be opened: .*9-later/);
	});
});
