import { words } from '../words/words.ts';
import type { Article } from './articles.ts';
import { formatNames } from './byline.ts';
import type { Tag } from './tags.ts';

/** An article that another leads to, and why. */
export interface Related {
	article: Article;
	/** What both are about: their rarest common tags, the rarest first, at most {@link namedTags}. */
	shared: readonly Tag[];
}

/** How many related articles an article has at most. */
const wanted = 4;
const namedTags = 3;
/** How many articles of each tag are weighed: those nearest in time. */
const reach = 12;
/** Two articles that lie so far apart, in milliseconds, are half as near as two of one moment. */
const halving = 365 * 24 * 3_600_000;

/**
 * Returns what finds the articles that share tags with one of them, the nearest first: the rarer the common tags and the
 * closer in time, the nearer. The clock plays no part, and the work for one does not grow with the number of articles.
 * @param articles newest first
 * @param listed their tags by name, each with its articles, newest first
 */
export function relatedFinder(
	articles: readonly Article[],
	listed: readonly { subject: Tag; articles: readonly Article[] }[],
): (article: Article) => Related[] {
	// Every article is weighed against hundreds of others, so articles and tags are numbered: that takes a tenth of the time.
	const numbers = new Map(articles.map((article, number) => [article, number]));
	const tagNumbers = new Map(listed.map(({ subject }, number) => [subject.id, number]));
	const toTags = (article: Article) => Uint32Array.from(article.tags, ({ id }) => tagNumbers.get(id) ?? 0);
	const toList = (list: readonly Article[]) => Uint32Array.from(list, (article) => numbers.get(article) ?? 0);
	const tags = articles.map(toTags);
	/** Of which text each is a version: translations of one text are not related, but the same. */
	const originals = articles.map(({ id, translationOf = id }) => translationOf);
	const lists = listed.map((tag) => toList(tag.articles));
	const rarities = lists.map(({ length }) => toRarity(length, articles.length));
	const times = Float64Array.from(articles, ({ publishedAt }) => publishedAt.instant);
	/** Of the tags of the article of which the nearest are wanted; 0 of all others. */
	const sharedRarities = new Float64Array(listed.length);
	/** In which search each was weighed last. */
	const weighedIn = new Uint32Array(articles.length);
	let search = 0;
	const none = new Uint32Array();

	const weigh = (number: number, candidate: number) => {
		let shared = 0;
		for (const tag of tags[candidate] ?? none) shared += sharedRarities[tag] ?? 0;
		return shared / (1 + distance(times, number, candidate) / halving);
	};
	const findNearest = (number: number) => {
		let nearest: { candidate: number; weight: number }[] = [];
		search++;
		weighedIn[number] = search;
		for (const tag of tags[number] ?? none)
			for (const candidate of nearestInTime(number, lists[tag] ?? none, times)) {
				if (weighedIn[candidate] === search) continue;
				weighedIn[candidate] = search;
				if (originals[candidate] === originals[number]) continue;
				const weight = weigh(number, candidate);
				// Most of hundreds are not among the few nearest, and need not be put in order.
				if (nearest.length === wanted && weight < (nearest.at(-1)?.weight ?? 0)) continue;
				nearest = [...nearest, { candidate, weight }]
					.sort((a, b) => b.weight - a.weight || a.candidate - b.candidate)
					.slice(0, wanted);
			}
		return nearest.map(({ candidate }) => candidate);
	};
	const rarestShared = (candidate: number) =>
		[...(tags[candidate] ?? none)]
			.filter((tag) => sharedRarities[tag] !== 0)
			.sort((a, b) => (rarities[b] ?? 0) - (rarities[a] ?? 0) || a - b)
			.slice(0, namedTags)
			.flatMap((tag) => listed[tag]?.subject ?? []);
	return (article) => {
		const number = numbers.get(article) ?? 0;
		for (const tag of tags[number] ?? none) sharedRarities[tag] = rarities[tag] ?? 0;
		const related = findNearest(number).flatMap((candidate) => {
			const other = articles[candidate];
			return other ? [{ article: other, shared: rarestShared(candidate) }] : [];
		});
		for (const tag of tags[number] ?? none) sharedRarities[tag] = 0;
		return related;
	};
}

/** Returns why an article is related: `Also about Kashgar and Railways`. */
export function explainRelated({ shared }: Related): string {
	return words.alsoAbout(formatNames(shared.map(({ name }) => name)));
}

/**
 * Returns how much a common tag says: the inverse document frequency (Spärck Jones 1972) in thousandths of a bit, whole
 * so that sums do not depend on the order of adding.
 */
function toRarity(articlesOfTag: number, count: number): number {
	return Math.round(1000 * Math.log2(1 + count / articlesOfTag));
}

function distance(times: Float64Array, one: number, other: number): number {
	return Math.abs((times[one] ?? 0) - (times[other] ?? 0));
}

/** Returns at most {@link reach} articles of a list, newest first, that were published around `number`, which is one of them. */
function nearestInTime(number: number, newestFirst: Uint32Array, times: Float64Array): number[] {
	const position = positionOf(number, newestFirst);
	let newer = position - 1;
	let older = position + 1;
	const found: number[] = [];
	while (found.length < reach) {
		const before = newestFirst[newer];
		const after = newestFirst[older];
		if (
			before !== undefined &&
			(after === undefined || distance(times, number, before) <= distance(times, number, after))
		) {
			found.push(before);
			newer--;
		} else if (after !== undefined) {
			found.push(after);
			older++;
		} else break;
	}
	return found;
}

/** Finds a number in a list that grows, by halving it. */
function positionOf(number: number, list: Uint32Array): number {
	let start = 0;
	let end = list.length;
	while (start < end) {
		const middle = (start + end) >>> 1;
		if ((list[middle] ?? 0) < number) start = middle + 1;
		else end = middle;
	}
	return start;
}
