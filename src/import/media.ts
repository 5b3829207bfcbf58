import { existsSync } from 'node:fs';
import { realpath, rm, stat } from 'node:fs/promises';
import { join, posix, sep } from 'node:path';
import sharp from 'sharp';
import { toAscii } from '../domain/transliteration.ts';
import { digestOfText } from '../environment.ts';
import { fetchFile } from '../links/fetch-file.ts';
import { faultOfPictureNamed, faultOfSize } from '../loaders/pictures.ts';
import { decodeAddress } from '../markdown/links.ts';
import { site } from '../site.ts';
import type { ImportedPicture } from './post.ts';
import { firstFree } from './vocabulary.ts';

/** Where the files of pictures are: in a folder, at the former paper, or nowhere. */
export type Media = { folder: string } | Fetching | undefined;

interface Fetching {
	/** The folder of what was fetched. */
	kept: string;
	/** How much may still be fetched; goes down with what is. */
	left: { files: number; bytes: number };
	/** True asks hosts of private networks too, as tests do. */
	allowPrivate?: boolean;
}

/** What one run fetches at most; the next takes up where it stopped. */
export const mostFetched = { files: 10_000, bytes: 2_000_000_000 } as const;

/** A picture that can lie beside an article. */
export interface Brought {
	name: string;
	/** Its bytes, or the path of its file. */
	picture: Uint8Array | string;
}

/** Endings by the formats that articles can have, as sharp names them. */
const endings: Readonly<Record<string, string>> = { jpeg: 'jpg', png: 'png', webp: 'webp', heif: 'avif' };
/** Formats, as sharp names them, that are turned into PNG. */
const convertible: ReadonlySet<string> = new Set(['gif', 'tiff']);

/** Who asks other hosts for something that is brought in. */
export const userAgent = `${site.title} import (${site.origin}/; ${site.editorEmail})`.replace(/[^\x20-\x7e]/g, '?');

/** In bytes; in milliseconds. */
const fetchLimits = { size: 50_000_000, timeout: 60_000 } as const;

/** Returns the picture's file as an article can have it, or why there is none: a clause without its subject. */
export async function bringPicture(
	{ address, otherwise = [] }: ImportedPicture,
	media: Media,
	names: ReadonlySet<string>,
): Promise<Brought | { fault: string }> {
	if (!media) return { fault: 'was not brought along, since neither --media nor --fetch was given' };
	let fault = '';
	for (const candidate of new Set([address, ...otherwise])) {
		const found = 'folder' in media ? await findIn(media.folder, candidate) : await fetchInto(media, candidate);
		if ('fault' in found) {
			fault ||= found.fault;
			continue;
		}
		const prepared = await prepare(found.path, candidate, names);
		// Another answer may come another time.
		if ('fault' in prepared && 'kept' in media) await rm(found.path, { force: true });
		return prepared;
	}
	return { fault };
}

type Found = { path: string } | { fault: string };

/** Finds a file in a folder of media: no link and no path leads out of it. */
async function findIn(folder: string, address: string): Promise<Found> {
	const fault = 'is not in the folder of media';
	const segments = segmentsOf(address);
	if (!segments) return { fault };
	const root = await realpath(folder);
	const uploads = segments.lastIndexOf('uploads');
	// The folder may be that of the uploads, or the one around it.
	for (const start of new Set([0, Math.max(uploads, 0), uploads + 1])) {
		const path = join(root, ...segments.slice(start));
		if (!existsSync(path)) continue;
		const real = await realpath(path);
		if (real.startsWith(root + sep) && (await stat(real)).isFile()) return { path: real };
	}
	return { fault };
}

/** Fetches a file unless it was fetched before. */
async function fetchInto({ kept, left, allowPrivate = false }: Fetching, address: string): Promise<Found> {
	const url = URL.parse(address);
	const segments = segmentsOf(address);
	if (!url || !/^https?:$/.test(url.protocol) || !segments) return { fault: `cannot be fetched from ${address}` };
	const path = join(kept, url.hostname, ...segments.with(-1, nameOfKept(url, segments.at(-1) ?? '')));
	if (existsSync(path)) return { path };
	if (left.files < 1 || left.bytes < fetchLimits.size)
		return { fault: 'was not fetched, since this run had fetched as much as one may: run it again for the rest' };
	left.files--;
	const fault = await fetchFile(url, path, { userAgent, ...fetchLimits, allowPrivate });
	if (fault !== undefined) return { fault };
	left.bytes -= (await stat(path)).size;
	return { path };
}

/** Returns the name under which a file is kept: where more than its path tells it from others, with a digest of that. */
function nameOfKept({ host, port, search }: URL, name: string): string {
	return port === '' && search === '' ? name : `${digestOfText(host + search).slice(0, 16)}-${name}`;
}

/** Returns the parts of the path that an address has; nothing where one of them could lead elsewhere. */
function segmentsOf(address: string): string[] | undefined {
	const path = decodeAddress(URL.parse(address)?.pathname ?? address.replace(/[?#].*$/s, ''));
	const segments = path.split('/').filter((segment) => segment !== '');
	const isPlain = (segment: string) => !/^\.{1,2}$|[\\\0]/.test(segment) && segment.length < 230;
	return segments.length > 0 && segments.every(isPlain) ? segments : undefined;
}

async function prepare(
	path: string,
	address: string,
	names: ReadonlySet<string>,
): Promise<Brought | { fault: string }> {
	try {
		const { format, width, height } = await sharp(path).metadata();
		const tooLarge = faultOfSize(width, height);
		if (tooLarge !== undefined) return { fault: tooLarge };
		const isConverted = convertible.has(format);
		const ending = isConverted ? 'png' : endings[format];
		if (ending === undefined) return { fault: `is of the format ${format}, which articles cannot have` };
		const picture = isConverted ? await sharp(path).png().toBuffer() : path;
		const name = nameOf(address, ending, names);
		const fault = await faultOfPictureNamed(name, picture);
		return fault === undefined ? { name, picture } : { fault };
	} catch (error) {
		return { fault: `cannot be read as a picture (${error instanceof Error ? error.message : String(error)})` };
	}
}

/** Returns a name that the picture can have beside the others of its article. */
function nameOf(address: string, ending: string, names: ReadonlySet<string>): string {
	const base = posix.basename(segmentsOf(address)?.at(-1) ?? '').replace(/\.\w{2,5}$/, '');
	const plain = toAscii(base)
		.replace(/[^\w-]+/g, '-')
		.replace(/^-+|-+$/g, '')
		.slice(0, 80);
	const isTaken = (name: string) =>
		[...names].some((other) => other.toLowerCase() === `${name}.${ending}`.toLowerCase());
	return `${firstFree(plain || 'picture', isTaken)}.${ending}`;
}
