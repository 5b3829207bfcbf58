import { hash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { type Headers, headersByPath } from '../domain/headers-file.ts';
import { type Manifest, readManifest, retractedIn } from '../edition/check/manifest.ts';
import { manifestName } from '../edition/check/scan.ts';
import { ownHeaders, readHeaders } from '../edition/headers.ts';
import { isText, mediaTypeOf } from '../edition/media-types.ts';
import { type Coding, codings, packedName } from '../edition/pack.ts';
import { editionsBefore, packedIn } from '../edition/store.ts';

/** One of the forms in which a file can be sent. */
export interface Form {
	coding: Coding | 'identity';
	/** Where it lies on the disk. */
	file: string;
	/** In bytes. */
	size: number;
	/** The entity tag, in its quotes: no other bytes have it. */
	tag: string;
}

/** A file as it can be sent. */
export interface ServedFile {
	mediaType: string;
	/** Whether others of its kind may be sent in another form. */
	isText: boolean;
	/** When it was changed last, as HTTP writes it. */
	modified: string;
	/** As they lie on the disk. */
	plain: Form;
	/** Compressed. */
	packed: readonly Form[];
}

/** An edition as it is served. Nothing that it does not name is ever looked for on the disk. */
export interface ServedEdition {
	/** Of its folder. */
	name: string;
	/** Where addresses lead on, both relative to the edition: `tags/china/`. */
	redirects: ReadonlyMap<string, string>;
	/** Returns the headers of a path, which has its base, beside those that describe the body. */
	headersOf(path: string): Record<string, string>;
	/** Tells whether the edition has a file. @param path relative to the edition */
	has(path: string): boolean;
	/**
	 * Returns a file; nothing where there is none. Pictures, type and scripts may be those of a former edition, of which
	 * readers still have pages open.
	 */
	find(path: string): Promise<ServedFile | undefined>;
}

/** Where a file lies that an edition names. */
export interface Place {
	folder: string;
	hash: string;
}

/** How many former editions are asked for files that pages may still want which readers have open. */
const formersAsked = 2;
/** The beginning of paths that follow from the bytes of their files. */
export const lasting = '_astro/';

/** Opens an edition; nothing where the folder holds none. @param folder the path of the edition itself, not of a link */
export async function openEdition(folder: string): Promise<ServedEdition | undefined> {
	const manifest = await readManifest(folder);
	if (!manifest) return undefined;
	const hashes = new Map(Object.entries(manifest.files));
	hashes.set(manifestName, hash('sha256', await readFile(join(folder, manifestName))));
	let formers: Promise<ReadonlyMap<string, Place>> | undefined;
	const findLasting = async (path: string) => (await (formers ??= lastingFilesBefore(folder, manifest))).get(path);
	const findPlace = (path: string) => {
		const own = hashes.get(path);
		if (own !== undefined) return { folder, hash: own };
		return path.startsWith(lasting) ? findLasting(path) : undefined;
	};
	const known = new Map<string, ServedFile>();
	return {
		name: basename(folder),
		redirects: new Map(Object.entries(manifest.redirects)),
		headersOf: headersByPath(await readHeadersOrOwn(folder)),
		has: (path) => hashes.has(path),
		async find(path) {
			const kept = known.get(path);
			if (kept) return kept;
			const place = await findPlace(path);
			const file = place && (await openFile(path, place));
			if (file) known.set(path, file);
			return file;
		},
	};
}

/** Returns the headers of an edition; those of the program alone where what the newsroom says cannot be followed. */
async function readHeadersOrOwn(folder: string): Promise<Headers> {
	try {
		return await readHeaders(folder);
	} catch (error) {
		console.error(`${error instanceof Error ? error.message : String(error)} No headers of the newsroom are sent.`);
		return ownHeaders();
	}
}

/**
 * Returns where the lasting files of the editions before one lie. Of an edition that has articles which were retracted
 * since, pictures are left out: they may be theirs.
 */
export async function lastingFilesBefore(edition: string, { retracted }: Manifest): Promise<Map<string, Place>> {
	const store = { folder: dirname(edition) };
	const places = new Map<string, Place>();
	for (const name of editionsBefore(store, basename(edition)).slice(0, formersAsked)) {
		const folder = join(store.folder, name);
		const manifest = await readManifest(folder);
		if (!manifest) continue;
		const mayShow = retractedIn(manifest, retracted).length === 0;
		for (const [path, hash] of Object.entries(manifest.files))
			if (path.startsWith(lasting) && !places.has(path) && (mayShow || !mediaTypeOf(path).startsWith('image/')))
				places.set(path, { folder, hash });
	}
	return places;
}

/** Looks in which forms a file is there. */
async function openFile(path: string, { folder, hash }: Place): Promise<ServedFile> {
	const file = join(folder, path);
	const { size, mtime } = await stat(file);
	// 128 bits of it tell all files apart.
	const name = hash.slice(0, 32);
	const packed: Form[] = [];
	for (const coding of isText(path) ? codings : []) {
		const file = join(packedIn({ folder: dirname(folder) }), packedName(hash, coding));
		const stats = await stat(file).catch(() => undefined);
		// A computer that fails may leave a file with nothing in it.
		if (stats && stats.size > 0 && stats.size < size)
			packed.push({ coding, file, size: stats.size, tag: `"${name}-${coding}"` });
	}
	return {
		mediaType: mediaTypeOf(path),
		isText: isText(path),
		modified: mtime.toUTCString(),
		plain: { coding: 'identity', file, size, tag: `"${name}"` },
		packed,
	};
}
