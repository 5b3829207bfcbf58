import { existsSync, statSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, extname, join, normalize, relative, sep } from 'node:path';
import { decodeText } from '../../markdown/front-matter.ts';
import { decodeAddress } from '../../markdown/links.ts';

/** The folder of a former paper that is made of files. */
export interface ForeignFolder {
	/** Absolute. */
	path: string;
	/** Relative to it with `/`, in one order on every machine, without what begins with a dot. */
	files: readonly string[];
	/** The same, to be looked up in. */
	has: (file: string) => boolean;
}

/**
 * Lists the folder of a former paper. Symbolic links are not followed.
 * @param skipped names of folders that are not looked into
 * @throws Error where there is none
 */
export async function openFolder(path: string, skipped: readonly string[] = ['node_modules']): Promise<ForeignFolder> {
	if (!existsSync(path) || !statSync(path).isDirectory())
		throw new Error(`There is no folder ${path}. Name the one that holds the former paper.`);
	const files: string[] = [];
	const list = async (folder: string): Promise<void> => {
		for (const entry of await readdir(folder, { withFileTypes: true })) {
			if (entry.name.startsWith('.') || skipped.includes(entry.name)) continue;
			const place = join(folder, entry.name);
			if (entry.isDirectory()) await list(place);
			else if (entry.isFile()) files.push(relative(path, place).replaceAll(sep, '/'));
		}
	};
	await list(path);
	const known = new Set(files);
	return { path, files: files.sort((a, b) => (a < b ? -1 : 1)), has: (file) => known.has(file) };
}

/** Reads a file of the folder. @throws TypeError where it is not UTF-8 */
export async function readFrom({ path }: ForeignFolder, file: string): Promise<string> {
	return decodeText(await readFile(join(path, file)));
}

/** Tells whether a file holds a text in markdown or HTML. */
export function isText(file: string): boolean {
	return ['.md', '.markdown', '.mdown', '.html', '.htm'].includes(extname(file).toLowerCase());
}

/**
 * Returns the file of the folder that a text names, as a path in the folder; the address as it is where there is none.
 * @param file that of the text
 * @param roots folders whose files have addresses from the root on
 */
export function locate(folder: ForeignFolder, file: string, address: string, roots: readonly string[]): string {
	if (/^(?:[a-z][a-z\d+.-]*:|\/\/)/i.test(address)) return address;
	const path = decodeAddress(address.replace(/[?#].*$/s, ''));
	const places = path.startsWith('/')
		? roots.map((root) => join(root, path))
		: [join(dirname(file), path), ...roots.map((root) => join(root, path))];
	const names = places.map((place) => normalize(place).replaceAll(sep, '/').replace(/^\//, ''));
	return names.find(folder.has) ?? address;
}
