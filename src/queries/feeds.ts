import type { Article } from '../domain/articles.ts';
import { type FeedList, toRss } from '../domain/feeds.ts';
import { getFeedText } from './texts.ts';

/** Returns the RSS feed of a list with the full text of its newest articles. @param size how many it holds at most */
export async function getFeed(list: FeedList, articles: readonly Article[], size: number): Promise<Response> {
	const newest = articles.slice(0, size);
	const entries = await Promise.all(newest.map(async (article) => ({ article, html: await getFeedText(article) })));
	return new Response(await toRss(list, entries), { headers: { 'Content-Type': 'application/rss+xml' } });
}
