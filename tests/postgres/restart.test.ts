import pg from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { openCommenting } from '../support/commenting.ts';

test('a PostgreSQL server that ends all connections costs no comment', async () => {
	const readers = await openCommenting();
	onTestFinished(() => readers.close());
	const sound = { name: 'A', text: 'Before', email: '' };
	expect((await readers.send(sound)).status).toBe(303);
	const client = new pg.Client({ connectionString: readers.file });
	await client.connect();
	const others = 'datname = current_database() and pid <> pg_backend_pid()';
	const { rowCount } = await client.query(`select pg_terminate_backend(pid) from pg_stat_activity where ${others}`);
	expect(rowCount).toBeGreaterThan(0);
	await client.end();
	expect((await readers.send({ ...sound, text: 'After' })).status).toBe(303);
	expect((await readers.rows()).map(({ text }) => text)).toEqual(['Before', 'After']);
});
