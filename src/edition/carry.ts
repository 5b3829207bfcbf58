import { linkSync, lstatSync, mkdirSync, renameSync, rmdirSync, rmSync } from 'node:fs';
import { cp, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Manifest } from './check/manifest.ts';
import { listFiles, manifestName } from './check/scan.ts';

/**
 * Returns the paths of pictures and type, which Astro names by their bytes: with any page that was made earlier some of
 * them may be needed.
 */
export function assetsOf({ files }: Pick<Manifest, 'files'>): string[] {
	return Object.keys(files).filter((path) => path.startsWith('_astro/'));
}

/**
 * Takes files over from a former edition, as links to the same bytes where the disk can do that; files that were made
 * anew stay. What is no more there is left out, for the check to find.
 * @param files relative to the edition
 * @param spare an edition that nobody needs any more. It has most of these links already: it becomes the edition, with
 * what was made put into it
 */
export async function carryOver(
	former: string,
	edition: string,
	files: ReadonlySet<string>,
	spare: string,
): Promise<void> {
	const kept = strip(spare, former, files);
	if (kept) {
		for (const path of listFiles(edition).paths) moveInto(spare, edition, path);
		await rm(edition, { recursive: true });
		renameSync(spare, edition);
	}
	const missing = kept ? files.difference(kept) : files;
	const folders = new Set<string>();
	for (const file of missing) {
		const to = join(edition, file);
		if (!folders.has(dirname(to))) mkdirSync(dirname(to), { recursive: true });
		folders.add(dirname(to));
		await carry(join(former, file), to);
	}
}

/**
 * Removes from a folder whatever is not a link to one of the files of another.
 * @returns the files that stay; nothing where it is no folder, or does not let its files be removed
 */
function strip(folder: string, other: string, files: ReadonlySet<string>): Set<string> | undefined {
	if (lstatSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) return undefined;
	const { paths, others } = listFiles(folder);
	const isKept = (path: string) => files.has(path) && isSameFile(join(folder, path), join(other, path));
	const kept = new Set(paths.filter(isKept));
	const removed = [...paths.filter((path) => !kept.has(path)), ...others, manifestName];
	try {
		for (const path of removed) rmSync(join(folder, path), { force: true });
	} catch {
		return undefined;
	}
	removeEmpty(folder, removed.map(dirname));
	return kept;
}

function isSameFile(one: string, other: string): boolean {
	const [a, b] = [one, other].map((path) => lstatSync(path, { bigint: true, throwIfNoEntry: false }));
	return a?.isFile() === true && a.ino === b?.ino && a.dev === b.dev;
}

/** Removes those of the folders that are empty, and those that are empty without them. */
function removeEmpty(root: string, folders: readonly string[]): void {
	for (const folder of new Set(folders))
		for (let path = folder; path !== '.' && removeIfEmpty(join(root, path));) path = dirname(path);
}

function removeIfEmpty(folder: string): boolean {
	try {
		rmdirSync(folder);
		return true;
	} catch {
		return false;
	}
}

function moveInto(to: string, from: string, path: string): void {
	mkdirSync(dirname(join(to, path)), { recursive: true });
	renameSync(join(from, path), join(to, path));
}

async function carry(from: string, to: string): Promise<void> {
	try {
		linkSync(from, to);
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
