import { plainLine } from '../../schemas/text.ts';
import type { Database } from '../database.ts';
import { keepPassword } from '../passwords.ts';
import { note } from './audit.ts';

/** Stands in the log where somebody who runs the server has done something. */
const atServer = 'npm run desk';

const nameSchema = plainLine(80);

/** Returns an editor's name as it is kept; nothing where it can be none. */
export function toEditorName(text: string): string | undefined {
	return nameSchema.safeParse(text).data;
}

/**
 * Lets somebody work at the desk.
 * @throws Error where the name can be none or is taken, or the password is too short
 */
export async function addEditor(database: Database, name: string, password: string, now: number): Promise<void> {
	const known = toEditorName(name);
	if (known === undefined) throw new Error(`"${name}" can be no name: write one to 80 characters on one line.`);
	const row = { name: known, password: await keepPassword(password), created_at: now, failures: 0, locked_until: null };
	await database.transaction().execute(async (transaction) => {
		const added = await transaction
			.insertInto('editors')
			.values(row)
			.onConflict((conflict) => conflict.doNothing())
			.executeTakeFirst();
		if (added.numInsertedOrUpdatedRows !== 1n) throw new Error(`There is already an editor "${known}".`);
		await note(transaction, now, { editor: atServer, action: 'add editor', detail: known });
	});
}

/** Gives an editor another password, ends all of the editor's sessions, and unlocks the name. @throws Error where there is none */
export async function changePassword(database: Database, name: string, password: string, now: number): Promise<void> {
	const editor = toEditorName(name) ?? '';
	const kept = await keepPassword(password);
	await database.transaction().execute(async (transaction) => {
		const { numUpdatedRows } = await transaction
			.updateTable('editors')
			.set({ password: kept, failures: 0, locked_until: null })
			.where('name', '=', editor)
			.executeTakeFirst();
		if (numUpdatedRows === 0n) throw unknown(name);
		await transaction.deleteFrom('sessions').where('editor', '=', editor).execute();
		await note(transaction, now, { editor: atServer, action: 'password', detail: editor });
	});
}

/** Lets an editor work at the desk no more, and ends all of the editor's sessions. @throws Error where there is none */
export async function removeEditor(database: Database, name: string, now: number): Promise<void> {
	const editor = toEditorName(name) ?? '';
	await database.transaction().execute(async (transaction) => {
		await transaction.deleteFrom('sessions').where('editor', '=', editor).execute();
		const { numDeletedRows } = await transaction.deleteFrom('editors').where('name', '=', editor).executeTakeFirst();
		if (numDeletedRows === 0n) throw unknown(name);
		await note(transaction, now, { editor: atServer, action: 'remove editor', detail: editor });
	});
}

/** @throws Error where there is no such editor */
export async function mustFindEditor(database: Database, name: string): Promise<void> {
	const found = await database
		.selectFrom('editors')
		.select('name')
		.where('name', '=', toEditorName(name) ?? '')
		.executeTakeFirst();
	if (!found) throw unknown(name);
}

function unknown(name: string): Error {
	return new Error(`There is no editor "${name}".`);
}
