import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { parseDocument, stringify } from 'yaml';
import { commentSchema } from '../schemas/comment.ts';
import { isId } from '../schemas/text.ts';
import { site } from '../site.ts';
import { serviceWords } from '../words/service-words.ts';
import { listCommentFiles } from './comment-files.ts';
import type { Database } from './database.ts';
import { digestOfWords } from './moderation.ts';
import { replaceFile } from './replace-file.ts';
import type { CommentRow } from './tables.ts';
import { inTurn } from './turn.ts';

/**
 * Writes an approved comment as the file from which the paper shows it, whole or not at all: the record, which the
 * database can be lost without.
 * @param folder where comments lie as files
 * @throws Error where the paper could not be published with it
 */
export async function writeRecord(folder: string, comment: CommentRow): Promise<void> {
	const fields = toFields(comment);
	const { error } = commentSchema.safeParse(fields);
	if (error)
		throw new Error(
			`The comment ${comment.id} could not be published: ${error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('. ')}.`,
		);
	await replaceFile(fileOf(folder, comment), stringify(fields, { version: '1.2', schema: 'core', lineWidth: 0 }));
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

function toFields(comment: CommentRow): Record<string, unknown> {
	const { name, text, received_at: receivedAt, decided_at: decidedAt, reply_to: replyTo } = comment;
	return {
		name,
		writtenAt: toIso(receivedAt),
		// A clock that was set back must not have it approved before it was written.
		approvedAt: toIso(Math.max(decidedAt ?? receivedAt, receivedAt)),
		...(replyTo !== null && { replyTo }),
		...(comment.is_edited === 1 && { isEdited: true }),
		...(comment.is_desk === 1 && { isDesk: true }),
		text,
	};
}

/** Returns a moment as articles have it, in the newsroom's zone: `2025-06-16T21:40:00+05:00`. */
function toIso(instant: number): string {
	return Temporal.Instant.fromEpochMilliseconds(instant)
		.toZonedDateTimeISO(site.timeZone)
		.toString({ timeZoneName: 'never', smallestUnit: 'second', roundingMode: 'floor' });
}

/** So many files are taken over in one transaction: readers' comments wait for its end. */
const atOnce = 100;

/**
 * Returns what takes into the database what the files say of approved comments, since they are the record: those that it
 * has lost, and what an editor has written, changed, moved or removed by hand. What has not changed since it was called
 * before is not read again.
 * @param folder where comments lie as files
 */
export function openRecords(database: Database, folder: string): () => Promise<void> {
	let known = new Map<string, string>();
	return async () => {
		const present = new Map<string, string>();
		for (const file of await listCommentFiles(folder)) {
			const { mtimeMs, size } = await stat(join(folder, file));
			present.set(file, `${mtimeMs} ${size}`);
		}
		const changed = [...present].filter(([file, stamp]) => known.get(file) !== stamp).map(([file]) => file);
		for (let i = 0; i < changed.length; i += atOnce)
			await inTurn(database, async (transaction) => {
				for (const file of changed.slice(i, i + atOnce)) {
					const record = await readRecord(folder, file);
					if (record) await takeOver(transaction, folder, record);
				}
			});
		if (changed.length > 0 || present.size < known.size) await holdLost(database, folder);
		known = present;
	};
}

/** Takes a comment over, but for one whose name the file of another article has: it is not the desk's. */
async function takeOver(database: Database, folder: string, record: CommentRow): Promise<void> {
	const row = await database.selectFrom('comments').selectAll().where('id', '=', record.id).executeTakeFirst();
	if (row && row.article !== record.article && hasRecord(folder, row)) return;
	const { article, name, text, status, is_edited, is_desk } = record;
	await database
		.insertInto('comments')
		.values(record)
		.onConflict((conflict) => conflict.column('id').doUpdateSet({ article, name, text, status, is_edited, is_desk }))
		.execute();
}

/** Gives editors approved comments back that no file shows to readers any more. */
async function holdLost(database: Database, folder: string): Promise<void> {
	await inTurn(database, async (transaction) => {
		const approved = await transaction
			.selectFrom('comments')
			.select(['id', 'article'])
			.where('status', '=', 'approved')
			.execute();
		const lost = approved.filter((row) => !hasRecord(folder, row)).map(({ id }) => id);
		for (let i = 0; i < lost.length; i += atOnce)
			await transaction
				.updateTable('comments')
				.set({ status: 'held', reasons: serviceWords.service.reasons.fileGone })
				.where('id', 'in', lost.slice(i, i + atOnce))
				.execute();
	});
}

/** Reads the file of an approved comment; nothing where it is none, of which the next build tells what is wrong. */
async function readRecord(folder: string, file: string): Promise<CommentRow | undefined> {
	const [article, id] = [dirname(file), basename(file, '.yaml')];
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
