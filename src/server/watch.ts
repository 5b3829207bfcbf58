import { realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { manifestName } from '../edition/check/scan.ts';
import { openEdition, type ServedEdition } from './served-edition.ts';

/** For how long, in milliseconds, nobody looks again which edition readers get: far less than a publication takes. */
export const untilNextLook = 20;

/**
 * Returns what tells which edition a folder holds, or the link in its place: always the present one, and whole. Nothing
 * where there is none, or one that does not tell what it holds.
 */
export function watchEditions(path: string): () => Promise<ServedEdition | undefined> {
	let lookedAt = -Infinity;
	let seen: string | undefined;
	let edition: Promise<ServedEdition | undefined> = Promise.resolve(undefined);
	/** What cannot be opened, as where a computer has too many files open, is tried again at the next look. */
	const open = async (folder: string, former: typeof edition) => {
		const opened = await openEdition(folder).catch(() => undefined);
		if (opened) return opened;
		seen = undefined;
		return former;
	};
	return () => {
		const now = performance.now();
		if (now - lookedAt < untilNextLook) return edition;
		lookedAt = now;
		const { folder, stamp } = look(path);
		if (stamp === seen) return edition;
		const former = edition;
		edition = folder === undefined ? Promise.resolve(undefined) : open(folder, former);
		seen = stamp;
		return edition;
	};
}

/** Returns where an edition really is, and what changes whenever it does. */
function look(path: string): { folder?: string; stamp?: string } {
	try {
		const folder = realpathSync.native(path);
		const { ino, mtimeMs } = statSync(join(folder, manifestName));
		return { folder, stamp: `${folder} ${ino} ${mtimeMs}` };
	} catch {
		return {};
	}
}
