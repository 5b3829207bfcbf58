import { randomUUIDv7 } from 'node:crypto';
import type { serviceWords } from '../../words/service-words.ts';
import type { Database } from '../database.ts';
import type { AuditRow } from '../tables.ts';
import { pageSize } from './lists.ts';

type Action = keyof typeof serviceWords.desk.actions;

/** Notes what an editor did. @param deed with `detail`: what it was before, or another particular */
export async function note(
	database: Database,
	now: number,
	deed: { editor: string; action: Action; comment?: string; detail?: string },
): Promise<void> {
	const row: AuditRow = { id: randomUUIDv7(), at: now, comment: null, detail: '', ...deed };
	await database.insertInto('audit').values(row).execute();
}

/** Returns what was done, the last first. @param page counted from 1 */
export function readAudit(database: Database, page: number): Promise<AuditRow[]> {
	const rows = database.selectFrom('audit').selectAll().orderBy('at', 'desc').orderBy('id', 'desc');
	return rows
		.limit(pageSize)
		.offset((page - 1) * pageSize)
		.execute();
}

/** Returns what was done to a comment, the first first. */
export function readAuditOf(database: Database, comment: string): Promise<AuditRow[]> {
	return database.selectFrom('audit').selectAll().where('comment', '=', comment).orderBy('at').orderBy('id').execute();
}
