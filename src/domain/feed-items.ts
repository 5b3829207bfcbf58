import { cardSize } from '../cards/card.ts';
import { escapeFeedLine, escapeXml, toCdata } from '../markdown/xml.ts';
import { site } from '../site.ts';
import { words } from '../words/words.ts';
import { type Article, lastChangedAt } from './articles.ts';
import { explainSource, formatByline } from './byline.ts';
import { formatMoment, toRfc3339, toRfc822 } from './dates.ts';
import type { FeedImage } from './figures.ts';
import * as paths from './paths.ts';

/** An article as feeds carry it, made once for all of them. */
export interface FeedItem {
	article: Article;
	/** The whole text, with what stands below it on its page. */
	html: string;
	/** The figure above the text where that is a picture or a map, else the article's card. */
	image: FeedImage;
	/** The parts of an RSS item before and after the text. */
	rss: { head: string; tail: string };
}

/**
 * Returns the article as feeds carry it.
 * @param text the HTML of the article's text made for feeds
 * @param lead the picture of the figure above the text, if it has one
 */
export function toFeedItem(article: Article, text: string, lead: FeedImage | undefined): FeedItem {
	const image = lead ?? { src: paths.toAbsolute(paths.card(article.id)), ...cardSize };
	return { article, html: text + notesOf(article), image, rss: toRssParts(article, image) };
}

/**
 * Returns an item of RSS 2.0, with its text or with the standfirst alone. The text's base is the article's page, for
 * readers who make whole addresses of the links between notes.
 */
export function toRssItem({ article, html, rss }: FeedItem, holds: 'full' | 'standfirst'): string {
	const base = escapeXml(paths.toAbsolute(paths.article(article.id)));
	const text = holds === 'full' ? `<content:encoded xml:base="${base}">${toCdata(html)}</content:encoded>` : '';
	return rss.head + text + rss.tail;
}

/** Returns an item of JSON Feed 1.1. */
export function toJsonItem({ article, html, image }: FeedItem): object {
	const { id, title, standfirst, publishedAt, source } = article;
	const isSigned = source === undefined || source.relation === 'reported';
	const people = article.authors.map(({ id, name }) => ({ name, url: paths.toAbsolute(paths.author(id)) }));
	return {
		id: toTagUri(article),
		url: paths.toAbsolute(paths.article(id)),
		title,
		summary: standfirst,
		content_html: html,
		image: image.src,
		date_published: toRfc3339(publishedAt),
		date_modified: toRfc3339(lastChangedAt(article)),
		authors: isSigned ? people : [{ name: formatByline(article) }],
		tags: labelsOf(article),
	};
}

/** Returns the address that names the article in feeds for good: a tag URI (RFC 4151). */
function toTagUri(article: Article): string {
	return `tag:${site.feedAuthority}:${article.id}`;
}

/** Returns the names of the section and of the tags, each once. */
function labelsOf({ section, tags }: Article): string[] {
	return [...new Set([section.name, ...tags.map(({ name }) => name)])];
}

/** The description of an item is HTML, its title and categories are not, and its creator is a name letter by letter. */
function toRssParts(article: Article, { src, width, height }: FeedImage): FeedItem['rss'] {
	const type = src.endsWith('.png') ? 'image/png' : 'image/jpeg';
	return {
		head: [
			`<item><title>${escapeFeedLine(article.title)}</title>`,
			`<link>${escapeXml(paths.toAbsolute(paths.article(article.id)))}</link>`,
			`<guid isPermaLink="false">${escapeXml(toTagUri(article))}</guid>`,
			`<dc:creator>${escapeXml(formatByline(article))}</dc:creator>`,
			`<description>${escapeXml(escapeXml(article.standfirst))}</description>`,
		].join(''),
		tail: [
			`<pubDate>${toRfc822(article.publishedAt)}</pubDate>`,
			...labelsOf(article).map((label) => `<category>${escapeFeedLine(label)}</category>`),
			`<media:content url="${escapeXml(src)}" type="${type}" medium="image" width="${width}" height="${height}"/></item>`,
		].join(''),
	};
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
