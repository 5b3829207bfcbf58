import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { parseDocument, stringify } from 'yaml';
import { commentSchema } from '../schemas/comment.ts';
import { isId } from '../schemas/text.ts';
import { site } from '../site.ts';
import type { Database } from './database.ts';
import { digestOfWords } from './moderation.ts';
import { replaceFile } from './replace-file.ts';
import type { CommentRow } from './tables.ts';
import { inTurn } from './turn.ts';

/**
 * Writes an approved comment as the file from which the paper shows it, whole or not at all: the record, which the
 * database can be lost without.
 * @param folder where comments lie as files
 */
export async function writeRecord(folder: string, comment: CommentRow): Promise<void> {
	await replaceFile(fileOf(folder, comment), toYaml(comment));
}

/** Removes an approved comment from what the paper shows. */
export async function removeRecord(folder: string, comment: CommentRow): Promise<void> {
	await rm(fileOf(folder, comment), { force: true });
}

/** Tells whether a comment lies as a file, and so is or will be shown. */
export function hasRecord(folder: string, place: Place): boolean {
	return isPlace(place) && existsSync(fileOf(folder, place));
}

type Place = Pick<CommentRow, 'article' | 'id'>;

/** Tells whether a file can be called so: nothing may lead out of the folder. */
function isPlace({ article, id }: Place): boolean {
	return /^\d{4}\/\d{2}\/[a-z\d-]+$/.test(article) && isId(id);
}

function fileOf(folder: string, place: Place): string {
	if (!isPlace(place)) throw new Error(`No file can be called ${JSON.stringify(`${place.article}/${place.id}`)}.`);
	return join(folder, place.article, `${place.id}.yaml`);
}

function toYaml(comment: CommentRow): string {
	const { name, text, received_at: receivedAt, decided_at: decidedAt, reply_to: replyTo } = comment;
	const fields = {
		name,
		writtenAt: toIso(receivedAt),
		// A clock that was set back must not have it approved before it was written.
		approvedAt: toIso(Math.max(decidedAt ?? receivedAt, receivedAt)),
		...(replyTo !== null && { replyTo }),
		...(comment.is_edited === 1 && { isEdited: true }),
		...(comment.is_desk === 1 && { isDesk: true }),
		text,
	};
	return stringify(fields, { version: '1.2', schema: 'core', lineWidth: 0 });
}

/** Returns a moment as articles have it, in the newsroom's zone: `2025-06-16T21:40:00+05:00`. */
function toIso(instant: number): string {
	return Temporal.Instant.fromEpochMilliseconds(instant)
		.toZonedDateTimeISO(site.timeZone)
		.toString({ timeZoneName: 'never', smallestUnit: 'second', roundingMode: 'floor' });
}

/**
 * Takes into the database what the files say of approved comments, since they are the record: those that it has lost, or
 * that an editor has written or changed by hand.
 */
export async function readRecords(database: Database, folder: string): Promise<void> {
	const files = await readdir(folder, { recursive: true }).catch((): string[] => []);
	const approved = await database.selectFrom('comments').selectAll().where('status', '=', 'approved').execute();
	const known = new Map(approved.map((row) => [row.id, row]));
	for (const file of files.map((file) => file.replaceAll('\\', '/')).sort()) {
		const record = await readRecord(folder, file);
		if (!record || isSame(record, known.get(record.id))) continue;
		await inTurn(database, async (transaction) => {
			// An editor may have decided on it since.
			const present = await readRecord(folder, file);
			if (present) await takeOver(transaction, present);
		});
	}
}

function isSame(record: CommentRow, row: CommentRow | undefined): boolean {
	return row?.name === record.name && row.text === record.text;
}

async function takeOver(database: Database, record: CommentRow): Promise<void> {
	const { name, text, status, is_edited, is_desk } = record;
	await database
		.insertInto('comments')
		.values(record)
		.onConflict((conflict) => conflict.column('id').doUpdateSet({ name, text, status, is_edited, is_desk }))
		.execute();
}

/** Reads the file of an approved comment; nothing where it is none, of which the next build tells what is wrong. */
async function readRecord(folder: string, file: string): Promise<CommentRow | undefined> {
	const [, article = '', id = ''] = /^(\d{4}\/\d{2}\/[^/.]+)\/([^/.]+)\.yaml$/.exec(file) ?? [];
	if (id === '') return undefined;
	const source = await readFile(join(folder, file), 'utf8').catch(() => '');
	const yaml = parseDocument(source, { version: '1.2', schema: 'core' });
	const { data } = commentSchema.safeParse(yaml.errors.length > 0 ? undefined : yaml.toJS());
	if (!data) return undefined;
	return {
		id,
		article,
		reply_to: data.replyTo ?? null,
		name: data.name,
		text: data.text,
		email: null,
		status: 'approved',
		reasons: '',
		received_at: data.writtenAt.instant,
		decided_at: data.approvedAt.instant,
		decided_by: null,
		is_edited: data.isEdited === true ? 1 : 0,
		is_desk: data.isDesk === true ? 1 : 0,
		address: null,
		digest: digestOfWords(data.text),
		receipt: randomBytes(16).toString('base64url'),
	};
}
