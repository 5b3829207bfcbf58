import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import pg from 'pg';

/** An empty database for one test. */
interface EmptyDatabase {
	address: string;
	remove(): Promise<void>;
}

/** Returns an SQLite file in a folder that is the caller's, or, where `POSTGRES` names a server, a new database there. */
export async function emptyDatabase(folder: string): Promise<EmptyDatabase> {
	const server = process.env['POSTGRES'];
	if (server === undefined) return { address: join(folder, 'inbox/inbox.sqlite'), remove: () => Promise.resolve() };
	const name = `test_${randomBytes(8).toString('hex')}`;
	const run = async (sql: string) => {
		const client = new pg.Client({ connectionString: server });
		await client.connect();
		await client.query(sql);
		await client.end();
	};
	await run(`create database ${name}`);
	return {
		address: Object.assign(new URL(server), { pathname: `/${name}` }).href,
		remove: () => run(`drop database ${name} with (force)`),
	};
}
