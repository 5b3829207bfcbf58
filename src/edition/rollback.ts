import { join } from 'node:path';
import { broughtBack, isIntact, readManifest } from './check/manifest.ts';
import { explainDisk } from './disk.ts';
import { takeLock } from './lock.ts';
import { logPublication } from './log.ts';
import { currentEdition, formerEdition, mend, openStore, showEdition, type Store } from './store.ts';

/**
 * Lets readers have the edition again that they had before the present one.
 * @param onWait is called where another process is at work, with its id; without it, nothing is waited for
 * @returns the names of both editions
 * @throws BusyError where another is at work; Error where no former edition is kept, it is damaged, or it has what was
 * retracted since
 */
export async function rollBack(
	path: string,
	onWait?: (holder: number) => void,
): Promise<{ from: string; to: string; folder: string }> {
	try {
		const store = await openStore(path);
		const release = await takeLock(store.folder, onWait);
		try {
			return await showFormer(store, path);
		} finally {
			release();
		}
	} catch (error) {
		throw explainDisk(error);
	}
}

async function showFormer(store: Store, path: string): Promise<{ from: string; to: string; folder: string }> {
	await mend(store);
	const [from, to] = [currentEdition(store), formerEdition(store)];
	if (from === undefined || to === undefined)
		throw new Error(`There is no former edition of ${path} to go back to. Publish one with "npm run build".`);
	const back = await broughtBack(join(store.folder, from), join(store.folder, to));
	if (back.length > 0)
		throw new Error(
			`The edition ${to} would bring back what was retracted since: ${back.join(', ')}. Correct the content, and publish it with "npm run build".`,
		);
	const manifest = await readManifest(join(store.folder, to));
	if (manifest && !(await isIntact(join(store.folder, to), manifest)))
		throw new Error(`The edition ${to} was damaged. Correct the content, and publish it with "npm run build".`);
	showEdition(store, to);
	await logPublication(store.folder, 'rolled back', to);
	return { from, to, folder: store.folder };
}
