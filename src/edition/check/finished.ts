import * as paths from '../../domain/paths.ts';
import { site } from '../../site.ts';
import type { CheckedFile, DataFacts, PageFacts } from './facts.ts';
import type { Packed } from './packing.ts';

export interface CheckedPage {
	/** Relative to the edition. */
	file: string;
	/** With the base: `/tags/china/`. */
	path: string;
	facts: PageFacts<number>;
}

/** A finished edition, as its rules look at it. */
export interface Finished {
	files: readonly CheckedFile[];
	/** By the path, with the base, at which a server gives them. */
	byPath: ReadonlyMap<string, CheckedFile>;
	pages: readonly CheckedPage[];
	/** Pages of articles. */
	articles: readonly CheckedPage[];
	/** Pages at the addresses of articles that say nothing but that they were retracted. */
	retracted: readonly CheckedPage[];
	/** XML, JSON and parts of the search, broken ones too, by the path, with the base. */
	data: ReadonlyMap<string, DataFacts>;
	/** Returns the paths that the pages of a list name, from its head to its oldest page, each in the order of the page. */
	linksOf: (list: string) => ReadonlySet<string>;
	/** Returns those of them at which articles stand. */
	articlesIn: (list: string) => readonly string[];
	/**
	 * Returns the path of the paper, with the base and without marks, and the fragment to which an address leads that
	 * stands at `from`; nothing where it leads elsewhere.
	 */
	resolve: (address: string, from: string) => Target | undefined;
	/** Does the same for an address that facts name by its number. */
	targetOf: (link: number, from: string) => Target | undefined;
	/** What facts name by numbers. */
	texts: readonly string[];
}

export interface Target {
	path: string;
	fragment: string;
}

const articleFile = /^\d{4}\/\d{2}\/[^/]+\/index\.html$/;
/** The end of the path of an older page of a list. */
const numbered = /page\/(\d+)\/$/;

/** Sorts the files of an edition by what they are. */
export function toFinished({ texts, files }: Packed): Finished {
	const byPath = new Map(
		files.map((file) => [paths.withBase(`/${file.path.replace(/(^|\/)index\.html$/, '$1')}`), file]),
	);
	const pages: CheckedPage[] = [];
	const data = new Map<string, DataFacts>();
	for (const [path, { path: file, facts }] of byPath) {
		if (facts?.kind === 'page') pages.push({ file, path, facts });
		if (facts?.kind === 'data') data.set(path, { ...facts, links: facts.links.map((link) => texts[link] ?? '') });
	}
	const living = pages.filter(({ file, facts }) => articleFile.test(file) && facts.refresh === undefined);
	const articles = living.filter(({ facts }) => facts.publishedAt !== undefined);
	const retracted = living.filter(({ facts }) => facts.publishedAt === undefined);
	const targetOf = targetFinder(texts);
	const linksOf = linkReader(pages, targetOf);
	const articlePaths = new Set(articles.map(({ path }) => path));
	const articlesIn = onceForEach((list) => [...linksOf(list)].filter((link) => articlePaths.has(link)));
	return { files, byPath, pages, articles, retracted, data, linksOf, articlesIn, resolve, targetOf, texts };
}

function linkReader(pages: readonly CheckedPage[], targetOf: Finished['targetOf']): Finished['linksOf'] {
	const lists = Map.groupBy(pages, ({ path }) => path.replace(numbered, ''));
	const numberOf = ({ path }: CheckedPage) => Number(numbered.exec(path)?.[1] ?? Infinity);
	return onceForEach((list) => {
		const newestFirst = (lists.get(list) ?? []).toSorted((a, b) => (numberOf(a) < numberOf(b) ? 1 : -1));
		const links = newestFirst.flatMap(({ path, facts }) => facts.links.map((link) => targetOf(link, path)?.path ?? ''));
		return new Set(links);
	});
}

/** Returns a function that does its work once for each list. */
function onceForEach<T>(work: (list: string) => T): (list: string) => T {
	const kept = new Map<string, T>();
	return (list) => kept.getOrInsertComputed(list, work);
}

/** Paths that are written as they are read: nearly all of the paper are. */
const plain = /^(?:\/[\w-]+(?:\.[\w-]+)*)+\/?$/;

function resolve(address: string, from: string): Target | undefined {
	const own = address.startsWith(site.origin + site.base) ? address.slice(site.origin.length) : address;
	if (plain.test(own)) return { path: own, fragment: '' };
	if (address.startsWith('#')) return { path: from, fragment: decode(address.slice(1)) };
	const url = URL.parse(address, site.origin + from);
	const isOurs = url?.origin === site.origin && (url.pathname.startsWith(site.base) || !/^[a-z]+:/i.test(address));
	return isOurs ? { path: decode(url.pathname), fragment: decode(url.hash.slice(1)) } : undefined;
}

/** Looks once at each address that leads to the same place from everywhere: most stand in very many pages. */
function targetFinder(texts: readonly string[]): Finished['targetOf'] {
	const kept = new Array<Target | 'elsewhere' | undefined>(texts.length);
	return (link, from) => {
		const address = texts[link] ?? '';
		const target = kept[link] ?? resolve(address, from) ?? 'elsewhere';
		if (kept[link] === undefined && isSameEverywhere(address)) kept[link] = target;
		return target === 'elsewhere' ? undefined : target;
	};
}

/** Tells whether an address leads to the same place from every page of the paper. */
export function isSameEverywhere(address: string): boolean {
	return /^(?:\/(?!\/)|[a-z][a-z\d+.-]*:)/i.test(address);
}

function decode(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}

/** Tells whether a page is the head of the list of a section, an author or a tag: it names a feed of its own. */
export function isFollowed(path: string, { data, linksOf }: Finished): boolean {
	const isOther = path === paths.home() || path === paths.corrections() || paths.isCommentsPage(path);
	return !isOther && data.has(paths.feed(path)) && linksOf(path).has(paths.feed(path));
}
