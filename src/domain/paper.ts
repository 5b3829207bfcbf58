import type { Moment } from '../schemas/moment.ts';
import { type Article, type Author, byNewest, lastChangedAt, type Section, type Translation } from './articles.ts';
import { type Thread, toThreads } from './comments.ts';
import { type Mending, toMendings } from './corrections.ts';
import { latestOf, monthOf, yearOf } from './dates.ts';
import type { Newsroom } from './newsroom.ts';
import { reservedIds } from './paths.ts';
import { type Related, relatedFinder } from './related.ts';
import { initialOf } from './tag-index.ts';
import { isArticle, isRetraction, listsOf, type Place, type Retraction } from './retractions.ts';
import { ancestorsOf } from './tag-tree.ts';
import { byName, redirectsOf, type Tag, type TagRedirect } from './tags.ts';

/** A subject of lists, with its published articles, newest first. */
export interface Listed<T> {
	subject: T;
	articles: readonly Article[];
	/** The articles and the places of those that were retracted, newest first: as pages are counted and feeds filled. */
	places: readonly Place[];
}

export interface Neighbours {
	previous: Article | undefined;
	next: Article | undefined;
}

/** The head of the home page. */
interface Front {
	/** The editor's choice, else the newest article; nothing where there is none at all. */
	lead: Article | undefined;
	/** What the editor has pinned below it. */
	pinned: readonly Article[];
}

/** What readers may see at one moment, with every list that the pages need. */
export interface Paper {
	/** Newest first. */
	articles: readonly Article[];
	/** What was retracted, newest first by publication: it has its notice, and its place in pages and feeds. */
	retracted: readonly Retraction[];
	/** Both together, newest first. */
	places: readonly Place[];
	/** By name; only those in which something was published, be it retracted since. */
	sections: readonly Listed<Section>[];
	/** By name; only those with an article. */
	authors: readonly Listed<Author>[];
	/** By name; only those with an article. */
	tags: readonly Listed<Tag>[];
	/** The listed tags by the group of their names in the index: `k`, `0-9`; each group by name. */
	tagsByInitial: ReadonlyMap<string, readonly Listed<Tag>[]>;
	/** Addresses under `/tags/` that lead to a listed tag. */
	tagRedirects: readonly (TagRedirect & { tag: Tag })[];
	front: Front;
	/** Everything that was corrected or retracted, newest first. */
	mendings: readonly Mending[];
	/** Newest first: `2025`. */
	years: ReadonlyMap<string, readonly Article[]>;
	/** Newest first: `2025-06`. */
	months: ReadonlyMap<string, readonly Article[]>;
	/** Ids under which a tag was known before, at whose addresses it still has its feed. */
	formerIdsOf(tag: Tag): readonly string[];
	/** The listed tags that a tag is part of, the nearest first. */
	broaderOf(tag: Tag): readonly Tag[];
	/** The listed tags that are part of a tag and of no listed one in between, by name. */
	narrowerOf(tag: Tag): readonly Listed<Tag>[];
	neighboursOf(article: Article): Neighbours;
	/** The nearest first, at most four; found anew at every call. */
	relatedTo(article: Article): readonly Related[];
	/** The same article in other languages, of those that readers may see. */
	translationsOf(article: Article): readonly Translation[];
	/** Two deep, the one that began last first. */
	threadsOf(article: Article): readonly Thread[];
	commentCountOf(article: Article): number;
}

/**
 * Makes every list of the paper in one pass.
 * @param showUnpublished true shows drafts and articles of the future too, as the editor's preview does
 * @param shownDraft the id of one that is shown though it is not published
 */
export function toPaper(newsroom: Newsroom, showUnpublished = false, shownDraft?: string): Paper {
	const shown = newsroom.articles.filter(
		({ id, status }) => showUnpublished || status === 'published' || id === shownDraft,
	);
	const places = [...shown, ...newsroom.retracted].sort(byNewest);
	const articles = places.filter(isArticle);
	const byId = new Map(articles.map((article) => [article.id, article]));
	const positions = new Map(articles.map((article, position) => [article, position]));
	const bySection = groupBy(places, (place) => [listsOf(place).section]);
	const byAuthor = groupBy(places, (place) => listsOf(place).authors);
	const placesByTag = groupBy(places, (place) => listsOf(place).tags);
	const comments = groupBy(newsroom.comments, (comment) => [comment.articleId]);
	const translated = groupBy(articles, ({ translationOf }) => (translationOf === undefined ? [] : [translationOf]));
	const list = <T extends { id: string }>(subject: T, lists: ReadonlyMap<string, readonly Place[]>): Listed<T> => {
		const own = lists.get(subject.id) ?? [];
		return { subject, articles: own.filter(isArticle), places: own };
	};
	const tags = newsroom.tags
		.map((tag) => list(tag, placesByTag))
		.filter((tag) => tag.articles.length > 0)
		.sort((a, b) => byName(a.subject, b.subject));
	const byTag = new Map(tags.map(({ subject, articles }) => [subject.id, articles]));
	const tagsById = new Map(newsroom.tags.map((tag) => [tag.id, tag]));
	const broaderOf = (tag: Tag) => ancestorsOf(tag, tagsById).filter(({ id }) => byTag.has(id));
	const narrower = groupBy(tags, ({ subject }) =>
		broaderOf(subject)
			.slice(0, 1)
			.map(({ id }) => id),
	);
	const lead = byId.get(newsroom.front.lead ?? '') ?? articles[0];
	const pinned = newsroom.front.pins.map((id) => byId.get(id)).filter((article) => article !== undefined);
	const takenSlugs = new Set([...reservedIds, ...tagsById.keys()]);
	const tagRedirects = tags.flatMap(({ subject }) =>
		redirectsOf(subject, takenSlugs).map((redirect) => ({ ...redirect, tag: subject })),
	);
	const formers = groupBy(
		tagRedirects.filter(({ isFormer }) => isFormer),
		({ tag }) => [tag.id],
	);
	let findRelated: ReturnType<typeof relatedFinder> | undefined;
	return {
		articles,
		retracted: places.filter(isRetraction),
		places,
		sections: [...newsroom.sections]
			.sort(byName)
			.map((section) => list(section, bySection))
			.filter(({ places: own }) => own.length > 0),
		authors: newsroom.authors
			.map((author) => list(author, byAuthor))
			.filter((author) => author.articles.length > 0)
			.sort((a, b) => byName(a.subject, b.subject)),
		tags,
		tagsByInitial: groupBy(tags, ({ subject }) => [initialOf(subject.name)]),
		tagRedirects,
		front: { lead, pinned: pinned.filter((article) => article !== lead) },
		mendings: toMendings(places),
		years: groupBy(articles, (article) => [yearOf(article.publishedAt.day)]),
		months: groupBy(articles, (article) => [monthOf(article.publishedAt.day)]),
		formerIdsOf: (tag) => (formers.get(tag.id) ?? []).map(({ slug }) => slug),
		broaderOf,
		narrowerOf: (tag) => narrower.get(tag.id) ?? [],
		neighboursOf(article) {
			const position = positions.get(article);
			if (position === undefined) return { previous: undefined, next: undefined };
			return { previous: articles[position + 1], next: articles[position - 1] };
		},
		relatedTo: (article) => (findRelated ??= relatedFinder(articles, tags))(article),
		translationsOf(article) {
			const original = article.translationOf ?? article.id;
			const versions = [byId.get(original), ...(translated.get(original) ?? [])];
			return versions
				.filter((version) => version !== undefined)
				.filter((version) => version !== article)
				.map(({ id, lang, title }) => ({ id, lang, title }));
		},
		threadsOf: (article) => toThreads(comments.get(article.id) ?? []),
		commentCountOf: (article) => comments.get(article.id)?.length ?? 0,
	};
}

/** Returns the newest change among articles and retractions; nothing where there are none. */
export function newestChange(places: readonly Place[]): Moment | undefined {
	return latestOf(places.map(lastChangedAt));
}

/** Groups articles, newest first, by the day on which they were published. */
export function groupByDay(articles: readonly Article[]): { day: string; articles: readonly Article[] }[] {
	return [...groupBy(articles, (article) => [article.publishedAt.day])].map(([day, ofDay]) => ({
		day,
		articles: ofDay,
	}));
}

function groupBy<T>(entries: readonly T[], keysOf: (entry: T) => readonly string[]): Map<string, T[]> {
	const groups = new Map<string, T[]>();
	for (const entry of entries) {
		for (const key of keysOf(entry)) {
			const group = groups.get(key);
			if (group) group.push(entry);
			else groups.set(key, [entry]);
		}
	}
	return groups;
}
