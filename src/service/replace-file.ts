import { mkdir, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** Sees to it that the names in a folder are on the disk. */
async function syncFolder(folder: string): Promise<void> {
	const handle = await open(folder, 'r');
	try {
		await handle.sync();
	} finally {
		await handle.close();
	}
}

/** Writes a file, whole or not at all, also where the computer fails; its folder is made. */
export async function replaceFile(file: string, bytes: string | Uint8Array, mode = 0o666): Promise<void> {
	const folder = dirname(file);
	await mkdir(folder, { recursive: true });
	// Names with a dot are no content.
	const unfinished = join(folder, `.${basename(file)}.${process.pid}`);
	try {
		const handle = await open(unfinished, 'w', mode);
		try {
			await handle.writeFile(bytes);
			await handle.sync();
		} finally {
			await handle.close();
		}
		await rename(unfinished, file);
		await syncFolder(folder);
	} catch (error) {
		await rm(unfinished, { force: true });
		throw error;
	}
}
