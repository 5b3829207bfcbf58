import { hash, randomBytes, timingSafeEqual } from 'node:crypto';
import { digestOfText } from '../../environment.ts';
import type { Service } from '../service.ts';
import type { Database } from '../database.ts';
import { openSeals } from '../seal.ts';
import type { EditorRow, SessionRow } from '../tables.ts';
import { isPassword } from '../passwords.ts';
import { note } from './audit.ts';
import { toEditorName } from './editors.ts';

const minute = 60_000;
const hour = 60 * minute;
/** A session ends when nothing was done for so long, or when it is so old. */
const mostIdle = 12 * hour;
const mostAge = 7 * 24 * hour;

/** So many wrong passwords lock a name. */
const mostFailures = 5;

/**
 * Signs an editor in where the password is right. Unknown and locked names take as long as others.
 * @param acquaintance what the browser has of an earlier session: with the right one no lock holds, so that strangers
 * cannot keep an editor out
 * @returns what the cookies of the new session hold; nothing where the password is wrong or not looked at
 * @throws CrowdedError where too many passwords are being looked at
 */
export async function signIn(
	service: Service,
	typedName: string,
	password: string,
	acquaintance = '',
): Promise<{ token: string; acquaintance: string } | undefined> {
	const { database, now } = service;
	const name = toEditorName(typedName) ?? '';
	// Counted before it is looked at: of many at once, no more than the lock allows are.
	const { sign } = await openSeals(database);
	const isKnown = async () =>
		acquaintance !== '' && acquaintance === sign('acquaintance', name, await passwordOf(database, name));
	const editor = await countAttempt(service, name, await isKnown());
	const isRight = await isPassword(password, editor?.password).catch(async (error: unknown) => {
		// Nobody has looked at it.
		if (editor) await takeBack(database, editor);
		throw error;
	});
	if (!editor) return undefined;
	if (!isRight) {
		if (editor.failures >= mostFailures) await note(database, now(), { editor: name, action: 'lock' });
		return undefined;
	}
	const token = newToken();
	const isDone = await database.transaction().execute(async (transaction) => {
		const { numUpdatedRows } = await transaction
			.updateTable('editors')
			.set({ failures: 0, locked_until: null })
			.where('name', '=', name)
			.where('password', '=', editor.password)
			.executeTakeFirst();
		// The password was changed meanwhile.
		if (numUpdatedRows === 0n) return false;
		const session = { editor: name, csrf: newToken(), created_at: now(), expires_at: now() + mostIdle };
		await transaction.deleteFrom('sessions').where('expires_at', '<=', now()).execute();
		await transaction
			.insertInto('sessions')
			.values({ id: digestOfText(token), ...session })
			.execute();
		await note(transaction, now(), { editor: name, action: 'sign in' });
		return true;
	});
	return isDone ? { token, acquaintance: sign('acquaintance', name, editor.password) } : undefined;
}

async function passwordOf(database: Database, name: string): Promise<string> {
	const editor = await database.selectFrom('editors').select('password').where('name', '=', name).executeTakeFirst();
	return editor?.password ?? '';
}

/** Counts an attempt no more. @param editor as it was counted */
async function takeBack(database: Database, { name, failures, locked_until }: EditorRow): Promise<void> {
	await database
		.updateTable('editors')
		.set((row) => ({ failures: row('failures', '-', 1), locked_until }))
		.where('name', '=', name)
		.where('failures', '=', failures)
		.execute();
}

/** Counts a password as wrong until it is known to be right. @returns the editor; nothing where there is none or the name is locked */
function countAttempt({ database, now }: Service, name: string, isKnown: boolean) {
	return database.transaction().execute(async (transaction) => {
		const editor = await transaction
			.updateTable('editors')
			.set((row) => ({ failures: row('failures', '+', 1) }))
			.where('name', '=', name)
			.$if(!isKnown, (attempt) =>
				attempt.where((row) => row.or([row('locked_until', 'is', null), row('locked_until', '<=', now())])),
			)
			.returningAll()
			.executeTakeFirst();
		if (editor && editor.failures >= mostFailures) {
			const lock = Math.min(minute * 2 ** (editor.failures - mostFailures), hour);
			await transaction
				.updateTable('editors')
				.set({ locked_until: now() + lock })
				.where('name', '=', name)
				.execute();
		}
		return editor;
	});
}

/** Returns the session of a cookie, which lasts on from now; nothing where there is none or it has ended. */
export async function findSession({ database, now }: Service, token: string): Promise<SessionRow | undefined> {
	const id = digestOfText(token);
	const session = await database
		.selectFrom('sessions')
		.selectAll()
		.where('id', '=', id)
		.where('expires_at', '>', now())
		.executeTakeFirst();
	const expiresAt = session && Math.min(now() + mostIdle, session.created_at + mostAge);
	// Not at every step: each costs a write.
	if (session && expiresAt !== undefined && expiresAt > session.expires_at + minute)
		await database.updateTable('sessions').set({ expires_at: expiresAt }).where('id', '=', id).execute();
	return session;
}

/** Ends a session: its cookie is good for nothing from now on. */
export async function endSession({ database, now }: Service, { id, editor }: SessionRow): Promise<void> {
	await database.transaction().execute(async (transaction) => {
		await transaction.deleteFrom('sessions').where('id', '=', id).execute();
		await note(transaction, now(), { editor, action: 'sign out' });
	});
}

/** Tells whether a form is one of the session's own; it takes the same time for every other. */
export function isOwnForm({ csrf }: SessionRow, form: URLSearchParams): boolean {
	const digest = (text: string) => hash('sha256', text, 'buffer');
	return timingSafeEqual(digest(form.get('csrf') ?? ''), digest(csrf));
}

function newToken(): string {
	return randomBytes(32).toString('base64url');
}
