import { join } from 'node:path';
import { broughtBack, isIntact, readManifest } from './check/manifest.ts';
import { explainDisk } from './disk.ts';
import { takeLock } from './lock.ts';
import { logPublication } from './log.ts';
import { currentEdition, formerEditions, mend, openStore, showEdition, type Store } from './store.ts';

interface Rollback {
	/** Names of both editions. */
	from: string;
	to: string;
	/** Where they are. */
	folder: string;
	/** Sentences on editions between them that readers cannot have again. */
	passedOver: readonly string[];
}

/**
 * Lets readers have an edition again that they had before the present one: the newest that is whole and has nothing that
 * was retracted since.
 * @param onWait is called where another process is at work, with its id; without it, nothing is waited for
 * @throws BusyError where another is at work; Error where no such edition is kept
 */
export async function rollBack(path: string, onWait?: (holder: number) => void): Promise<Rollback> {
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

async function showFormer(store: Store, path: string): Promise<Rollback> {
	await mend(store);
	const from = currentEdition(store) ?? '';
	const passedOver: string[] = [];
	for (const to of formerEditions(store)) {
		const fault = await faultOf(join(store.folder, to), join(store.folder, from));
		if (fault !== undefined) {
			passedOver.push(`The edition ${to} ${fault}.`);
			continue;
		}
		showEdition(store, to);
		await logPublication(store.folder, 'rolled back', to);
		return { from, to, folder: store.folder, passedOver };
	}
	if (passedOver.length === 0)
		throw new Error(`There is no former edition of ${path} to go back to. Publish one with "npm run build".`);
	throw new Error(`${passedOver.join(' ')} Correct the content, and publish it with "npm run build".`);
}

/** Returns why readers cannot have an edition again in the place of the one that they get. */
async function faultOf(edition: string, present: string): Promise<string | undefined> {
	const back = await broughtBack(present, edition);
	if (back.length > 0) return `would bring back what was retracted since: ${back.join(', ')}`;
	const manifest = await readManifest(edition);
	return manifest && !(await isIntact(edition, manifest)) ? 'was damaged' : undefined;
}
