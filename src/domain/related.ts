import { site } from '../site.ts';
import { words } from '../words/words.ts';
import { type Article, byNewest } from './articles.ts';
import { byName, type Tag } from './tags.ts';

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
 * closer in time, the nearer. The clock plays no part, and the work does not grow with the number of articles.
 * @param byTag the articles of each tag by its id, newest first
 * @param count how many articles there are
 */
export function relatedFinder(
	byTag: ReadonlyMap<string, readonly Article[]>,
	count: number,
): (article: Article) => Related[] {
	// Every article is weighed against hundreds of others, so tags are numbered: that takes a tenth of the time.
	const numbers = new Map([...byTag.keys()].map((id, number) => [id, number]));
	const rarities = Float64Array.from(byTag.values(), ({ length }) => toRarity(length, count));
	const isShared = new Uint8Array(numbers.size);
	const kept = new WeakMap<Article, Uint32Array>();
	const numbersOf = (article: Article) =>
		kept.getOrInsertComputed(article, () => Uint32Array.from(article.tags, ({ id }) => numbers.get(id) ?? 0));
	const rarityOf = (tag: Tag) => rarities[numbers.get(tag.id) ?? 0] ?? 0;
	const sharedRarity = (candidate: Article) => {
		let sum = 0;
		for (const number of numbersOf(candidate)) if (isShared[number] === 1) sum += rarities[number] ?? 0;
		return sum;
	};
	return (article) => {
		const candidates = new Set(article.tags.flatMap(({ id }) => nearestInTime(article, byTag.get(id) ?? [])));
		for (const number of numbersOf(article)) isShared[number] = 1;
		let nearest: { candidate: Article; weight: number }[] = [];
		for (const candidate of candidates) {
			const weight = sharedRarity(candidate) / (1 + distance(article, candidate) / halving);
			// Most of hundreds are not among the few nearest, and need not be put in order.
			if (nearest.length === wanted && weight < (nearest.at(-1)?.weight ?? 0)) continue;
			nearest = [...nearest, { candidate, weight }].sort(byWeight).slice(0, wanted);
		}
		for (const number of numbersOf(article)) isShared[number] = 0;
		const own = new Set(article.tags);
		return nearest.map(({ candidate }) => ({ article: candidate, shared: rarestFirst(candidate, own, rarityOf) }));
	};
}

function byWeight(a: { candidate: Article; weight: number }, b: { candidate: Article; weight: number }): number {
	return b.weight - a.weight || byNewest(a.candidate, b.candidate);
}

/** Returns why an article is related: `Also about Kashgar and Railways`. */
export function explainRelated({ shared }: Related): string {
	return words.alsoAbout(new Intl.ListFormat(site.language).format(shared.map(({ name }) => name)));
}

/**
 * Returns how much a common tag says: the inverse document frequency (Spärck Jones 1972) in thousandths of a bit, whole
 * so that sums do not depend on the order of adding.
 */
function toRarity(articlesOfTag: number, count: number): number {
	return Math.round(1000 * Math.log2(1 + count / articlesOfTag));
}

function distance(a: Article, b: Article): number {
	return Math.abs(a.publishedAt.instant - b.publishedAt.instant);
}

/** Returns at most {@link reach} articles of a list, newest first, that were published around `article`, which is one of them. */
function nearestInTime(article: Article, newestFirst: readonly Article[]): Article[] {
	const position = positionOf(article, newestFirst);
	let newer = position - 1;
	let older = position + 1;
	const found: Article[] = [];
	while (found.length < reach) {
		const before = newestFirst[newer];
		const after = newestFirst[older];
		if (before && (!after || distance(article, before) <= distance(article, after))) {
			found.push(before);
			newer--;
		} else if (after) {
			found.push(after);
			older++;
		} else break;
	}
	return found;
}

/** Finds an article in a list, newest first, by halving it. */
function positionOf(article: Article, newestFirst: readonly Article[]): number {
	let start = 0;
	let end = newestFirst.length;
	while (start < end) {
		const middle = (start + end) >>> 1;
		const other = newestFirst[middle];
		if (other === article) return middle;
		if (other && byNewest(other, article) < 0) start = middle + 1;
		else end = middle;
	}
	return start;
}

function rarestFirst(candidate: Article, own: ReadonlySet<Tag>, rarityOf: (tag: Tag) => number): Tag[] {
	return candidate.tags
		.filter((tag) => own.has(tag))
		.sort((a, b) => rarityOf(b) - rarityOf(a) || byName(a, b))
		.slice(0, namedTags);
}
