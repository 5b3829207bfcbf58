import type { Article } from '../domain/articles.ts';
import { commentsFeed, toCommentItems } from '../domain/comment-feed.ts';
import { commentsIn, type Thread } from '../domain/comments.ts';
import { type FeedItem, toFeedItem, toRssItem } from '../domain/feed-items.ts';
import { correctionsFeed, toMendingItem, toNoticeItem } from '../domain/feed-notices.ts';
import { feedSize, type FeedList, type RssDocument, subjectFeed, toJsonFeed, toRss } from '../domain/feeds.ts';
import { toNewsSitemap } from '../domain/news-sitemap.ts';
import * as paths from '../domain/paths.ts';
import { isRetraction, type Place } from '../domain/retractions.ts';
import { readClock } from '../environment.ts';
import { site } from '../site.ts';
import { onlyChanged } from './changed.ts';
import type { Commented } from './comments.ts';
import { getFeedImage } from './figures.ts';
import { getPaper } from './paper.ts';
import { getFeedText } from './texts.ts';

type Holding = NonNullable<RssDocument['holds']>;

const kept: Record<Holding, WeakMap<Place, Promise<FeedItem>>> = { full: new WeakMap(), standfirst: new WeakMap() };

/** Returns an article, or the notice in its place, as feeds carry it, made once however many feeds do. */
function getItem(place: Place, holds: Holding): Promise<FeedItem> {
	const item = kept[holds].get(place) ?? makeItem(place, holds);
	kept[holds].set(place, item);
	return item;
}

/** Makes the item of a feed, with its text only where the feed holds it. */
async function makeItem(place: Place, holds: Holding): Promise<FeedItem> {
	if (isRetraction(place)) return toNoticeItem(place);
	const lead = place.lead && (await getFeedImage(place, place.lead))?.image;
	return toFeedItem(place, holds === 'full' ? await getFeedText(place) : '', lead);
}

/** Returns an article as a feed reader shows it, and as the paper's RSS feed holds it. */
export async function getFeedParts(article: Article): Promise<{ html: string; source: string }> {
	const item = await makeItem(article, 'full');
	return { html: item.html, source: toRssItem(item, 'full') };
}

/** Returns the feeds of all sections or all authors, for the routes that make them, each with the newest places of its list. */
export async function getSubjectFeeds(options: { routePattern: string }, kind: 'section' | 'author') {
	const { sections, authors } = await getPaper();
	const feeds = (kind === 'section' ? sections : authors).map(({ subject, places }) => ({
		params: { [kind]: subject.id },
		props: { list: subjectFeed(subject, paths[kind](subject.id)), places: places.slice(0, feedSize) },
	}));
	return onlyChanged(options, feeds);
}

/** Returns an RSS document. @param places what it holds, newest first */
export async function getRss(document: RssDocument, places: readonly Place[]): Promise<Response> {
	const { holds = 'full', isArchive } = document;
	// Archives hold the texts of all articles, of which other feeds need few again.
	const get = isArchive && site.tagFeeds !== 'full' ? makeItem : getItem;
	const items = await Promise.all(places.map((place) => get(place, holds)));
	return toRssResponse(await toRss(document, items));
}

/** Returns the RSS feed of everything that was corrected or retracted. */
export async function getCorrectionsRss(): Promise<Response> {
	const { mendings } = await getPaper();
	return toRssResponse(await toRss(correctionsFeed, mendings.slice(0, feedSize).map(toMendingItem)));
}

/** Returns the RSS feed of the comments on an article. @param threads all of them */
export async function getCommentsRss(article: Commented, threads: readonly Thread[]): Promise<Response> {
	return toRssResponse(await toRss(commentsFeed(article), toCommentItems(article, commentsIn(threads))));
}

function toRssResponse(rss: string): Response {
	return new Response(rss, { headers: { 'Content-Type': 'application/rss+xml' } });
}

/** Returns a JSON Feed. @param places what it holds, newest first */
export async function getJsonFeed(list: FeedList, places: readonly Place[]): Promise<Response> {
	const json = toJsonFeed(list, await Promise.all(places.map((place) => getItem(place, 'full'))));
	return new Response(json, { headers: { 'Content-Type': 'application/feed+json' } });
}

/** Returns the sitemap of the newest articles. */
export async function getNewsSitemap(): Promise<Response> {
	const { articles } = await getPaper();
	return new Response(toNewsSitemap(articles, readClock()), { headers: { 'Content-Type': 'application/xml' } });
}
