/** What the check learns of a file from its bytes alone, so that equal bytes need not be looked into again. */
export type Facts = PageFacts | DataFacts;

export interface PageFacts {
	kind: 'page';
	/** Bytes gzipped, headers left out. */
	weight: number;
	/** Bytes gzipped of everything but the article's text and its comments. */
	frameWeight: number;
	hasText: boolean;
	/** Text of the first headline. */
	headline: string;
	ids: string[];
	/** Ids that stand in the page more than once. */
	repeatedIds: string[];
	/** Every address that the page names, as written. */
	links: string[];
	canonicals: string[];
	/** Where the page leads by itself. */
	refresh: string | undefined;
	isIndexed: boolean;
	/** Addresses of the lists in which an article stands: its section, its authors, its tags. */
	lists: string[];
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
export interface DataFacts {
	kind: 'data';
	/** Why the file cannot be read as what it is; nothing where it can. */
	fault: string | undefined;
	/** Name of the outermost element. */
	root: string;
	/** Addresses of a sitemap, of sitemaps in robots.txt, of a feed's items or of an article of the search index. */
	links: string[];
	/** Addresses of the paper's pictures that stand anywhere in it. */
	pictures: string[];
	/** The older document of a feed. */
	previous: string | undefined;
}

/** A file of an edition. */
export interface CheckedFile {
	/** Relative to the edition, with `/`. */
	path: string;
	/** SHA-256, hexadecimal. */
	hash: string;
	/** In bytes. */
	size: number;
	/** Nothing where the file is neither page nor data. */
	facts?: Facts | undefined;
}
