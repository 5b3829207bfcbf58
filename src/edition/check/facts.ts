import { extname } from 'node:path';

/**
 * What the check learns of a file from its bytes and its extension alone, so that equal files need not be looked into
 * again. What many files name is text, or the number of a text, see `packing.ts`.
 */
export type Facts<Text = string> = PageFacts<Text> | DataFacts<Text>;

export interface PageFacts<Text = string> {
	kind: 'page';
	/** Bytes gzipped, headers left out: the least that is possible where it is more than comes at once, at most these elsewhere. */
	weight: number;
	/** Bytes gzipped of everything but the article's text and its comments: the least where it is too much, at most these elsewhere. */
	frameWeight: number;
	hasText: boolean;
	/** Text of the first headline. */
	headline: string;
	ids: Text[];
	/** Ids that stand in the page more than once. */
	repeatedIds: string[];
	/** Every address that the page names, as written. */
	links: Text[];
	canonicals: string[];
	/** Where the page leads by itself. */
	refresh: string | undefined;
	isIndexed: boolean;
	/** Addresses of the lists in which an article stands: its section, its authors, its tags. */
	lists: Text[];
	/** The counts of articles that the page tells, in their order. */
	counts: number[];
	/** Links with the number that stands behind them. */
	numbers: [link: string, number: number][];
	/** When an article was published, as written. */
	publishedAt: string | undefined;
	/** What no page may have: scripts, styles of single elements, frames. */
	forbidden: string[];
	/** The content security policy, where it stands before everything to which it applies. */
	policy: string | undefined;
	/** SHA-256 of the page's style sheets, in base64. */
	styleHashes: string[];
	/** Count of scripts that are modules. */
	modules: number;
	/** What is wrong with the page's structured data. */
	fault: string | undefined;
}

/** Of XML, JSON, robots.txt and the articles of the search index. */
export interface DataFacts<Text = string> {
	kind: 'data';
	/** Why the file cannot be read as what it is; nothing where it can. */
	fault: string | undefined;
	/** Name of the outermost element. */
	root: string;
	/** Addresses of a sitemap, of sitemaps in robots.txt, of a feed's items or of an article of the search index. */
	links: Text[];
	/** Addresses of the paper's pictures that stand anywhere in it. */
	pictures: string[];
	/** The older document of a feed. */
	previous: string | undefined;
}

/** A file of an edition. */
export interface CheckedFile<Text = number> {
	/** Relative to the edition, with `/`. */
	path: string;
	/** SHA-256, hexadecimal. */
	hash: string;
	/** In bytes. */
	size: number;
	/** Nothing where the file is neither page nor data. */
	facts?: Facts<Text> | undefined;
	/** By what the file is known on the disk without being read, see `cache.ts`. */
	stamp?: string | undefined;
}

/** Returns what files have in common of which the facts are the same. */
export function keyOf({ path, hash }: Pick<CheckedFile, 'path' | 'hash'>): string {
	return hash + extname(path);
}
