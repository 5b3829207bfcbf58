import { hash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'astro/zod';
import type { Problem } from '../../domain/problems.ts';
import type { Checked } from './check.ts';
import { keyOf } from './facts.ts';
import { listFiles, manifestName, scanAll } from './scan.ts';

const countsSchema = z.object({
	articles: z.int(),
	pages: z.int(),
	feeds: z.int(),
	/** Of all files together. */
	bytes: z.int(),
});
export type Counts = z.infer<typeof countsSchema>;

const manifestSchema = countsSchema.extend({
	/** SHA-256 of what `sha256sum` would print of all files, in the order of their paths. */
	digest: z.string(),
	/** As the check has found them; none in editions from before articles could be retracted. */
	retracted: z.array(z.string()).default([]),
	/** As the check has found them; none in editions from before they were written down. */
	redirects: z.record(z.string(), z.string()).default({}),
	/** SHA-256 of each file by its path. */
	files: z.record(z.string(), z.string()),
});
export type Manifest = z.infer<typeof manifestSchema>;

type Content = Pick<Checked, 'counts' | 'retracted' | 'redirects' | 'files'>;

/** Returns what an edition has to say of itself. */
function toManifest({ counts, retracted, redirects, files }: Content): Manifest {
	return {
		...counts,
		digest: hash('sha256', files.map((file) => `${file.hash}  ${file.path}\n`).join('')),
		retracted: [...retracted],
		redirects: { ...redirects },
		files: Object.fromEntries(files.map((file) => [file.path, file.hash])),
	};
}

/**
 * Writes what follows from the content alone: whoever has this file can tell whether an edition is whole, and which
 * files of another differ.
 * @returns what was written
 */
export async function writeManifest(folder: string, content: Content): Promise<Manifest> {
	const manifest = toManifest(content);
	await writeFile(join(folder, manifestName), `${JSON.stringify(manifest, undefined, '\t')}\n`);
	return manifest;
}

/** Reads what an edition holds; nothing where it does not say so. */
export async function readManifest(folder: string): Promise<Manifest | undefined> {
	try {
		return manifestSchema.parse(JSON.parse(await readFile(join(folder, manifestName), 'utf8')));
	} catch {
		return undefined;
	}
}

/** Reads a file of an edition; nothing where it is not what was published. */
export async function readPublished(
	folder: string,
	{ files }: Pick<Manifest, 'files'>,
	path: string,
): Promise<Buffer | undefined> {
	const bytes = await readFile(join(folder, path)).catch(() => undefined);
	return bytes && hash('sha256', bytes) === files[path] ? bytes : undefined;
}

/** Returns the addresses of articles that one edition has as retracted, and another shows again. */
export async function broughtBack(from: string, to: string): Promise<string[]> {
	const [retracted = [], other] = [(await readManifest(from))?.retracted, await readManifest(to)];
	return other ? retractedIn(other, retracted) : retracted;
}

/** Returns those addresses of retracted articles at which an edition still shows them. */
export function retractedIn({ files, retracted }: Manifest, addresses: readonly string[]): string[] {
	return addresses.filter((address) => Object.hasOwn(files, `${address}index.html`) && !retracted.includes(address));
}

/** Finds counts and other totals that are not as an edition says that they are. */
export function checkTotals(manifest: Manifest, content: Content): Problem[] {
	const actual = toManifest(content);
	return ([...countsSchema.keyof().options, 'digest', 'retracted', 'redirects'] as const)
		.map((name) => ({ name, said: JSON.stringify(manifest[name]), is: JSON.stringify(actual[name]) }))
		.filter(({ said, is }) => said !== is)
		.map(({ name, said, is }) => ({
			file: manifestName,
			message: `has ${said} as "${name}", where ${is} is right. Publish again`,
		}));
}

/** Finds files that are not as an edition says that they are. */
export function* changedFiles(manifest: Manifest, files: Content['files']): Generator<Problem> {
	const found = new Map(files.map((file) => [file.path, file.hash]));
	for (const [path, hash] of Object.entries(manifest.files)) {
		if (!found.has(path))
			yield { file: path, message: `is missing, though ${manifestName} names it. Publish it again, or copy it again` };
		else if (found.get(path) !== hash)
			yield { file: path, message: `was changed after it was published. Publish it again, or copy it again` };
	}
	for (const path of found.keys())
		if (!Object.hasOwn(manifest.files, path)) yield { file: path, message: `is not in ${manifestName}. Remove it` };
}

/** Tells whether all files of an edition still are what they were when it was published. */
export async function isIntact(folder: string, manifest: Manifest): Promise<boolean> {
	const known = new Set(Object.entries(manifest.files).map(([path, hash]) => keyOf({ path, hash })));
	const { files } = await scanAll({ folder, paths: listFiles(folder).paths, known });
	return changedFiles(manifest, files).next().done === true;
}
