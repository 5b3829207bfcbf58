import { lstatSync, readdirSync, readlinkSync, renameSync, rmdirSync, rmSync, symlinkSync } from 'node:fs';
import { mkdir, readdir, readlink, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { readLastEntry } from './log.ts';

/** How many former editions are kept to go back to. */
const keptEditions = 3;

/** How many symbolic links are followed, as Linux does. */
export const mostLinks = 40;

/** Files by which a folder is known to hold an edition. */
const hallmarks = ['index.html', 'rss.xml', 'sitemap-index.xml'];

/**
 * Where editions are published: readers' address of them, a symbolic link, and the folder beside it that holds the
 * editions. Each of those is whole and checked from the moment it has its name, `7-1f3a90bc`, and never written again;
 * what is being made or removed has other names. What an edition was made of, its plan, lies beside it, and its texts in
 * `packed`, compressed.
 */
export interface Store {
	/** Absolute path of the link to the edition that readers get. */
	link: string;
	/** Absolute path of the folder that holds the editions. */
	folder: string;
}

/**
 * Opens the store for an output folder. A symbolic link that somebody else has made is followed to where it leads.
 * @throws Error where `path` holds something that is no edition
 */
export async function openStore(path: string, links = 0): Promise<Store> {
	if (links > mostLinks) throw new Error(`${path} is a link that leads back to itself. Remove it, and build again.`);
	const folder = editionsBeside(path);
	const kind = kindOf(path);
	if (kind === 'link') {
		const leadsTo = resolve(dirname(path), await readlink(path));
		if (dirname(leadsTo) !== folder) return openStore(leadsTo, links + 1);
	}
	if (kind === 'other' || (kind === 'folder' && !isEdition(await readdir(path))))
		throw new Error(`${path} holds something that is no edition, and a build would delete it. Choose another folder.`);
	await mkdir(folder, { recursive: true });
	return { link: path, folder };
}

/** Returns the path of the folder that holds the editions of an output folder. */
export function editionsBeside(path: string): string {
	return join(dirname(path), `.${basename(path)}-editions`);
}

function kindOf(path: string): 'nothing' | 'link' | 'folder' | 'other' {
	const stats = lstatSync(path, { throwIfNoEntry: false });
	if (!stats) return 'nothing';
	if (stats.isSymbolicLink()) return 'link';
	return stats.isDirectory() ? 'folder' : 'other';
}

function isEdition(files: readonly string[]): boolean {
	return files.length === 0 || hallmarks.every((file) => files.includes(file));
}

/** Returns the path of the file that tells what an edition was made of. */
export function planOf({ folder }: Store, name: string): string {
	return join(folder, `${name}.plan.json`);
}

/** Returns the path at which the edition is kept that was removed last: the next one is made of it. */
export function spareOf({ folder }: Store): string {
	return join(folder, 'spare');
}

/** Returns the folder in which editions' texts lie compressed, see `pack.ts`. */
export function packedIn({ folder }: Pick<Store, 'folder'>): string {
	return join(folder, 'packed');
}

/** Returns the folder in which texts are being compressed. */
export function packingIn({ folder }: Store): string {
	return join(folder, 'packing');
}

/** Returns the names of all editions, the oldest first. */
export function editionsOf({ folder }: Pick<Store, 'folder'>): string[] {
	return readdirSync(folder)
		.filter((name) => /^\d+-\w+$/.test(name))
		.sort((a, b) => numberOf(a) - numberOf(b));
}

function numberOf(name: string): number {
	return Number(name.split('-', 1)[0]);
}

/** Returns the name of the edition that readers get; nothing where there is none yet. */
export function currentEdition(store: Store): string | undefined {
	if (kindOf(store.link) !== 'link') return undefined;
	const name = basename(readlinkSync(store.link));
	return editionsOf(store).includes(name) ? name : undefined;
}

/** Returns the names of the editions that readers had before the one that they get, as far as they are kept, newest first. */
export function formerEditions(store: Store): string[] {
	return editionsBefore(store, currentEdition(store) ?? '');
}

/** Returns the names of the editions that are kept from before another one, newest first. */
export function editionsBefore(store: Pick<Store, 'folder'>, name: string): string[] {
	const editions = editionsOf(store);
	return editions.slice(0, Math.max(0, editions.indexOf(name))).reverse();
}

/** Gives a finished folder of the store its name among the editions. */
export async function fileEdition(store: Store, workshop: string, name: string): Promise<void> {
	await rename(workshop, join(store.folder, name));
}

/** Returns the name of the next edition. @param rest what stands behind its number */
export function nextName(store: Store, rest: string): string {
	const last = editionsOf(store).at(-1);
	return `${last === undefined ? 1 : numberOf(last) + 1}-${rest}`;
}

/**
 * Lets readers have an edition of the store from now on, by one renaming; an empty folder makes way.
 * @param onLinked is called right before
 */
export function showEdition(store: Store, name: string, onLinked?: () => void): void {
	const next = join(store.folder, 'link');
	rmSync(next, { force: true });
	symlinkSync(join(relative(dirname(store.link), store.folder), name), next);
	onLinked?.();
	if (kindOf(store.link) === 'folder') rmdirSync(store.link);
	renameSync(next, store.link);
}

/**
 * Puts things right before work: files a real folder, as it stood before links were used, among the editions, puts back
 * a link that has gone, and removes what commands that were killed have left. Between a real folder's two renamings
 * nothing else is done; a process that ends between them is the reason why a link that has gone is put back.
 */
export async function mend(store: Store): Promise<void> {
	if (kindOf(store.link) === 'folder' && readdirSync(store.link).length > 0) {
		const name = nextName(store, 'former');
		renameSync(store.link, join(store.folder, name));
		showEdition(store, name);
	}
	if (currentEdition(store) === undefined) {
		const logged = readLastEntry(store.folder)?.edition;
		const last = editionsOf(store).find((name) => name === logged) ?? editionsOf(store).at(-1);
		if (last !== undefined) showEdition(store, last);
	}
	const editions = editionsOf(store);
	const kept = new Set([...editions, ...editions.map((name) => basename(planOf(store, name)))]);
	for (const name of await readdir(store.folder))
		if (!kept.has(name) && !/^(?:lock-.*|log\.jsonl|packed|spare)$/.test(name))
			await removeLeniently(join(store.folder, name));
}

/** Removes all editions but the one that readers get and those that are kept before it. */
export async function tidy(store: Store): Promise<void> {
	const editions = editionsOf(store);
	const current = editions.indexOf(currentEdition(store) ?? '');
	for (const [i, name] of editions.entries()) {
		if (i <= current && i >= current - keptEditions) continue;
		await removeLeniently(spareOf(store));
		// Half removed, it must not look like an edition.
		const retired = kindOf(spareOf(store)) === 'nothing' ? spareOf(store) : join(store.folder, `removed-${name}`);
		try {
			await rename(join(store.folder, name), retired);
		} catch (error) {
			sayHowToRemove(join(store.folder, name), error);
			continue;
		}
		if (retired !== spareOf(store)) await removeLeniently(retired);
		await removeLeniently(planOf(store, name));
	}
}

/** Removes a folder into which Astro may still be writing; what stays behind is removed by the next build. */
export async function removeLeniently(folder: string): Promise<void> {
	try {
		await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
	} catch (error) {
		sayHowToRemove(folder, error);
	}
}

function sayHowToRemove(folder: string, error: unknown): void {
	console.error(`Remove ${folder} by hand: ${error instanceof Error ? error.message : String(error)}`);
}
