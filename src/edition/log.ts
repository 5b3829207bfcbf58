import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { appendFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'astro/zod';

const entrySchema = z.object({
	/** The real time, also where the paper is made for another. */
	at: z.iso.datetime(),
	what: z.enum(['published', 'rolled back']),
	edition: z.string(),
	/** The moment for which the edition was made; nothing where it was taken from what there was. */
	clock: z.iso.datetime().optional(),
	commit: z.string().nullable(),
	host: z.string(),
});
type Entry = z.infer<typeof entrySchema>;

const logOf = (store: string) => join(store, 'log.jsonl');

/**
 * Adds a line to the log of a folder of editions: what an edition itself must not hold, because it does not follow from
 * content. A log that cannot be written undoes no publication, and is told of.
 */
export async function logPublication(
	store: string,
	what: Entry['what'],
	edition: string,
	clock?: number,
): Promise<void> {
	const entry: Entry = {
		at: new Date().toISOString(),
		what,
		edition,
		...(clock !== undefined && { clock: new Date(clock).toISOString() }),
		commit: await commitOf(),
		host: hostname(),
	};
	try {
		await appendFile(logOf(store), `${JSON.stringify(entry)}\n`);
	} catch (error) {
		console.error(`The log could not be written: ${error instanceof Error ? error.message : String(error)}`);
	}
}

/** Returns the last line of the log; nothing where there is none that can be read. */
export function readLastEntry(store: string): Entry | undefined {
	try {
		return entrySchema.parse(JSON.parse(readFileSync(logOf(store), 'utf8').trimEnd().split('\n').at(-1) ?? ''));
	} catch {
		return undefined;
	}
}

/** Returns the commit of the working folder, with `-dirty` where files differ from it; nothing where there is no Git. */
async function commitOf(): Promise<string | null> {
	const args = ['describe', '--always', '--dirty', '--abbrev=40', '--exclude=*'];
	return promisify(execFile)('git', args).then(
		({ stdout }) => stdout.trim(),
		() => null,
	);
}
