import type { RSSFeedItem, RSSOptions } from '@astrojs/rss';
import { site } from '../site.ts';
import type { Article } from './articles.ts';
import { toRfc822 } from './dates.ts';
import { newestChange } from './paper.ts';
import * as paths from './paths.ts';

/** How many articles the feed of the site, of a section or of an author holds. */
export const feedSize = 50;
/** How many articles the feed of a tag holds. */
export const tagFeedSize = 20;

/** Returns the address that names the article in feeds for good: a tag URI (RFC 4151). */
function toTagUri(article: Article): string {
	return `tag:${site.feedAuthority}:${article.id}`;
}

/** Returns the article as an item of an RSS 2.0 feed. @param html its text, made for feeds */
export function toFeedItem(article: Article, html: string): RSSFeedItem {
	const published = `<pubDate>${toRfc822(article.publishedAt)}</pubDate>`;
	const creators = article.authors.map(({ name }) => `<dc:creator>${escapeXml(name)}</dc:creator>`);
	return {
		title: article.title,
		link: paths.toAbsolute(paths.article(article.id)),
		description: article.standfirst,
		content: html,
		categories: [article.section.name, ...article.tags.map(({ name }) => name)],
		customData: `<guid isPermaLink="false">${escapeXml(toTagUri(article))}</guid>${published}${creators.join('')}`,
	};
}

/**
 * Returns an RSS 2.0 feed for `@astrojs/rss`. Its build date is that of the newest change among its articles, so that
 * it follows from content alone.
 * @param list address of the list that the feed follows, with the base
 */
export function toFeed(
	{ title, description, list }: { title: string; description: string; list: string },
	articles: readonly Article[],
	items: RSSFeedItem[],
): RSSOptions {
	const self = escapeXml(paths.toAbsolute(paths.feed(list)));
	const newest = newestChange(articles);
	const built = newest === undefined ? '' : `<lastBuildDate>${toRfc822(newest)}</lastBuildDate>`;
	return {
		title,
		description,
		site: paths.toAbsolute(list),
		items,
		xmlns: { atom: 'http://www.w3.org/2005/Atom', dc: 'http://purl.org/dc/elements/1.1/' },
		customData: `<language>${site.language}</language>${built}<atom:link href="${self}" rel="self" type="application/rss+xml"/>`,
	};
}

function escapeXml(text: string): string {
	return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
