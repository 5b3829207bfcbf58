import { statSync } from 'node:fs';
import { appendFile, mkdir } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { type Dialect, Kysely, PostgresDialect, type SqliteDatabase, SqliteDialect } from 'kysely';
import { Migrator } from 'kysely/migration';
import pg from 'pg';
import { takeLock } from '../edition/lock.ts';
import { migrations } from './migrations.ts';
import type { Tables } from './tables.ts';

export type Database = Kysely<Tables>;

/**
 * In milliseconds: how long a statement waits for another process that writes into the same file. Nothing else is answered
 * meanwhile, so that whoever can wait longer tries again.
 */
const patience = 200;

/**
 * Opens the inbox and brings it up to the present form; what is missing is made.
 * @param address the path of an SQLite file, or the address of a PostgreSQL database (`postgres://…`)
 * @param upTo the last step of the migrations to be taken; by default all are
 * @throws Error where the database cannot be reached, or a newer version of the program has made it
 */
export async function openDatabase(address: string, upTo?: string): Promise<Database> {
	if (/^postgres(?:ql)?:\/\//.test(address)) return migrate(new Kysely<Tables>({ dialect: postgres(address) }), upTo);
	const file = resolve(address);
	// It holds e-mail addresses, and secrets that only the service may know.
	await mkdir(dirname(file), { recursive: true, mode: 0o700 });
	await appendFile(file, '', { mode: 0o600 });
	// SQLite knows no lock that holds during all steps; PostgreSQL does.
	const release = await takeLock(dirname(file), () => undefined);
	try {
		return await migrate(new Kysely<Tables>({ dialect: sqlite(file) }), upTo);
	} finally {
		release();
	}
}

async function migrate(database: Database, upTo: string | undefined): Promise<Database> {
	const migrator = new Migrator({
		db: database,
		provider: { getMigrations: () => Promise.resolve({ ...migrations }) },
	});
	const { error } = await (upTo === undefined ? migrator.migrateToLatest() : migrator.migrateTo(upTo));
	if (error === undefined) return database;
	await database.destroy();
	const reason = error instanceof Error ? error.message : 'for an unknown reason';
	throw new Error(`The database of comments could not be opened: ${reason}`, { cause: error });
}

function postgres(connectionString: string): Dialect {
	// Times are whole numbers that JavaScript can hold; pg would give them as text.
	const types = new pg.TypeOverrides();
	types.setTypeParser(pg.types.builtins.INT8, Number);
	const pool = new pg.Pool({ connectionString, types, connectionTimeoutMillis: 5000 });
	// A connection that is idle when the server goes away must not end the process: the next question gets another one.
	pool.on('error', () => undefined);
	return new PostgresDialect({ pool });
}

/** What is committed has reached the disk (`synchronous=FULL`), and readers do not wait for writers (WAL). */
function sqlite(file: string): Dialect {
	const database = new DatabaseSync(file, { timeout: patience, enableForeignKeyConstraints: true });
	database.exec('pragma journal_mode = wal; pragma synchronous = full');
	return new SqliteDialect({ database: forKysely(database, file) });
}

/** Statements that are kept ready to be run again: the service has some fifty, and one for each number of comments written at once. */
const mostPrepared = 200;

/**
 * Returns Node's database with the methods that Kysely's dialect calls. What is written into a file that was removed or
 * replaced would be lost with it: nothing is.
 */
function forKysely(database: DatabaseSync, file: string): SqliteDatabase {
	const { ino } = statSync(file);
	const refuseLoss = () => {
		if (statSync(file, { throwIfNoEntry: false })?.ino !== ino)
			throw new Error(`${file} was removed or replaced while it was in use. Put it back, or start again.`);
	};
	const prepared = new Map<string, StatementSync>();
	const prepare = (sql: string) => {
		const statement = prepared.get(sql) ?? database.prepare(sql);
		if (prepared.size >= mostPrepared) prepared.clear();
		prepared.set(sql, statement);
		return statement;
	};
	return {
		close: () => database.close(),
		prepare(sql) {
			const statement = prepare(sql);
			const toValues = (parameters: readonly unknown[]) => parameters.map(toValue);
			// What has begun can always be ended.
			if (/^\s*(?:insert|update|delete)\b/i.test(sql)) refuseLoss();
			return {
				reader: statement.columns().length > 0,
				all: (parameters) => statement.all(...toValues(parameters)),
				run: (parameters) => statement.run(...toValues(parameters)),
				iterate: (parameters) => statement.iterate(...toValues(parameters)),
			};
		},
	};
}

function toValue(parameter: unknown): string | number | bigint | null | Uint8Array {
	if (parameter === null || parameter instanceof Uint8Array) return parameter;
	if (typeof parameter === 'string' || typeof parameter === 'number' || typeof parameter === 'bigint') return parameter;
	throw new TypeError(`A ${typeof parameter} cannot be kept in the database.`);
}
