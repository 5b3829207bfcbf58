import { digestOfText } from '../../environment.ts';
import { isId } from '../../schemas/text.ts';
import { site } from '../../site.ts';
import { serviceWords } from '../../words/service-words.ts';
import { words } from '../../words/words.ts';
import { findArticle } from '../article-page.ts';
import type { Database } from '../database.ts';
import { newId } from '../intake.ts';
import { digestOfWords } from '../moderation.ts';
import { hasRecord, removeRecord, writeRecord } from '../record.ts';
import type { Service } from '../service.ts';
import type { BlockRow, CommentRow } from '../tables.ts';
import { inTurn } from '../turn.ts';
import { note } from './audit.ts';

/** A comment as an editor has seen it. */
export interface Seen {
	id: string;
	/** Digest of what editors decide on: another one, once somebody has decided. */
	state: string;
}

/** Returns how a form names a comment as it is seen there. */
export function toSeen(comment: CommentRow): string {
	return `${comment.id} ${stateOf(comment)}`;
}

/** Reads what {@link toSeen} has written; other texts name no comment. */
export function readSeen(text: string): Seen {
	const [id = '', state = ''] = text.split(' ');
	return { id: isId(id) ? id : '', state };
}

/** Tells whether a comment is still as an editor has seen it. */
export function isAsSeen(comment: CommentRow, { id, state }: Seen): boolean {
	return comment.id === id && stateOf(comment) === state;
}

function stateOf({ status, name, text, decided_at: decidedAt }: CommentRow): string {
	return digestOfText(JSON.stringify([status, name, text, decidedAt])).slice(0, 16);
}

/**
 * What became of what an editor wanted: done; nothing, because it was so already; or nothing, because the comment is no
 * longer as the editor saw it, or not there at all.
 */
export type Outcome =
	{ kind: 'done'; isSeenByReaders: boolean } | { kind: 'same' } | { kind: 'stale'; comment: CommentRow | undefined };

/** Approves or rejects a comment. */
export function decide(
	service: Service,
	editor: string,
	seen: Seen,
	status: 'approved' | 'rejected',
): Promise<Outcome> {
	return change(service, seen, async (database, comment) => {
		if (comment.status === status) return { kind: 'stale', comment };
		return { kind: 'done', isSeenByReaders: await setStatus(service, database, editor, comment, status) };
	});
}

/** Changes the name or the text of a comment, of which readers are told. */
export function edit(
	service: Service,
	editor: string,
	seen: Seen,
	{ name, text }: Pick<CommentRow, 'name' | 'text'>,
): Promise<Outcome> {
	return change(service, seen, async (database, comment) => {
		if (comment.name === name && comment.text === text) return { kind: 'same' };
		const edited: CommentRow = { ...comment, name, text, is_edited: 1 };
		if (comment.status === 'approved') await show(service, edited);
		await database.updateTable('comments').set({ name, text, is_edited: 1 }).where('id', '=', comment.id).execute();
		const detail = `${comment.name}\n\n${comment.text}`;
		await note(database, service.now(), { editor, action: 'edit', comment: comment.id, detail });
		return { kind: 'done', isSeenByReaders: comment.status === 'approved' };
	});
}

/**
 * Answers an approved comment in the name of the paper; readers see it with the next edition.
 * @param receipt names the answer: the same one sent twice is published once
 */
export function answer(
	service: Service,
	editor: string,
	seen: Seen,
	{ text, receipt }: { text: string; receipt: string },
): Promise<Outcome> {
	return change(service, seen, async (database, comment) => {
		if (comment.status !== 'approved') return { kind: 'stale', comment };
		const known = await database.selectFrom('comments').select('id').where('receipt', '=', receipt).executeTakeFirst();
		if (known) return { kind: 'same' };
		const at = service.now();
		const row: CommentRow = {
			id: newId(at),
			article: comment.article,
			reply_to: comment.id,
			name: words.deskOf(site.title),
			text,
			email: null,
			status: 'approved',
			reasons: '',
			received_at: at,
			decided_at: at,
			decided_by: editor,
			is_edited: 0,
			is_desk: 1,
			address: null,
			digest: digestOfWords(text),
			receipt,
		};
		await show(service, row);
		await database.insertInto('comments').values(row).execute();
		await note(database, at, { editor, action: 'answer', comment: row.id, detail: comment.id });
		return { kind: 'done', isSeenByReaders: true };
	});
}

/** Rejects a comment and whatever comes later from where it came. */
export function block(
	service: Service,
	editor: string,
	seen: Seen,
	kinds: readonly BlockRow['kind'][],
): Promise<Outcome> {
	return change(service, seen, async (database, comment) => {
		const at = service.now();
		for (const kind of kinds) {
			const value = kind === 'email' ? comment.email?.toLowerCase() : comment.address;
			if (value === undefined || value === null) continue;
			await database
				.insertInto('blocks')
				.values({ kind, value, created_at: at, editor })
				.onConflict((conflict) => conflict.doNothing())
				.execute();
		}
		await note(database, at, { editor, action: 'block', comment: comment.id, detail: kinds.join(', ') });
		if (comment.status === 'rejected') return { kind: 'done', isSeenByReaders: false };
		return { kind: 'done', isSeenByReaders: await setStatus(service, database, editor, comment, 'rejected') };
	});
}

/** Lets comments through again. @returns false where there is no such block */
export function unblock(
	{ database, now }: Service,
	editor: string,
	{ kind, value }: Pick<BlockRow, 'kind' | 'value'>,
): Promise<boolean> {
	return database.transaction().execute(async (transaction) => {
		const { numDeletedRows } = await transaction
			.deleteFrom('blocks')
			.where('kind', '=', kind)
			.where('value', '=', value)
			.executeTakeFirst();
		if (numDeletedRows === 0n) return false;
		await note(transaction, now(), { editor, action: 'unblock', detail: kind });
		return true;
	});
}

/**
 * Does something to a comment if it is still as the editor has seen it. Files are changed before the database is told for
 * good, so that what fails between them can be done again.
 */
async function change(
	{ database, builder, edition }: Service,
	{ id, state }: Seen,
	work: (database: Database, comment: CommentRow) => Promise<Outcome>,
): Promise<Outcome> {
	const outcome = await inTurn(database, async (transaction): Promise<Outcome> => {
		const comment = await transaction.selectFrom('comments').selectAll().where('id', '=', id).executeTakeFirst();
		if (!comment || !isAsSeen(comment, { id, state })) return { kind: 'stale', comment };
		return work(transaction, await followArticle(transaction, edition, comment));
	});
	if (outcome.kind === 'done' && outcome.isSeenByReaders) builder.changed();
	return outcome;
}

/** Lets comments go with their article to where it stands now, as their files have to. */
async function followArticle(database: Database, edition: string, comment: CommentRow): Promise<CommentRow> {
	const { id: article = comment.article } = (await findArticle(edition, comment.article)) ?? {};
	if (article === comment.article) return comment;
	await database.updateTable('comments').set({ article }).where('article', '=', comment.article).execute();
	return { ...comment, article };
}

/** @returns whether readers get something else to see */
async function setStatus(
	service: Service,
	database: Database,
	editor: string,
	comment: CommentRow,
	status: 'approved' | 'rejected',
): Promise<boolean> {
	const isSeenByReaders = status === 'approved' || hasRecord(service.comments, comment);
	const at = service.now();
	const decision = { status, decided_at: at, decided_by: editor };
	const answers = await database
		.selectFrom('comments')
		.selectAll()
		.where('article', '=', comment.article)
		.where('reply_to', '=', comment.id)
		.where('status', '=', 'approved')
		.execute();
	// At every step the files name none that is not there, so that a build may begin at any.
	if (status === 'approved') {
		await show(service, { ...comment, ...decision });
		for (const row of answers) await show(service, row);
	} else {
		for (const row of answers) await writeRecord(service.comments, { ...row, reply_to: null });
		await removeRecord(service.comments, comment);
	}
	await database.updateTable('comments').set(decision).where('id', '=', comment.id).execute();
	const action = status === 'approved' ? 'approve' : 'reject';
	await note(database, at, { editor, action, comment: comment.id, detail: comment.status });
	return isSeenByReaders;
}

/**
 * Writes a comment's file. It stands by itself where what it answers is not shown: the paper refuses other answers.
 * @throws Error where readers have no such article: no edition could be made with the file
 */
async function show({ comments, edition }: Service, row: CommentRow): Promise<void> {
	if (!(await findArticle(edition, row.article))) throw new Error(serviceWords.desk.lostArticle(row.article));
	await writeRecord(comments, isShownBelow(comments, row) ? row : { ...row, reply_to: null });
}

/** Tells whether the comment that another answers is shown. */
export function isShownBelow(folder: string, { article, reply_to: id }: CommentRow): boolean {
	return id !== null && hasRecord(folder, { article, id });
}
