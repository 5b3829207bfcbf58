import { takeLock } from './lock.ts';
import { logPublication } from './log.ts';
import { currentEdition, formerEdition, mend, openStore, showEdition } from './store.ts';

/**
 * Lets readers have the edition again that they had before the present one.
 * @param onWait is called where another process is at work, with its id; without it, nothing is waited for
 * @returns the names of both editions
 * @throws BusyError where another is at work; Error where no former edition is kept
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
		showEdition(store, to);
		await logPublication(store, 'rolled back', to);
		return { from, to, folder: store.folder };
	} finally {
		release();
	}
}
