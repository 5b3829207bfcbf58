import { readdir, readFile } from 'node:fs/promises';
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
