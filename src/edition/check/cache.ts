import { createHash } from 'node:crypto';
import { lstatSync, readFileSync } from 'node:fs';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { digestOfProgram } from '../../environment.ts';
import { type CheckedFile, keyOf } from './facts.ts';
import { isPacked, merge, nothing, type Packed, tighten } from './packing.ts';
import { listFiles, manifestName, scanAll } from './scan.ts';
import { isSettled } from './settled.ts';

const root = join(import.meta.dirname, '../../..');
/** What facts follow from beside the files. */
const code = ['edition/check', 'domain/paths.ts', 'words', 'site.ts'];

/** What part of an edition's files must be new for what is kept to be written anew: one in these. */
const worthwhile = 200;

/**
 * Returns files of an edition with their facts, in the order of their paths. Without a cache each is read. With one,
 * files are read that are not where they were, or of which the disk tells another number, size or time: who changes a
 * file in its place and puts its time back is found out only by a check without a cache.
 */
export async function learn(folder: string, paths: readonly string[], cacheFile?: string): Promise<Packed> {
	if (cacheFile === undefined) return inOrder(await scanAll({ folder, paths, known: new Set() }));
	const now = Date.now();
	const kept = await readKept(cacheFile);
	const stamps = new Map(paths.map((path) => [path, stampOf(`${folder}/${path}`, now)]));
	const same = kept.files.filter(({ path, stamp }) => stamp !== undefined && stamps.get(path) === stamp);
	for (const { path } of same) stamps.delete(path);
	if (stamps.size === 0) return { texts: kept.texts, files: same };
	const known = new Map(kept.files.map((file) => [keyOf(file), file.facts]));
	const scanned = await scanAll({ folder, paths: [...stamps.keys()], known: new Set(known.keys()) });
	for (const file of scanned.files) file.stamp = stamps.get(file.path);
	const isKnown = (file: CheckedFile) => known.has(keyOf(file));
	const moved = scanned.files.filter(isKnown).map((file) => ({ ...file, facts: known.get(keyOf(file)) }));
	const changed = scanned.files.filter((file) => !isKnown(file));
	const all = inOrder(
		merge([
			{ texts: kept.texts, files: [...same, ...moved] },
			{ texts: scanned.texts, files: changed },
		]),
	);
	// To read a few files once more takes less than to write everything that is known.
	if (scanned.files.length * worthwhile > paths.length) await keep(cacheFile, tighten(all));
	return all;
}

function inOrder({ texts, files }: Packed): Packed {
	return { texts, files: files.sort((a, b) => (a.path < b.path ? -1 : 1)) };
}

/**
 * Returns a digest of what an edition says of itself and of the stamps of its files: as long as it is the same, so are all
 * their bytes. Nothing where one has changed so lately that its next change might not show, or where there is anything
 * beside files.
 */
export function readStamps(folder: string): string | undefined {
	const now = Date.now();
	const { paths, others } = listFiles(folder);
	const digest = createHash('sha256').update(readFileSync(join(folder, manifestName)));
	for (const path of paths) {
		const stamp = stampOf(`${folder}/${path}`, now);
		if (stamp === undefined) return undefined;
		digest.update(`${stamp} ${path}\n`);
	}
	return others.length > 0 ? undefined : digest.digest('base64url');
}

/**
 * Returns by what a file is known on the disk, where that changes whenever the file does: a link to the same file has
 * it too. Not the time of the last change to the file's entry (ctime): each new link changes it. Nothing where the file
 * has changed so lately that a later change might not show.
 */
function stampOf(file: string, now: number): string | undefined {
	const { dev, ino, size, mtimeMs } = lstatSync(file);
	return isSettled(mtimeMs, now) ? `${dev} ${ino} ${size} ${mtimeMs}` : undefined;
}

/** Returns what an earlier check with the same code has kept; nothing where there is none or the file is spoilt. */
async function readKept(file: string): Promise<Packed> {
	const bytes = await readFile(file).catch(() => Buffer.alloc(0));
	const end = bytes.indexOf('\n');
	const body = bytes.subarray(end + 1);
	if (end < 0 || bytes.toString('utf8', 0, end) !== (await sealOf(body))) return nothing;
	const saved: unknown = deserialize(body);
	return isPacked(saved) ? saved : nothing;
}

/** Keeps the facts of an edition's files, in place of all that was kept before. */
async function keep(file: string, packed: Packed): Promise<void> {
	const body = serialize(packed);
	await writeFile(`${file}.next`, [await sealOf(body), '\n', body]);
	await rename(`${file}.next`, file);
}

/**
 * Returns what only this code, these packages and this Node.js can have written before the bytes: whatever bears it has
 * the shape that is expected.
 */
async function sealOf(body: Uint8Array): Promise<string> {
	return createHash('sha256')
		.update(await digestOfProgram(root, code))
		.update(body)
		.digest('hex');
}
