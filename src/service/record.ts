import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { stringify } from 'yaml';
import { site } from '../site.ts';
import type { CommentRow } from './tables.ts';

/**
 * Writes an approved comment as the file from which the paper shows it, whole or not at all: the record, which the
 * database can be lost without.
 * @param folder where comments lie as files
 */
export async function writeRecord(folder: string, comment: CommentRow): Promise<void> {
	const file = fileOf(folder, comment);
	await mkdir(dirname(file), { recursive: true });
	// Names with a dot are no content.
	const unfinished = join(dirname(file), `.${comment.id}.${process.pid}`);
	const handle = await open(unfinished, 'w');
	try {
		await handle.writeFile(toYaml(comment));
		await handle.sync();
	} finally {
		await handle.close();
	}
	await rename(unfinished, file);
}

/** Removes an approved comment from what the paper shows. */
export async function removeRecord(folder: string, comment: CommentRow): Promise<void> {
	await rm(fileOf(folder, comment), { force: true });
}

function fileOf(folder: string, { article, id }: CommentRow): string {
	return join(folder, article, `${id}.yaml`);
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
