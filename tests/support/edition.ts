import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { JSDOM, VirtualConsole } from 'jsdom';

export interface Page {
	/** Its address, with the base: `/tags/china/`. */
	path: string;
	html: string;
	document: Document;
}

/** A built edition as its readers find it. */
export interface Edition {
	/** Every file, relative to the edition. */
	files: string[];
	pages: Page[];
	/** The page at an address. @throws where there is none */
	page(path: string): Page;
	/** A file's text. @throws where there is none */
	text(file: string): Promise<string>;
	/** A well-formed XML file. @throws where it is not */
	xml(file: string): Promise<Document>;
}

/** Reads every page of the edition in `folder`. */
export async function readEdition(folder: string, base = '/'): Promise<Edition> {
	const entries = await readdir(folder, { recursive: true, withFileTypes: true });
	const files = entries
		.filter((entry) => entry.isFile())
		.map((entry) => relative(folder, join(entry.parentPath, entry.name)))
		.sort();
	const text = (file: string) => readFile(join(folder, file), 'utf8');
	const pages = await Promise.all(
		files
			.filter((file) => file.endsWith('.html'))
			.map(async (file) => {
				const html = await text(file);
				let document: Document | undefined;
				return {
					path: base + file.replace(/index\.html$/, ''),
					html,
					// A page is parsed once somebody looks into it: large papers have thousands.
					get document() {
						document ??= parse(html, 'text/html');
						return document;
					},
				};
			}),
	);
	return {
		files,
		pages,
		text,
		page(path) {
			const page = pages.find((candidate) => candidate.path === path);
			if (!page) throw new Error(`There is no page at ${path}.`);
			return page;
		},
		xml: async (file) => parse(await text(file), 'text/xml'),
	};
}

function parse(source: string, contentType: string): Document {
	return new JSDOM(source, { contentType, virtualConsole: new VirtualConsole() }).window.document;
}

/** The text of the elements that match, with white space as a browser shows it. */
export function textsOf(root: ParentNode, selector: string): string[] {
	return [...root.querySelectorAll(selector)].map((element) => element.textContent.replace(/\s+/g, ' ').trim());
}

/** The values of an attribute of the elements that match. */
export function attributesOf(root: ParentNode, selector: string, attribute: string): string[] {
	return [...root.querySelectorAll(selector)].map((element) => element.getAttribute(attribute) ?? '');
}

/** The first element that matches. @throws where there is none */
export function only(root: ParentNode, selector: string): Element {
	const [element, ...others] = root.querySelectorAll(selector);
	if (!element || others.length > 0)
		throw new Error(`${selector} matches ${others.length + (element ? 1 : 0)} elements.`);
	return element;
}

/** Reads an edition: its files by their paths. */
async function readFiles(dist: string): Promise<Map<string, Buffer>> {
	const entries = await readdir(dist, { recursive: true, withFileTypes: true });
	const paths = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
	const root = `${dist}/`;
	return new Map(await Promise.all(paths.map(async (path) => [path.replace(root, ''), await readFile(path)] as const)));
}

/** Returns the paths of what is not the same in two editions. */
export async function differences(one: string, other: string): Promise<string[]> {
	const [left, right] = await Promise.all([readFiles(one), readFiles(other)]);
	return [...new Set([...left.keys(), ...right.keys()])]
		.filter((path) => left.get(path)?.equals(right.get(path) ?? Buffer.of(0)) !== true)
		.sort();
}

/** Returns the paths of the files that an edition shares with a former one, as the same file of the disk. */
export async function sharedFiles(edition: string, former: string): Promise<string[]> {
	const paths = [...(await readFiles(edition)).keys()];
	const inodeOf = async (path: string) => (await stat(path).catch(() => undefined))?.ino;
	const isShared = await Promise.all(
		paths.map(async (path) => (await inodeOf(join(edition, path))) === (await inodeOf(join(former, path)))),
	);
	return paths.filter((_, i) => isShared[i]);
}
