import { setImmediate, setTimeout } from 'node:timers/promises';
import type { Database } from './database.ts';
import type { CommentRow } from './tables.ts';

interface Waiting {
	comment: CommentRow;
	resolve: (isNew: boolean) => void;
	reject: (error: unknown) => void;
}

/** So many comments are written in one transaction at most: PostgreSQL takes 65,535 values in a statement. */
const mostAtOnce = 500;

export interface Inbox {
	/**
	 * Keeps a comment; one that has the receipt of another is that one, sent twice.
	 * @returns whether it is a new one, once it is on the disk
	 */
	receive: (comment: CommentRow) => Promise<boolean>;
}

/** Returns what takes comments in. Those that come while others are being written share the next transaction. */
export function openInbox(database: Database): Inbox {
	let waiting: Waiting[] = [];
	let isWriting = false;

	async function writeAll(): Promise<void> {
		isWriting = true;
		while (waiting.length > 0) {
			// Who came at the same moment is waited for.
			await setImmediate();
			const batch = waiting.slice(0, mostAtOnce);
			waiting = waiting.slice(mostAtOnce);
			await write(database, batch);
		}
		isWriting = false;
	}
	return {
		receive: (comment) =>
			new Promise((resolve, reject) => {
				waiting.push({ comment, resolve, reject });
				if (!isWriting) void writeAll();
			}),
	};
}

/** In milliseconds: after so long a failed transaction is tried again, since a lock or a restart of the database passes. */
const pauses = [50, 200, 500, 1000, 1500];

async function write(database: Database, batch: readonly Waiting[]): Promise<void> {
	for (const pause of [...pauses, undefined])
		try {
			const kept = await database
				.insertInto('comments')
				.values(batch.map(({ comment }) => comment))
				.onConflict((conflict) => conflict.column('receipt').doNothing())
				.returning('id')
				.execute();
			const isKept = new Set(kept.map(({ id }) => id));
			for (const { comment, resolve } of batch) resolve(isKept.has(comment.id));
			return;
		} catch (error) {
			if (pause === undefined) for (const { reject } of batch) reject(error);
			else await setTimeout(pause);
		}
}
