import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { pipeline as pipe, Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { z } from 'astro/zod';
import { sql, type Transaction } from 'kysely';
import { type Entry, entrySchema, type KeptTable, keptTables, type Row, tableNames } from './backup-rows.ts';
import { isCommentFile, isMissing, listCommentFiles } from './comment-files.ts';
import type { Database } from './database.ts';
import { migrations } from './migrations.ts';
import type { Tables } from './tables.ts';

/** How much a backup holds. */
export interface Extent {
	rows: number;
	files: number;
}

const level = Object.keys(migrations).sort().at(-1) ?? '';
const headSchema = z.strictObject({ format: z.literal('meridian comments'), version: z.literal(1), level: z.string() });
const endSchema = z.strictObject({ rows: z.int(), files: z.int(), sha256: z.string() });

/** Rows that are read, and written, at once. */
const pageSize = 500;

/**
 * Writes the inbox, as it is at one moment, and the comments' files into one file that its owner alone can read: gzipped
 * lines of JSON, a head, an {@link Entry} each, and an end with a digest of all lines before. The service may run meanwhile.
 * @param comments the folder of the comments' files
 * @param file appears whole or not at all; one that is there is replaced
 */
export async function backUp(database: Database, comments: string, file: string): Promise<Extent> {
	const extent: Extent = { rows: 0, files: 0 };
	const unfinished = `${resolve(file)}.${process.pid}.unfinished`;
	try {
		await database
			.transaction()
			.setIsolationLevel('repeatable read')
			.setAccessMode('read only')
			.execute(async (snapshot) => {
				const output = createWriteStream(unfinished, { flags: 'wx', mode: 0o600, flush: true });
				await pipeline(Readable.from(toBackup(snapshot, comments, extent)), createGzip(), output);
			});
		await rename(unfinished, file);
	} finally {
		await rm(unfinished, { force: true });
	}
	return extent;
}

async function* toBackup(snapshot: Transaction<Tables>, comments: string, extent: Extent): AsyncGenerator<string> {
	const digest = createHash('sha256');
	const toLines = (values: readonly object[]) => {
		const text = values.map((value) => `${JSON.stringify(value)}\n`).join('');
		digest.update(text);
		return text;
	};
	yield toLines([{ format: 'meridian comments', version: 1, level } satisfies z.infer<typeof headSchema>]);
	for (const table of tableNames)
		for await (const rows of pagesOf(snapshot, table)) {
			extent.rows += rows.length;
			yield toLines(rows.map((row) => ({ table, row }) satisfies Entry));
		}
	for (const path of await listCommentFiles(comments)) {
		const bytes = await readIfThere(join(comments, path));
		if (bytes === undefined) continue;
		extent.files += 1;
		yield toLines([{ file: path, bytes: bytes.toString('base64') } satisfies Entry]);
	}
	yield toLines([{ ...extent, sha256: digest.copy().digest('hex') } satisfies z.infer<typeof endSchema>]);
}

/** What an editor takes off the paper meanwhile is not there any more. */
async function readIfThere(file: string): Promise<Buffer | undefined> {
	return readFile(file).catch((error: unknown) => {
		if (isMissing(error)) return undefined;
		throw error;
	});
}

async function* pagesOf(snapshot: Transaction<Tables>, table: KeptTable): AsyncGenerator<Row[]> {
	const { key } = keptTables[table];
	const columns = sql.join(key.map((column) => sql.ref(column)));
	for (let last: Row | undefined; ;) {
		const passed = last;
		const after = passed && sql`where (${columns}) > (${sql.join(key.map((column) => passed[column]))})`;
		const query = sql<Row>`select * from ${sql.table(table)} ${after ?? sql``} order by ${columns} limit ${sql.lit(pageSize)}`;
		const { rows } = await query.execute(snapshot);
		if (rows.length > 0) yield rows;
		last = rows.at(-1);
		if (rows.length < pageSize) return;
	}
}

/**
 * Puts back what a backup holds, after all of it was checked: the inbox in one transaction, then the comments' files. Those
 * that are there are kept, for they are newer or the same, unless the inbox is replaced.
 * @param comments the folder of the comments' files
 * @param isReplacing whether what the inbox holds may go
 * @throws Error where the file is damaged or no backup, or the inbox is not empty; nothing has changed then
 */
export async function restore(
	database: Database,
	comments: string,
	file: string,
	isReplacing: boolean,
): Promise<Extent> {
	const extent: Extent = { rows: 0, files: 0 };
	for await (const entry of readBackup(file)) extent['file' in entry ? 'files' : 'rows'] += 1;
	await mkdir(comments, { recursive: true });
	// On the same disk as the files, and with a name that is no content.
	const waitingRoom = join(comments, `.restore-${process.pid}`);
	try {
		await database.transaction().execute(async (transaction) => {
			await makeRoom(transaction, isReplacing);
			const files = await putBack(transaction, file, (path, bytes) => writeNew(join(waitingRoom, path), bytes));
			for (const path of files) {
				const target = join(comments, path);
				if (existsSync(target) && !isReplacing) continue;
				await mkdir(dirname(target), { recursive: true });
				await rename(join(waitingRoom, path), target);
			}
		});
	} finally {
		await rm(waitingRoom, { recursive: true, force: true });
	}
	return extent;
}

/** A service that was started, but has received nothing yet, has made salts and settings: they go too. */
async function makeRoom(transaction: Transaction<Tables>, isReplacing: boolean): Promise<void> {
	for (const table of isReplacing ? [] : (['comments', 'editors', 'audit', 'blocks'] as const)) {
		const row = await transaction.selectFrom(table).selectAll().limit(1).executeTakeFirst();
		if (row)
			throw new Error(
				`The inbox is not empty: it has ${table}. Nothing was changed. With --replace, what it holds is lost, and the backup takes its place.`,
			);
	}
	for (const table of ['sessions', ...tableNames] as const) await transaction.deleteFrom(table).execute();
}

/** Fills the tables. @param write takes the comments' files @returns the paths of these */
async function putBack(
	transaction: Transaction<Tables>,
	file: string,
	write: (path: string, bytes: Buffer) => Promise<void>,
): Promise<string[]> {
	const files: string[] = [];
	let [table, rows]: [KeptTable | undefined, Row[]] = [undefined, []];
	const flush = async () => {
		if (table !== undefined && rows.length > 0) await insert(transaction, table, rows);
		rows = [];
	};
	for await (const entry of readBackup(file)) {
		if ('file' in entry) {
			await write(entry.file, Buffer.from(entry.bytes, 'base64'));
			files.push(entry.file);
		} else {
			if (entry.table !== table || rows.length === pageSize) await flush();
			table = entry.table;
			rows.push(entry.row);
		}
	}
	await flush();
	return files;
}

async function insert(transaction: Transaction<Tables>, table: KeptTable, rows: readonly Row[]): Promise<void> {
	const columns = Object.keys(rows[0] ?? {});
	const names = sql.join(columns.map((column) => sql.ref(column)));
	const values = rows.map((row) => sql`(${sql.join(columns.map((column) => row[column]))})`);
	await sql`insert into ${sql.table(table)} (${names}) values ${sql.join(values)}`.execute(transaction);
}

async function writeNew(file: string, bytes: Buffer): Promise<void> {
	await mkdir(dirname(file), { recursive: true });
	await writeFile(file, bytes, { flag: 'wx', flush: true });
}

/** Reads what a backup holds, each line checked. @throws Error, also after the last, where it is damaged or no backup */
async function* readBackup(file: string): AsyncGenerator<Entry> {
	const damaged = (reason: string, cause?: unknown) =>
		new Error(`${file} is damaged or no backup of comments: ${reason}. Nothing was changed.`, { cause });
	const digest = createHash('sha256');
	const found: Extent = { rows: 0, files: 0 };
	let number = 0;
	let end: z.infer<typeof endSchema> | undefined;
	try {
		for await (const line of linesOf(file)) {
			number += 1;
			if (end) throw damaged(`something stands behind its end, in line ${number}`);
			const value: unknown = JSON.parse(line);
			if (number === 1) checkHead(value, file);
			else if (endSchema.safeParse(value).success) end = endSchema.parse(value);
			else {
				const entry = entrySchema.parse(value);
				if ('file' in entry && !isCommentFile(entry.file)) throw damaged(`line ${number} is the file of no comment`);
				found['file' in entry ? 'files' : 'rows'] += 1;
				yield entry;
			}
			if (!end) digest.update(`${line}\n`);
		}
	} catch (error) {
		if (isMissing(error)) throw new Error(`There is no file ${file}.`, { cause: error });
		if (error instanceof SyntaxError || error instanceof z.ZodError)
			throw damaged(`line ${number} cannot be read`, error);
		if (error instanceof Error && 'code' in error && String(error.code).startsWith('Z_'))
			throw damaged('it cannot be unpacked', error);
		throw error;
	}
	if (!end) throw damaged('its end is missing');
	if (end.rows !== found.rows || end.files !== found.files || end.sha256 !== digest.digest('hex'))
		throw damaged('its digest is that of another text');
}

function checkHead(value: unknown, file: string): void {
	const head = headSchema.parse(value);
	if (head.level !== level)
		throw new Error(
			`${file} was made by a version of Meridian whose inbox is at "${head.level}"; that of this one is at "${level}". Restore it with that version: this one then brings the inbox up to date. Nothing was changed.`,
		);
}

/** Yields the lines of a gzipped text in UTF-8. Only `\n` ends one: JSON may hold the other separators of lines. */
async function* linesOf(file: string): AsyncGenerator<string> {
	const unpacked: AsyncIterable<Uint8Array> = pipe(createReadStream(file), createGunzip(), () => undefined);
	const decoder = new TextDecoder();
	let rest = '';
	for await (const chunk of unpacked) {
		const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
		rest = lines.pop() ?? '';
		yield* lines;
	}
	if (rest + decoder.decode() !== '') yield rest;
}
