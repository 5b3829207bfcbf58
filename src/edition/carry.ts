import { constants } from 'node:fs';
import { copyFile, link, mkdir, readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** The folder into which Astro puts pictures and type, under names that change with their bytes. */
const assets = '_astro';

/**
 * Takes files over from a former edition, as links to the same bytes where the disk can do that. What is no more there is
 * left out, for the check to find. Pictures that no file needs any more come along.
 * @param files relative to the edition
 */
export async function carryOver(former: string, edition: string, files: Iterable<string>): Promise<void> {
	const pictures = await readdir(join(former, assets), { withFileTypes: true }).catch(() => []);
	const names = pictures.filter((entry) => entry.isFile()).map(({ name }) => `${assets}/${name}`);
	const folders = new Set<string>();
	for (const file of [...files, ...names]) {
		const to = join(edition, file);
		if (!folders.has(dirname(to))) await mkdir(dirname(to), { recursive: true });
		folders.add(dirname(to));
		await carry(join(former, file), to);
	}
}

/** Takes a file over, as a link where the disk can do that; nothing where it is no more there. */
export async function carry(from: string, to: string): Promise<void> {
	try {
		await link(from, to);
	} catch (error) {
		const code = error instanceof Error && 'code' in error ? error.code : undefined;
		if (code === 'EEXIST' || code === 'ENOENT') return;
		// A disk without links, or a file that has as many as it may have.
		await copyFile(from, to, constants.COPYFILE_EXCL);
	}
}
