/** The words in English that the search's script writes. It carries those of all languages, and no others. */
export const enSearch = {
	/** Begins with the number in plain digits: so the check of an edition finds it on pages. */
	articles: (count: number) => (count === 1 ? '1 article' : `${count} articles`),
	search: 'Search',
	remove: (name: string) => `Remove ${name}`,
	without: (name: string) => `Search without ${name}`,
	searchAnew: 'Begin again',
	nothingFound: 'Nothing was found. Try fewer or other words, or one of these:',
	passedOver: (words: string) => `No article has ${words}: passed over.`,
	unknownTags: (names: string) => `There is no tag ${names}: passed over.`,
	resultPage: (page: number, pages: number) => `Page ${page} of ${pages}`,
	previousPage: 'Previous page',
	nextPage: 'Next page',
};

export type SearchWords = typeof enSearch;
