import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/**
 * Makes the folder of an export, so that nothing there is ever overwritten.
 * @throws Error where something is there already
 */
export async function makeFolder(folder: string): Promise<void> {
	await mkdir(folder, { recursive: true }).catch((error: unknown) => {
		throw error instanceof Error && 'code' in error && error.code === 'EEXIST' ? occupied(folder) : error;
	});
	if ((await readdir(folder)).length > 0) throw occupied(folder);
}

const occupied = (folder: string) =>
	new Error(`${folder} is not empty. Name a folder that is not there yet, so that nothing is overwritten.`);

/** Writes a file of an export, with the folders that it needs. */
export async function writeInto(folder: string, path: string, text: string): Promise<void> {
	await mkdir(dirname(join(folder, path)), { recursive: true });
	await writeFile(join(folder, path), text, { flag: 'wx' });
}

/** Returns data as a file of JSON. */
export function toJsonFile(data: unknown): string {
	return `${JSON.stringify(data, undefined, '\t')}\n`;
}
