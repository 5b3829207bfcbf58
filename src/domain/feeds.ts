import { getRssString } from '@astrojs/rss';
import { escapeXml } from '../markdown/xml.ts';
import { site } from '../site.ts';
import { words } from '../words/words.ts';
import type { Article } from './articles.ts';
import { explainSource, formatByline } from './byline.ts';
import { formatMoment, toRfc822 } from './dates.ts';
import { newestChange } from './paper.ts';
import * as paths from './paths.ts';

/** How many articles the feed of the site, of a section or of an author holds. */
export const feedSize = 50;
/** How many articles the feed of a tag holds. */
export const tagFeedSize = 20;

/** A list that readers can follow. */
export interface FeedList {
	title: string;
	description: string;
	/** The address of the list, with the base. */
	path: string;
}

/** Returns the address that names the article in feeds for good: a tag URI (RFC 4151). */
function toTagUri(article: Article): string {
	return `tag:${site.feedAuthority}:${article.id}`;
}

/**
 * Returns an RSS 2.0 feed with whole texts. Its build date is that of the newest change among its articles, so that it
 * follows from content alone.
 * @param entries articles, newest first, each with the HTML of its text made for feeds
 */
export async function toRss(list: FeedList, entries: readonly { article: Article; html: string }[]): Promise<string> {
	const articles = entries.map(({ article }) => article);
	const newest = newestChange(articles);
	const built = newest === undefined ? '' : `<lastBuildDate>${toRfc822(newest)}</lastBuildDate>`;
	const self = escapeXml(paths.toAbsolute(paths.feed(list.path)));
	const rss = await getRssString({
		title: list.title,
		description: list.description,
		site: paths.toAbsolute(list.path),
		items: entries.map(({ article, html }) => ({
			title: article.title,
			link: paths.toAbsolute(paths.article(article.id)),
			description: article.standfirst,
			content: html + notesOf(article),
			categories: [...new Set([article.section.name, ...article.tags.map(({ name }) => name)])],
			customData: `${guidOf(article)}<pubDate>${toRfc822(article.publishedAt)}</pubDate>`,
		})),
		xmlns: { atom: 'http://www.w3.org/2005/Atom', dc: 'http://purl.org/dc/elements/1.1/' },
		customData: `<language>${site.language}</language>${built}<atom:link href="${self}" rel="self" type="application/rss+xml"/>`,
	});
	return articles.reduce(addCreator, rss);
}

function guidOf(article: Article): string {
	return `<guid isPermaLink="false">${toTagUri(article)}</guid>`;
}

/** Names come in afterwards: `customData` is parsed as data, which makes the number 7 of a person called 007. */
function addCreator(rss: string, article: Article): string {
	const guid = guidOf(article);
	return rss.replace(guid, () => `${guid}<dc:creator>${escapeXml(formatByline(article))}</dc:creator>`);
}

/** Returns as HTML what stands below the article's text on its page: its source, its sources and its corrections. */
function notesOf(article: Article): string {
	const { source, sources, corrections } = article;
	const link = source && `<a href="${escapeXml(source.url)}">${escapeXml(source.name)}</a>`;
	const note = link && `<p>${words.originalSource}: ${link}. ${escapeXml(explainSource(article) ?? '')}</p>`;
	const items = corrections.map(({ at, text }) => `<li>${formatMoment(at)}: ${escapeXml(text)}</li>`).join('');
	const cited = sources.map(({ name, title, url, date }) => {
		const when = date ? ` (${formatMoment(date)})` : '';
		return `<li>${escapeXml(name)}: <a href="${escapeXml(url)}">${escapeXml(title)}</a>${when}</li>`;
	});
	const list = cited.length === 0 ? '' : `<h2>${words.sources}</h2><ul>${cited.join('')}</ul>`;
	return (note ?? '') + list + (items && `<h2>${words.corrections}</h2><ul>${items}</ul>`);
}
