import {
	copyFileSync,
	existsSync,
	linkSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	statSync,
	utimesSync,
} from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as paths from '../domain/paths.ts';
import { type Manifest, readManifest } from '../edition/check/manifest.ts';
import { manifestName } from '../edition/check/scan.ts';
import { isText } from '../edition/media-types.ts';
import { codings, packedName } from '../edition/pack.ts';
import {
	currentEdition,
	editionsOf,
	fileEdition,
	nextName,
	packedIn,
	removeLeniently,
	showEdition,
	type Store,
} from '../edition/store.ts';
import { lastingFilesBefore } from '../server/served-edition.ts';
import { caddyFiles, caddyRedirects } from './caddy.ts';
import type { Moved } from '../domain/moved.ts';
import { nginxFiles, nginxRedirects } from './nginx.ts';
import { readPaper } from './paper.ts';

/** An edition that is to be delivered. */
export interface Source {
	/** Absolute path of its folder. */
	folder: string;
	manifest: Manifest;
	moved: Moved;
}

/**
 * Returns the edition that readers get of a store.
 * @param moved addresses of a former paper that lead on too
 * @throws Error where there is none
 */
export async function readSource(store: Store, moved: Moved = new Map()): Promise<Source> {
	const name = currentEdition(store);
	const folder = join(store.folder, name ?? '');
	const manifest = name === undefined ? undefined : await readManifest(folder);
	if (!manifest)
		throw new Error(`${store.link} has no edition that was published here. Build one with "npm run build".`);
	return { folder, manifest, moved };
}

/** What was laid out for web servers. */
interface LaidOut {
	/** Of its folder. */
	name: string;
	/** False where it was there already. */
	isNew: boolean;
}

/** Names of what lies in a folder in which editions are laid out. */
const ownNames = /^(?:current|next|link|(?:nginx-redirects\.map|caddy-redirects)(?:\.next)?|\d+-[\da-f]{8})$/;

/**
 * Lays an edition out for nginx and Caddy: `current` in the folder leads to its files, each text with its compressed forms
 * beside it, and to what the servers include in their configuration. Readers get all of it at once, by one renaming; what
 * they had before stays until the next. Which addresses lead on stands beside it, in files that change only when that
 * does: servers read it when they are told to.
 * @param folder absolute path of a folder that is not there, is empty or has been laid out before
 * @throws Error where the folder holds something else
 */
export async function layOutForServers(source: Source, folder: string): Promise<LaidOut> {
	const place: Store = { link: join(folder, 'current'), folder };
	await mkdir(folder, { recursive: true });
	if (readdirSync(folder).some((name) => !ownNames.test(name)))
		throw new Error(`${folder} holds something that was not laid out by this command. Choose another folder.`);
	const paper = await readPaper(source, folder);
	const settings = { ...nginxFiles(paper), ...caddyFiles(paper) };
	const former = currentEdition(place);
	const isNew = former === undefined || !isSame(join(folder, former), source.folder, settings);
	const name = isNew ? await showNext(place, source, settings) : former;
	await replaceFile(join(folder, 'caddy-redirects'), caddyRedirects(paper));
	// The last, since servers are told when it changes.
	await replaceFile(join(folder, 'nginx-redirects.map'), nginxRedirects(paper));
	for (const other of editionsOf(place))
		if (other !== name && (!isNew || other !== former)) await removeLeniently(join(folder, other));
	return { name, isNew };
}

/** Lays an edition out, and lets servers have it from then on. Returns its name there. */
async function showNext(place: Store, source: Source, settings: Readonly<Record<string, string>>): Promise<string> {
	const next = join(place.folder, 'next');
	await removeLeniently(next);
	await placeFiles(source, join(next, 'files', paths.home()), true);
	for (const [name, text] of Object.entries(settings)) await writeFile(join(next, name), text);
	const name = nextName(place, source.manifest.digest.slice(0, 8));
	await fileEdition(place, next, name);
	showEdition(place, name);
	return name;
}

/** Writes a file whole or not at all, and only where it says something else: who watches it is told of news alone. */
async function replaceFile(file: string, text: string): Promise<void> {
	if (readIfThere(file) === text) return;
	await writeFile(`${file}.next`, text);
	await rename(`${file}.next`, file);
}

function readIfThere(file: string): string | undefined {
	return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

/** Tells whether what was laid out is of an edition, and says the same to servers. */
function isSame(laidOut: string, edition: string, texts: Readonly<Record<string, string>>): boolean {
	const manifest = join(laidOut, 'files', paths.file(manifestName));
	return (
		readIfThere(manifest) === readIfThere(join(edition, manifestName)) &&
		Object.entries(texts).every(([name, text]) => readIfThere(join(laidOut, name)) === text)
	);
}

/**
 * Puts the files of an edition into a new folder, and those of former ones that pages may want which readers have open: as
 * links where the disk can do that.
 * @param isPacked true where compressed forms are to lie beside texts
 * @returns how many files that are, without compressed forms
 */
export async function placeFiles({ folder, manifest }: Source, to: string, isPacked: boolean): Promise<number> {
	const packed = packedIn({ folder: dirname(folder) });
	const files = await lastingFilesBefore(folder, manifest);
	for (const [path, hash] of Object.entries(manifest.files)) files.set(path, { folder, hash });
	const folders = new Set<string>();
	let placed = 1;
	for (const [path, place] of files) {
		const [file, target] = [join(place.folder, path), join(to, path)];
		// What a former edition has lost keeps no new one from its readers.
		if (place.folder !== folder && !existsSync(file)) continue;
		if (!folders.has(dirname(target))) mkdirSync(dirname(target), { recursive: true });
		folders.add(dirname(target));
		linkOrCopy(file, target);
		placed++;
		if (isPacked && isText(path)) placeForms(target, packed, place.hash);
	}
	linkOrCopy(join(folder, manifestName), join(to, manifestName));
	return placed;
}

/**
 * Puts compressed forms beside a file, all or none: servers say that there are others only where they look for them.
 * @param packed the folder that has them
 * @param hash of what the file holds
 */
function placeForms(file: string, packed: string, hash: string): void {
	const { size } = statSync(file);
	const forms = codings.map((coding) => ({ coding, form: join(packed, packedName(hash, coding)) }));
	const isWorthIt = forms.every(({ form }) => {
		const bytes = statSync(form, { throwIfNoEntry: false })?.size ?? 0;
		// A computer that fails may leave a file with nothing in it.
		return bytes > 0 && bytes < size;
	});
	if (isWorthIt) for (const { coding, form } of forms) linkOrCopy(form, packedName(file, coding));
}

function linkOrCopy(from: string, to: string): void {
	try {
		linkSync(from, to);
	} catch (error) {
		if (!(error instanceof Error && 'code' in error && ['EXDEV', 'EPERM', 'EMLINK'].includes(String(error.code))))
			throw error;
		copyFileSync(from, to);
		const { atime, mtime } = statSync(from);
		utimesSync(to, atime, mtime);
	}
}
