import { createHash } from 'node:crypto';
import { lstatSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isSettled } from './check/settled.ts';

/**
 * Returns a digest of the names, sizes, places and times of all files in folders: as long as it is the same, so are their
 * bytes. Nothing where a folder cannot be read, or a file has changed so lately that its next change might not show.
 */
export async function digestOfSources(folders: readonly string[]): Promise<string | undefined> {
	const now = Date.now();
	const hash = createHash('sha256');
	for (const folder of folders) {
		const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => undefined);
		// Whoever needs the folder says what is wrong with it.
		if (!entries) return undefined;
		const files = entries.filter((entry) => !entry.isDirectory()).map(({ parentPath, name }) => join(parentPath, name));
		for (const file of files.sort()) {
			const { size, ino, mtimeMs, ctimeMs } = lstatSync(file);
			if (!isSettled(mtimeMs, now) || !isSettled(ctimeMs, now)) return undefined;
			hash.update(`${file}\0${[size, ino, mtimeMs, ctimeMs].join(' ')}\n`);
		}
		hash.update('\n');
	}
	return hash.digest('base64url');
}
