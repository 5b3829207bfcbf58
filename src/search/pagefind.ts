/** What of an article lies in Pagefind's index. */
export interface Fragment {
	/** The address of the article's page, as it was given. */
	raw_url: string;
	content: string;
	/** Positions of the words of `content` that match. */
	locations: readonly number[];
	meta: Readonly<Partial<Record<'title' | 'day' | 'section', string>>>;
}

/** An article that Pagefind has found. */
export interface Result {
	id: string;
	data: () => Promise<Fragment>;
}

/** As much of Pagefind's interface as we use. */
export interface Pagefind {
	/**
	 * Pagefind frees the data of a result once nobody holds the result itself.
	 * @param words a phrase in quotes is looked for as it stands; nothing finds every article, in the order in which they were indexed
	 */
	search(words: string | null): Promise<{ results: Result[] }>;
}

/** Loads the Pagefind that lies in the edition itself, and so is none that could be imported before. */
export async function openPagefind(path: string): Promise<Pagefind> {
	const loaded: unknown = await import(/* @vite-ignore */ path);
	if (!isPagefind(loaded)) throw new Error(`${path} is no Pagefind.`);
	return loaded;
}

function isPagefind(loaded: unknown): loaded is Pagefind {
	return typeof loaded === 'object' && loaded !== null && 'search' in loaded && typeof loaded.search === 'function';
}
