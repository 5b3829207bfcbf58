import { execFile } from 'node:child_process';
import { appendFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Store } from './store.ts';

/**
 * Adds a line to the store's log: what an edition itself must not hold, because it does not follow from content. A log
 * that cannot be written undoes no publication, and is told of.
 */
export async function logPublication(store: Store, what: 'published' | 'rolled back', edition: string): Promise<void> {
	// The real time, also where the paper is made for another.
	const entry = { at: new Date().toISOString(), what, edition, commit: await commitOf(), host: hostname() };
	try {
		await appendFile(join(store.folder, 'log.jsonl'), `${JSON.stringify(entry)}\n`);
	} catch (error) {
		console.error(`The log could not be written: ${error instanceof Error ? error.message : String(error)}`);
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
