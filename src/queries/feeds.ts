import type { Article } from '../domain/articles.ts';
import { type FeedItem, toFeedItem } from '../domain/feed-items.ts';
import { feedSize, type FeedList, type RssDocument, subjectFeed, toJsonFeed, toRss } from '../domain/feeds.ts';
import { toNewsSitemap } from '../domain/news-sitemap.ts';
import * as paths from '../domain/paths.ts';
import { readClock } from '../environment.ts';
import { getPaper } from './paper.ts';
import { getFeedText } from './texts.ts';

const items = new WeakMap<Article, Promise<FeedItem>>();

/** Returns an article as feeds carry it, made once however many feeds do. */
function getItem(article: Article): Promise<FeedItem> {
	const item = items.get(article) ?? makeItem(article);
	items.set(article, item);
	return item;
}

async function makeItem(article: Article): Promise<FeedItem> {
	const { html, lead } = await getFeedText(article);
	return toFeedItem(article, html, lead);
}

/** Returns the feeds of all sections or all authors, for the routes that make them, each with its newest articles. */
export async function getSubjectFeeds(kind: 'section' | 'author') {
	const { sections, authors } = await getPaper();
	return (kind === 'section' ? sections : authors).map(({ subject, articles }) => ({
		params: { [kind]: subject.id },
		props: { list: subjectFeed(subject, paths[kind](subject.id)), articles: articles.slice(0, feedSize) },
	}));
}

/** Returns an RSS document. @param articles what it holds, newest first */
export async function getRss(document: RssDocument, articles: readonly Article[]): Promise<Response> {
	const rss = await toRss(document, await Promise.all(articles.map(getItem)));
	return new Response(rss, { headers: { 'Content-Type': 'application/rss+xml' } });
}

/** Returns a JSON Feed. @param articles what it holds, newest first */
export async function getJsonFeed(list: FeedList, articles: readonly Article[]): Promise<Response> {
	const json = toJsonFeed(list, await Promise.all(articles.map(getItem)));
	return new Response(json, { headers: { 'Content-Type': 'application/feed+json' } });
}

/** Returns the sitemap of the newest articles. */
export async function getNewsSitemap(): Promise<Response> {
	const { articles } = await getPaper();
	return new Response(toNewsSitemap(articles, readClock()), { headers: { 'Content-Type': 'application/xml' } });
}
