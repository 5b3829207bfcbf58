import { cp, link, mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Manifest } from './check/manifest.ts';

/**
 * Returns the paths of pictures and type, which Astro names by their bytes: with any page that was made earlier some of
 * them may be needed.
 */
export function assetsOf({ files }: Pick<Manifest, 'files'>): string[] {
	return Object.keys(files).filter((path) => path.startsWith('_astro/'));
}

/**
 * Takes files over from a former edition, as links to the same bytes where the disk can do that. What is no more there is
 * left out, for the check to find.
 * @param files relative to the edition
 */
export async function carryOver(former: string, edition: string, files: Iterable<string>): Promise<void> {
	const folders = new Set<string>();
	for (const file of files) {
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
		if (isSettled(error)) return;
		// A disk without links, or a file that has as many as it may have.
		await cp(from, to, { force: false, preserveTimestamps: true }).catch((fault: unknown) => {
			if (!isSettled(fault)) throw fault;
		});
	}
}

/** Tells whether there is nothing to do: the file was made anew, or there is none to take over. */
function isSettled(error: unknown): boolean {
	return error instanceof Error && 'code' in error && (error.code === 'EEXIST' || error.code === 'ENOENT');
}
