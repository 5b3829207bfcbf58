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
 * Returns the articles that share tags with `article`, the nearest first: the rarer the common tags and the closer in
 * time, the nearer. The clock plays no part, and the work does not grow with the number of articles.
 * @param byTag the articles of each tag by its id, newest first
 * @param count how many articles there are
 */
export function findRelated(
	article: Article,
	byTag: ReadonlyMap<string, readonly Article[]>,
	count: number,
): Related[] {
	const rarities = new Map<Tag, number>();
	const candidates = new Set<Article>();
	for (const tag of article.tags) {
		const articles = byTag.get(tag.id) ?? [];
		rarities.set(tag, toRarity(articles.length, count));
		for (const candidate of nearestInTime(article, articles)) candidates.add(candidate);
	}
	const weighed = [...candidates].map((candidate) => {
		const rarity = candidate.tags.reduce((sum, tag) => sum + (rarities.get(tag) ?? 0), 0);
		return { candidate, weight: rarity / (1 + distance(article, candidate) / halving) };
	});
	return weighed
		.sort((a, b) => b.weight - a.weight || byNewest(a.candidate, b.candidate))
		.slice(0, wanted)
		.map(({ candidate }) => ({ article: candidate, shared: rarestShared(candidate, rarities) }));
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

function rarestShared(candidate: Article, rarities: ReadonlyMap<Tag, number>): Tag[] {
	const rarityOf = (tag: Tag) => rarities.get(tag) ?? 0;
	return candidate.tags
		.filter((tag) => rarities.has(tag))
		.sort((a, b) => rarityOf(b) - rarityOf(a) || byName(a, b))
		.slice(0, namedTags);
}
