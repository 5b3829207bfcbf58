import { createHash } from 'node:crypto';
import { type Dirent, existsSync, readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import type { Problem } from '../domain/problems.ts';
import { decodeText } from '../markdown/front-matter.ts';

/** The folder that holds the newsroom's content. */
export interface ContentFolder {
	/** Absolute. */
	path: string;
	/** Every file of it, relative to it with `/`, in one order on every machine; hidden files and backups left out. */
	files: readonly string[];
	/** Symbolic links and whatever else is no file, in the same form. */
	links: readonly string[];
	/** Texts that are read in the place of the files of these paths. */
	instead: ReadonlyMap<string, string>;
	/** The files below a folder of it. */
	filesIn(folder: string): string[];
	/** Returns how the file is named to people: relative to the project. */
	fileOf(path: string): string;
}

/**
 * Lists a content folder without the comments.
 * @param comments the folder of the comments, wherever it is
 * @param instead texts to be read in the place of the files of these paths
 * @throws where the folder cannot be read
 */
export async function openContentFolder(
	path: string,
	comments: string,
	instead: ReadonlyMap<string, string> = new Map(),
): Promise<ContentFolder> {
	if (!existsSync(path)) throw new Error(`There is no content folder ${path}. Make it, or correct CONTENT_DIR.`);
	return toContentFolder(path, await entriesBelow(path, comments), instead);
}

/**
 * Lists the folder of the comments. A newsroom without comments needs none in its content folder.
 * @param content the content folder
 * @throws where the folder cannot be read
 */
export async function openCommentsFolder(path: string, content: string): Promise<ContentFolder> {
	if (existsSync(path)) return toContentFolder(path, await entriesBelow(path));
	if (path !== defaultComments(content))
		throw new Error(`There is no folder of comments ${path}. Make it, or correct COMMENTS_DIR.`);
	return toContentFolder(path, []);
}

/** Returns where the comments lie when nobody has said otherwise. @param content the content folder */
export const defaultComments = (content: string) => join(content, 'comments');

function toContentFolder(
	path: string,
	entries: readonly Dirent[],
	instead: ReadonlyMap<string, string> = new Map(),
): ContentFolder {
	const list = (isWanted: (entry: Dirent) => boolean) =>
		entries
			.filter(isWanted)
			.map((entry) => relative(path, join(entry.parentPath, entry.name)).replaceAll(sep, '/'))
			.filter((file) => !file.split('/').some((part) => part.startsWith('.') || part.endsWith('~')))
			.sort((a, b) => (a < b ? -1 : 1));
	const files = list((entry) => entry.isFile());
	const links = list((entry) => !entry.isFile() && !entry.isDirectory());
	const name = relative(process.cwd(), path).replaceAll(sep, '/');
	return {
		path,
		files,
		links,
		instead,
		filesIn: (folder) => files.filter((file) => file.startsWith(`${folder}/`)),
		fileOf: (file) => `${name}/${file}`,
	};
}

/**
 * Returns everything below a folder. What lies behind a symbolic link is elsewhere, and not looked at.
 * @param except a folder that is not looked into
 */
async function entriesBelow(path: string, except?: string): Promise<Dirent[]> {
	const entries = await readdir(path, { withFileTypes: true });
	const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => join(path, name));
	const below = await Promise.all(
		folders.filter((folder) => folder !== except).map((folder) => entriesBelow(folder, except)),
	);
	return [...entries, ...below.flat()];
}

/**
 * Reads a UTF-8 file; a byte order mark is dropped and line ends become `\n`.
 * @returns nothing where the file cannot be read or is not UTF-8, with a problem
 */
export function readText(folder: ContentFolder, path: string, problems: Problem[]): string | undefined {
	const file = folder.fileOf(path);
	let bytes: Uint8Array;
	try {
		const instead = folder.instead.get(path);
		bytes = instead === undefined ? readFileSync(join(folder.path, path)) : Buffer.from(instead);
	} catch (error) {
		if (!(error instanceof Error && 'code' in error)) throw error;
		const isMissing = error.code === 'ENOENT';
		const message = isMissing
			? 'is missing. Write this file'
			: `cannot be read (${String(error.code)}). Check its rights`;
		problems.push({ file, message });
		return undefined;
	}
	try {
		return decodeText(bytes);
	} catch {
		problems.push({ file, message: 'is not valid UTF-8. Save it in the encoding UTF-8' });
		return undefined;
	}
}

/** Returns a digest of the texts: equal texts, equal digest. */
export function digestOf(...texts: readonly string[]): string {
	const hash = createHash('sha256');
	for (const text of texts) hash.update(`${text.length}:`).update(text);
	return hash.digest('base64url');
}
