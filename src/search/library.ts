import { toLabelKey } from '../domain/labels.ts';
import * as paths from '../domain/paths.ts';
import { toTerms } from './choice.ts';
import {
	type Facts,
	fromGaps,
	type Named,
	namesFile,
	type OftenTags,
	readLanguages,
	type TagList,
	type TagName,
} from './facts.ts';
import { readTraits, type TraitsOf } from './narrow.ts';
import { type Fragment, openPagefind, type Pagefind, type Result } from './pagefind.ts';

/** An article that search can show. */
export interface Hit {
	/** Counted from the oldest article of the paper. */
	number: number;
	read: () => Promise<Fragment>;
}

/** The articles of a tag, by their numbers. */
export interface TagArticles extends Named {
	articles: readonly number[];
}

const openIndex = () => openPagefind(paths.searchFile('pagefind/pagefind.js'));

/** Facts, and what they say of each article by its number. */
interface Known {
	facts: Facts;
	traitsOf: TraitsOf;
	/** The tags of languages that are not the paper's. */
	languages: ReadonlyMap<number, string>;
}

/** Returns the facts by which articles are narrowed. */
export const getFacts = once(async (): Promise<Known> => {
	const facts = await fetchFile('facts.json', isFacts);
	if (!facts) throw new Error('The edition has no facts for its search.');
	return { facts, traitsOf: readTraits(facts), languages: readLanguages(facts) };
});

/** Every article, oldest first, with the id that it has in the index. */
const getAll = once(async (): Promise<(Hit & { id: string })[]> => {
	const { facts } = await getFacts();
	// Pagefind has no index to search where there is no article.
	if (facts.sectionOf.length === 0) return [];
	const { results } = await (await openIndex()).search(null);
	return results.map((result, number) => ({ id: result.id, number, read: () => result.data() }));
});

const getNumbers = once(async () => new Map((await getAll()).map(({ id, number }) => [id, number])));

/** What was found for words. */
interface Found {
	hits: Hit[];
	/** Words that no article has: they were passed over. */
	passedOver: string[];
}

/** Returns the articles with these words and phrases, the best first; without words all of them, newest first. */
export async function findHits(words: string): Promise<Found> {
	if (words === '') return { hits: (await getAll()).toReversed(), passedOver: [] };
	const numbers = await getNumbers();
	const terms = toTerms(words);
	if (numbers.size === 0 || terms.length === 0) return { hits: [], passedOver: [] };
	const index = await openIndex();
	const results = await findResults(index, terms);
	const hits = results.map((result) => ({ number: numbers.get(result.id) ?? -1, read: () => result.data() }));
	const passedOver: string[] = [];
	if (results.length > 0 && terms.length > 1)
		for (const term of new Set(terms)) if ((await index.search(term)).results.length === 0) passedOver.push(term);
	return { hits, passedOver };
}

/** Pagefind looks for a phrase only where it is asked for nothing else. */
async function findResults(index: Pagefind, terms: readonly string[]): Promise<Result[]> {
	const [first = ''] = terms;
	if (terms.length === 1) return (await index.search(first)).results;
	let { results } = await index.search(terms.join(' ').replaceAll('"', ''));
	for (const phrase of terms.filter((term) => term.startsWith('"'))) {
		const having = new Set((await index.search(phrase)).results.map(({ id }) => id));
		results = results.filter(({ id }) => having.has(id));
	}
	return results;
}

/** Returns a tag with its articles, also by another name or a former id; nothing where there is no such tag. */
export const getTag = onceForEach(async (id): Promise<TagArticles | undefined> => {
	const list = await fetchFile(`tags/${encodeURIComponent(id)}.json`, isTagList);
	if (list) return toArticles(list);
	const key = toLabelKey(id);
	return key === '' ? undefined : (await getTagNames(namesFile(key))).find(({ keys }) => keys.includes(key));
});

/** Returns the tags of most articles with their articles. */
export const getOftenTags = once(async () => (await fetchFile('often.json', isTagLists))?.map(toArticles) ?? []);

/** Returns the tags of a file of names. @param file as `namesFile` calls it */
export const getTagNames = onceForEach(async (file) =>
	((await fetchFile(file, isTagNames)) ?? []).map((tag) => ({ ...toArticles(tag), keys: tag.keys })),
);

function toArticles({ id, name, gaps }: TagList): TagArticles {
	return { id, name, articles: fromGaps(gaps) };
}

/** Fetches a file of the edition's search; nothing where there is none. @throws Error where it cannot be had */
async function fetchFile<T>(name: string, isShape: (content: unknown) => content is T): Promise<T | undefined> {
	const response = await fetch(paths.searchFile(name));
	if (response.status === 404) return undefined;
	const content: unknown = response.ok ? await response.json() : undefined;
	if (!isShape(content)) throw new Error(`${name} cannot be read.`);
	return content;
}

/** Our own build wrote the files: their shape is told by what only they have. */
const has = (content: unknown, field: string) => typeof content === 'object' && content !== null && field in content;
const isFacts = (content: unknown): content is Facts => has(content, 'sectionOf');
const isTagList = (content: unknown): content is TagList => has(content, 'gaps');
const isTagLists = (content: unknown): content is OftenTags => Array.isArray(content);
const isTagNames = (content: unknown): content is readonly TagName[] => Array.isArray(content);

/** Returns a function that does its work at its first call, and again after a call that failed. */
function once<T>(work: () => Promise<T>): () => Promise<T> {
	const forEach = onceForEach(work);
	return () => forEach('');
}

/** Returns a function that does its work at its first call for each key, and again after one that failed. */
function onceForEach<T>(work: (key: string) => Promise<T>): (key: string) => Promise<T> {
	const done = new Map<string, Promise<T>>();
	return (key) => {
		const known = done.get(key);
		if (known) return known;
		const promise = work(key);
		done.set(key, promise);
		promise.catch(() => done.delete(key));
		return promise;
	};
}
