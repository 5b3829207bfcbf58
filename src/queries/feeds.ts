import type { RSSOptions } from '@astrojs/rss';
import type { Article } from '../domain/articles.ts';
import { toFeed, toFeedItem } from '../domain/feeds.ts';
import { getFeedText } from './texts.ts';

/**
 * Returns the feed of a list with the full text of its newest articles.
 * @param list its title, its description and its address with the base
 * @param size how many articles the feed holds at most
 */
export async function getFeed(
	list: { title: string; description: string; list: string },
	articles: readonly Article[],
	size: number,
): Promise<RSSOptions> {
	const newest = articles.slice(0, size);
	const items = await Promise.all(newest.map(async (article) => toFeedItem(article, await getFeedText(article))));
	return toFeed(list, newest, items);
}
