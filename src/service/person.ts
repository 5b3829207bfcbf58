import { readFile, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { type ExpressionBuilder, sql } from 'kysely';
import { type Document, isMap, parseDocument } from 'yaml';
import { serviceWords } from '../words/service-words.ts';
import { listCommentFiles } from './comment-files.ts';
import type { Database } from './database.ts';
import { note } from './desk/audit.ts';
import { replaceFile } from './replace-file.ts';
import { inTurn } from './turn.ts';
import type { AuditRow, BlockRow, CommentRow, Tables } from './tables.ts';

/** All that is kept of a person, or of one comment. */
interface Holdings {
	comments: CommentRow[];
	/** Paths of comments' files below their folder. */
	files: string[];
	blocks: BlockRow[];
	/** What editors did with the comments. */
	audit: AuditRow[];
}

/** How many comments were removed, of these how many readers could see, and how many stay without a name. */
export interface Forgotten {
	removed: number;
	unpublished: number;
	kept: number;
}

/**
 * Returns all that is kept of a person.
 * @param folder where comments lie as files
 * @param who the person's e-mail address, or the id of one comment, `2025/06/<slug>/<id>` where several articles have it
 * @throws Error where nothing is kept, or several comments have the id
 */
export async function exportPerson(database: Database, folder: string, who: string) {
	const { files, ...rest } = await findHoldings(database, folder, who);
	const texts = files.map(async (path) => ({ path, text: await readFile(join(folder, path), 'utf8') }));
	return { ...rest, files: await Promise.all(texts) };
}

/**
 * Removes all that is kept of a person: the comments that no reader sees, and what readers see as a whole, or, where its
 * text is kept, the name. Answers stay, at the comment above. Files go first, so that what fails can be done again.
 * @param now milliseconds since 1970
 * @param who as in {@link exportPerson}, which tells what is thrown
 */
export async function forgetPerson(
	database: Database,
	folder: string,
	who: string,
	{ keepsText, now }: { keepsText: boolean; now: number },
): Promise<Forgotten> {
	return inTurn(database, async (transaction) => {
		const { comments, files, blocks } = await findHoldings(transaction, folder, who);
		const seen = new Set(files.map(idOf));
		const all = [...new Set([...comments.map(({ id }) => id), ...seen])];
		const isKept = (id: string) => keepsText && seen.has(id);
		const gone = all.filter((id) => !isKept(id));
		for (const path of files.filter((path) => isKept(idOf(path))))
			await changeFile(join(folder, path), (fields) => fields.set('name', serviceWords.nameRemoved));
		await removeFiles(
			folder,
			files.filter((path) => !isKept(idOf(path))),
		);
		await moveAnswers(transaction, comments, new Set(gone));
		await removeRows(transaction, all, gone, blocks);
		const forgotten = {
			removed: gone.length,
			unpublished: gone.filter((id) => seen.has(id)).length,
			kept: all.length - gone.length,
		};
		// Of whom is not said.
		const detail = `${forgotten.removed} removed, ${forgotten.kept} without name`;
		await note(transaction, now, { editor: 'npm run desk', action: 'forget', detail });
		return forgotten;
	});
}

async function findHoldings(database: Database, folder: string, who: string): Promise<Holdings> {
	const isPerson = who.includes('@');
	const isTheirs = ({ eb }: ExpressionBuilder<Tables, 'comments'>) =>
		isPerson ? eb(sql`lower(email)`, '=', sql`lower(${who})`) : eb('id', '=', basename(who));
	const found = await database.selectFrom('comments').selectAll().where(isTheirs).orderBy('id').execute();
	const comments = found.filter(({ article, id }) => isPerson || `/${article}/${id}`.endsWith(`/${who}`));
	const ids = new Set(comments.map(({ id }) => id));
	const paths = await listCommentFiles(folder);
	const files = paths.filter((path) => (isPerson ? ids.has(idOf(path)) : `/${path}`.endsWith(`/${who}.yaml`)));
	if (!isPerson && files.length > 1)
		throw new Error(`Several comments have the id ${who}: ${files.join(', ')}. Write its path without .yaml.`);
	const values = [who.toLowerCase(), ...comments.flatMap(({ address }) => address ?? [])];
	const blocks = await database.selectFrom('blocks').selectAll().where('value', 'in', values).execute();
	if (comments.length + files.length + blocks.length === 0) throw new Error(`Nothing is kept of ${who}.`);
	const audit =
		ids.size === 0
			? []
			: await database
					.selectFrom('audit')
					.selectAll()
					.where('comment', 'in', [...ids])
					.orderBy('id')
					.execute();
	return { comments, files, blocks, audit };
}

function idOf(path: string): string {
	return basename(path, '.yaml');
}

/** Removes files, after those that answer them were changed: at every step each answer's comment is there. */
async function removeFiles(folder: string, gone: readonly string[]): Promise<void> {
	const going = new Set(gone);
	const folders = new Set(gone.map(dirname));
	const around = (await listCommentFiles(folder)).filter((path) => folders.has(dirname(path)));
	const parents = new Map<string, string>();
	for (const path of around) {
		const parent = (await readDocument(join(folder, path))).get('replyTo');
		if (typeof parent === 'string') parents.set(path, `${dirname(path)}/${parent}.yaml`);
	}
	for (const path of around.filter((path) => !going.has(path) && going.has(parents.get(path) ?? ''))) {
		const ancestor = ancestorOf(path, parents, going);
		await changeFile(join(folder, path), (fields) => {
			if (ancestor === undefined) fields.delete('replyTo');
			else fields.set('replyTo', idOf(ancestor));
		});
	}
	for (const path of gone) await rm(join(folder, path), { force: true });
}

/** Returns the nearest comment above that stays. @param parents of each comment that answers another, that one */
function ancestorOf(id: string, parents: ReadonlyMap<string, string>, gone: ReadonlySet<string>): string | undefined {
	const passed = new Set<string>();
	let ancestor = parents.get(id);
	while (ancestor !== undefined && gone.has(ancestor) && !passed.has(ancestor)) {
		passed.add(ancestor);
		ancestor = parents.get(ancestor);
	}
	return ancestor === undefined || gone.has(ancestor) ? undefined : ancestor;
}

async function moveAnswers(
	transaction: Database,
	comments: readonly CommentRow[],
	gone: ReadonlySet<string>,
): Promise<void> {
	const parents = new Map(comments.flatMap(({ id, reply_to: parent }) => (parent === null ? [] : [[id, parent]])));
	for (const id of gone)
		await transaction
			.updateTable('comments')
			.set({ reply_to: ancestorOf(id, parents, gone) ?? null })
			.where('reply_to', '=', id)
			.execute();
}

/** @param all whose senders, and what editors noted about them, are no longer known; of these `gone` go wholly */
async function removeRows(
	transaction: Database,
	all: readonly string[],
	gone: readonly string[],
	blocks: readonly BlockRow[],
): Promise<void> {
	for (const id of gone) await transaction.deleteFrom('comments').where('id', '=', id).execute();
	for (const id of all) {
		await transaction
			.updateTable('comments')
			.set({ name: serviceWords.nameRemoved, email: null, address: null })
			.where('id', '=', id)
			.execute();
		await transaction.updateTable('audit').set({ detail: '' }).where('comment', '=', id).execute();
	}
	for (const { kind, value } of blocks)
		await transaction.deleteFrom('blocks').where('kind', '=', kind).where('value', '=', value).execute();
}

/** Changes fields of a comment's file and leaves the others as they are. */
async function changeFile(file: string, change: (fields: Document) => void): Promise<void> {
	const fields = await readDocument(file);
	change(fields);
	await replaceFile(file, fields.toString({ lineWidth: 0 }));
}

async function readDocument(file: string): Promise<Document> {
	const document = parseDocument(await readFile(file, 'utf8'), { version: '1.2', schema: 'core' });
	if (document.errors.length > 0 || !isMap(document.contents))
		throw new Error(`${file} cannot be read as a comment. Mend it first: npm run build says what is wrong.`);
	return document;
}
