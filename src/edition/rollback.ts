import { join } from 'node:path';
import { readManifest } from './check/manifest.ts';
import { takeLock } from './lock.ts';
import { logPublication } from './log.ts';
import { currentEdition, formerEdition, mend, openStore, showEdition } from './store.ts';

/**
 * Lets readers have the edition again that they had before the present one.
 * @param onWait is called where another process is at work, with its id; without it, nothing is waited for
 * @returns the names of both editions
 * @throws BusyError where another is at work; Error where no former edition is kept, or it has what was retracted since
 */
export async function rollBack(
	path: string,
	onWait?: (holder: number) => void,
): Promise<{ from: string; to: string; folder: string }> {
	const store = await openStore(path);
	const release = await takeLock(store.folder, onWait);
	try {
		await mend(store);
		const [from, to] = [currentEdition(store), formerEdition(store)];
		if (from === undefined || to === undefined)
			throw new Error(`There is no former edition of ${path} to go back to. Publish one with "npm run build".`);
		const back = await broughtBack(join(store.folder, from), join(store.folder, to));
		if (back.length > 0)
			throw new Error(
				`The edition ${to} would bring back what was retracted since: ${back.join(', ')}. Correct the content, and publish it with "npm run build".`,
			);
		showEdition(store, to);
		await logPublication(store, 'rolled back', to);
		return { from, to, folder: store.folder };
	} finally {
		release();
	}
}

/** Returns the addresses of articles that one edition has as retracted, and another not. */
async function broughtBack(from: string, to: string): Promise<string[]> {
	const [retracted = [], former] = [(await readManifest(from))?.retracted, await readManifest(to)];
	const isGone = (address: string) => former && !(`${address}index.html` in former.files);
	return retracted.filter((address) => !isGone(address) && !former?.retracted.includes(address));
}
