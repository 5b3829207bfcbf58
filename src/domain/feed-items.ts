import { cardSize } from '../cards/card.ts';
import { escapeFeedLine, escapeXml, toCdata } from '../markdown/xml.ts';
import { site } from '../site.ts';
import { words } from '../words/words.ts';
import { type Article, lastChangedAt } from './articles.ts';
import { explainSource, formatByline } from './byline.ts';
import { formatMoment, toRfc3339, toRfc822 } from './dates.ts';
import type { FeedImage } from './figures.ts';
import * as paths from './paths.ts';
import type { Place, Retraction } from './retractions.ts';

/** An article, or the notice in the place of one that was retracted, as feeds carry it, made once for all of them. */
export interface FeedItem {
	place: Place;
	/** The whole text, with what stands below it on its page. */
	html: string;
	/** The parts of an RSS item before and after the text. */
	rss: { head: string; tail: string };
	/** What an item of JSON Feed has beside its text, its identity and its times. */
	json: object;
}

/**
 * Returns the article as feeds carry it.
 * @param text the HTML of the article's text made for feeds
 * @param lead the picture of the figure above the text, if it has one
 */
export function toFeedItem(article: Article, text: string, lead: FeedImage | undefined): FeedItem {
	const image = lead ?? { src: paths.toAbsolute(paths.card(article.id)), ...cardSize };
	return {
		place: article,
		html: text + notesOf(article),
		rss: toRssParts(article, image),
		json: toJsonParts(article, image),
	};
}

/** Returns the notice of a retracted article as feeds carry it: for readers, the item that they have, with another text. */
export function toNoticeItem(retraction: Retraction): FeedItem {
	const { publishedAt, retractedAt, reason } = retraction;
	const times = words.publishedAndRetracted(formatMoment(publishedAt), formatMoment(retractedAt));
	const paragraphs = [times, ...reason.split(/\n\s*\n/)].map((text) => `<p>${escapeXml(text)}</p>`);
	const title = words.retracted;
	return {
		place: retraction,
		html: paragraphs.join(''),
		rss: { head: toRssHead(retraction, title, '', reason), tail: `${toRssDate(retraction)}</item>` },
		json: { title, summary: reason },
	};
}

/**
 * Returns an item of RSS 2.0, with its text or with the standfirst alone. The text's base is the article's page, for
 * readers who make whole addresses of the links between notes.
 */
export function toRssItem({ place, html, rss }: FeedItem, holds: 'full' | 'standfirst'): string {
	const base = escapeXml(paths.toAbsolute(paths.article(place.id)));
	const text = holds === 'full' ? `<content:encoded xml:base="${base}">${toCdata(html)}</content:encoded>` : '';
	return rss.head + text + rss.tail;
}

/** Returns an item of JSON Feed 1.1. */
export function toJsonItem({ place, html, json }: FeedItem): object {
	return {
		id: toTagUri(place),
		url: paths.toAbsolute(paths.article(place.id)),
		...json,
		content_html: html,
		date_published: toRfc3339(place.publishedAt),
		date_modified: toRfc3339(lastChangedAt(place)),
	};
}

function toJsonParts(article: Article, image: FeedImage): object {
	const { title, standfirst, source } = article;
	const isSigned = source === undefined || source.relation === 'reported';
	const people = article.authors.map(({ id, name }) => ({ name, url: paths.toAbsolute(paths.author(id)) }));
	return {
		title,
		summary: standfirst,
		image: image.src,
		authors: isSigned ? people : [{ name: formatByline(article) }],
		tags: labelsOf(article),
	};
}

/** Returns the address that names the article in feeds for good: a tag URI (RFC 4151). */
function toTagUri({ id }: Place): string {
	return `tag:${site.feedAuthority}:${id}`;
}

/** Returns the names of the section and of the tags, each once. */
function labelsOf({ section, tags }: Article): string[] {
	return [...new Set([section.name, ...tags.map(({ name }) => name)])];
}

function toRssParts(article: Article, { src, width, height }: FeedImage): FeedItem['rss'] {
	const type = src.endsWith('.png') ? 'image/png' : 'image/jpeg';
	const creator = `<dc:creator>${escapeXml(formatByline(article))}</dc:creator>`;
	return {
		head: toRssHead(article, article.title, creator, article.standfirst),
		tail: [
			toRssDate(article),
			...labelsOf(article).map((label) => `<category>${escapeFeedLine(label)}</category>`),
			`<media:content url="${escapeXml(src)}" type="${type}" medium="image" width="${width}" height="${height}"/></item>`,
		].join(''),
	};
}

/** The description of an item is HTML, its title and categories are not, and its creator is a name letter by letter. */
function toRssHead(place: Place, title: string, creator: string, description: string): string {
	return [
		`<item><title>${escapeFeedLine(title)}</title>`,
		`<link>${escapeXml(paths.toAbsolute(paths.article(place.id)))}</link>`,
		`<guid isPermaLink="false">${escapeXml(toTagUri(place))}</guid>`,
		creator,
		`<description>${escapeXml(escapeXml(description))}</description>`,
	].join('');
}

function toRssDate({ publishedAt }: Place): string {
	return `<pubDate>${toRfc822(publishedAt)}</pubDate>`;
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
