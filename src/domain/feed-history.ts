import { lastChangedAt } from './articles.ts';
import { feedSize, type RssDocument, siteFeed } from './feeds.ts';
import { newestChange } from './paper.ts';
import * as paths from './paths.ts';
import type { Place } from './retractions.ts';

/** How many articles an archive holds. */
const archiveSize = 50;
/** How long, in milliseconds before the newest change of the paper, a changed article of old stays in the site's feed. */
const changesFor = 30 * 86_400_000;
/** How many changed articles of old the site's feed holds at most. */
const mostChanged = 20;

/** A document of the site's feed with what it holds, newest first. */
export interface HistoryDocument {
	document: RssDocument;
	places: readonly Place[];
}

/**
 * Returns what the site's feed holds at present, newest first: the newest articles, and of older ones those that were
 * corrected, updated or retracted lately, each at its place by date, because readers who have an archive do not fetch it again
 * (RFC 5005, section 4). What is late is counted from the newest change, not by the clock: a build without a change
 * changes no feed.
 */
export function toCurrentDocument({ places }: Pick<HistoryDocument, 'places'>): HistoryDocument {
	const newest = places.slice(0, feedSize);
	const since = (newestChange(places)?.instant ?? 0) - changesFor;
	const changed = places
		.slice(feedSize)
		.map((place) => ({ place, at: lastChangedAt(place).instant }))
		.filter(({ place, at }) => at >= since && at > place.publishedAt.instant)
		.sort((a, b) => b.at - a.at)
		.slice(0, mostChanged);
	const held = new Set([...newest, ...changed.map(({ place }) => place)]);
	const full = Math.floor(places.length / archiveSize);
	return {
		document: { ...siteFeed, links: full > 0 ? { 'prev-archive': paths.feedArchive(full) } : {} },
		places: places.filter((place) => held.has(place)),
	};
}

/**
 * Returns the archives of the site's feed (RFC 5005, section 4) by their numbers, counted from the oldest. Each holds a
 * fixed range of {@link archiveSize} articles and names its neighbours from the beginning, so that it never changes but
 * with its articles. For that the number that follows the last archive is there too: a document that grows with every
 * article, calls itself no archive and is led to by the last archive alone. Once it is full, it is the next archive.
 * Only an article that is dated back among those of an archive, or removed from them, moves others.
 */
export function toArchives({ places }: Pick<HistoryDocument, 'places'>): Map<number, HistoryDocument> {
	const full = Math.floor(places.length / archiveSize);
	const oldestFirst = places.toReversed();
	const archives = new Map<number, HistoryDocument>();
	for (let number = 1; full > 0 && number <= full + 1; number++) {
		const isArchive = number <= full;
		const document: RssDocument = {
			...siteFeed,
			ownPath: paths.feedArchive(number),
			links: {
				current: paths.feed(),
				...(number > 1 && { 'prev-archive': paths.feedArchive(number - 1) }),
				...(isArchive && { 'next-archive': paths.feedArchive(number + 1) }),
			},
			isArchive,
		};
		const held = oldestFirst.slice((number - 1) * archiveSize, number * archiveSize).toReversed();
		archives.set(number, { document, places: held });
	}
	return archives;
}
