import { existsSync, statSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, extname, join, normalize, relative, resolve, sep } from 'node:path';
import { compareTexts } from '../../domain/articles.ts';
import { decodeText } from '../../markdown/front-matter.ts';
import { decodeAddress } from '../../markdown/links.ts';
import type { LeftOut } from '../post.ts';
import type { RawPaper } from '../raw.ts';

/** The folder of a former paper that is made of files. */
export interface ForeignFolder {
	path: string;
	/** Names it, from the current folder on, however it was written. */
	name: string;
	/** Relative to it with `/`, in one order on every machine, without what begins with a dot. */
	files: readonly string[];
	/** The same, to be looked up in. */
	has: (file: string) => boolean;
	/** Symbolic links, which are not followed. */
	links: readonly string[];
	/** Files of which something was made, or is told otherwise. */
	used: Set<string>;
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
	const links: string[] = [];
	const list = async (folder: string): Promise<void> => {
		for (const entry of await readdir(folder, { withFileTypes: true })) {
			if (entry.name.startsWith('.') || skipped.includes(entry.name)) continue;
			const place = join(folder, entry.name);
			const file = relative(path, place).replaceAll(sep, '/');
			if (entry.isDirectory()) await list(place);
			else if (entry.isFile()) files.push(file);
			else if (entry.isSymbolicLink()) links.push(file);
		}
	};
	await list(path);
	const known = new Set(files);
	const name = relative('', resolve(path)).replaceAll(sep, '/') || '.';
	files.sort(compareTexts);
	return { path, name, files, has: (file) => known.has(file), links: links.sort(compareTexts), used: new Set() };
}

const mostNamed = 10;

/** Returns what became nothing, by its ending and the folder in which it lies, once all texts were converted. */
function passedOver({ files, links, used }: ForeignFolder): LeftOut[] {
	const rest = files.filter((file) => !used.has(file));
	const kinds = Map.groupBy(rest, (file) => {
		const folder = file.includes('/') ? `, in ${file.split('/', 1)[0] ?? ''},` : '';
		return `files ${extname(file).toLowerCase() || 'without an ending'}${folder} became nothing`;
	});
	return [...kinds, ['symbolic links are not followed', links] as const]
		.filter(([, names]) => names.length > 0)
		.map(([kind, names]) => {
			const more = names.length > mostNamed ? ' …' : '';
			return { what: `${kind} (${names.slice(0, mostNamed).join(', ')}${more})`, count: names.length };
		});
}

/** Returns a former paper that is made of a folder. @param leftOut what became nothing beside files of which nothing was made */
export function toRawPaper(
	folder: ForeignFolder,
	{ title, address, posts }: Pick<RawPaper, 'title' | 'address' | 'posts'>,
	leftOut: readonly LeftOut[],
): RawPaper {
	return { title, address, folder: folder.name, posts, leftOut: () => [...leftOut, ...passedOver(folder)] };
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
	const found = names.find(folder.has);
	if (found !== undefined) folder.used.add(found);
	return found ?? address;
}
