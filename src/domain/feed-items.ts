import { cardSize } from '../cards/card.ts';
import { escapeFeedLine, escapeXml, toCdata } from '../markdown/xml.ts';
import type { Moment } from '../schemas/moment.ts';
import { site } from '../site.ts';
import { words } from '../words/words.ts';
import { markOwnWords, markWordsOf } from '../words/writing.ts';
import { type Article, lastChangedAt } from './articles.ts';
import { explainSource, formatByline } from './byline.ts';
import { explainCorrection } from './corrections.ts';
import { formatMoment, toRfc3339, toRfc822 } from './dates.ts';
import type { FeedImage } from './figures.ts';
import * as paths from './paths.ts';
import type { Place } from './retractions.ts';

/** What feeds say of an article, of a notice in the place of one, or of a correction. */
interface FeedFacts {
	/** What names it for good: a tag URI (RFC 4151). */
	id: string;
	/** Where it is read, with the base. */
	path: string;
	title: string;
	summary: string;
	/** The whole text, with what stands below it on its page. */
	html: string;
	publishedAt: Moment;
	changedAt: Moment;
	/** The tag of its language where that is not the feed's. */
	lang?: string;
	/** Whose work it is, in one line. */
	creator?: string;
	authors?: readonly { name: string; url?: string }[];
	/** Names of its section and its tags. */
	labels?: readonly string[];
	image?: FeedImage;
}

/** An item as feeds carry it, made once for all of them. */
export interface FeedItem extends FeedFacts {
	/** The parts of an RSS item before and after the text. */
	rss: { head: string; tail: string };
}

/**
 * Returns the article as feeds carry it.
 * @param text the HTML of the article's text made for feeds
 * @param lead the figure above the text where that is a picture or a map; else the article's card stands for it
 */
export function toFeedItem(article: Article, text: string, lead: FeedImage | undefined): FeedItem {
	const { title, standfirst, source, section, tags } = article;
	const isSigned = source === undefined || source.relation === 'reported';
	const people = article.authors.map(({ id, name }) => ({ name, url: paths.toAbsolute(paths.author(id)) }));
	const creator = formatByline(article);
	return toItem({
		id: toTagUri(article),
		path: paths.article(article.id),
		title,
		summary: standfirst,
		html: text + notesOf(article),
		publishedAt: article.publishedAt,
		changedAt: lastChangedAt(article),
		...(article.lang !== site.language && { lang: article.lang }),
		creator,
		authors: isSigned ? people : [{ name: creator }],
		labels: [...new Set([section.name, ...tags.map(({ name }) => name)])],
		image: lead ?? { src: paths.toAbsolute(paths.card(article.id)), ...cardSize },
	});
}

/** Returns what names an article, or the notice in its place, in feeds for good: a tag URI made of its first path. */
export function toTagUri({ id, formerPaths: [first = id] }: Pick<Place, 'id' | 'formerPaths'>): string {
	return `tag:${site.feedAuthority}:${first}`;
}

/** Returns the facts as feeds carry them. */
export function toItem(facts: FeedFacts): FeedItem {
	return { ...facts, rss: toRssParts(facts) };
}

/**
 * Returns an item of RSS 2.0, with its text or with the standfirst alone. The text's base is the article's page, for
 * readers who make whole addresses of the links between notes.
 */
export function toRssItem({ path, html, rss }: FeedItem, holds: 'full' | 'standfirst'): string {
	const base = escapeXml(paths.toAbsolute(path).replace(/#.*/, ''));
	const text = holds === 'full' ? `<content:encoded xml:base="${base}">${toCdata(html)}</content:encoded>` : '';
	return rss.head + text + rss.tail;
}

/** Returns an item of JSON Feed 1.1. */
export function toJsonItem({ image, authors, labels, ...facts }: FeedItem): object {
	return {
		id: facts.id,
		url: paths.toAbsolute(facts.path),
		title: facts.title,
		...(facts.lang !== undefined && { language: facts.lang }),
		summary: facts.summary,
		content_html: facts.html,
		...(image && { image: image.src }),
		date_published: toRfc3339(facts.publishedAt),
		date_modified: toRfc3339(facts.changedAt),
		...(authors && { authors }),
		...(labels && { tags: labels }),
	};
}

/** The description of an item is HTML, its title and categories are not, and its creator is a name letter by letter. */
function toRssParts({
	id,
	path,
	title,
	summary,
	publishedAt,
	lang,
	creator,
	labels = [],
	image,
}: FeedFacts): FeedItem['rss'] {
	return {
		head: [
			`<item${lang === undefined ? '' : ` xml:lang="${lang}"`}><title>${escapeFeedLine(title)}</title>`,
			`<link>${escapeXml(paths.toAbsolute(path))}</link>`,
			`<guid isPermaLink="false">${escapeXml(id)}</guid>`,
			creator === undefined ? '' : `<dc:creator>${escapeXml(creator)}</dc:creator>`,
			`<description>${escapeXml(escapeXml(summary))}</description>`,
		].join(''),
		tail: [
			`<pubDate>${toRfc822(publishedAt)}</pubDate>`,
			...labels.map((label) => `<category>${escapeFeedLine(label)}</category>`),
			image ? toMediaElement(image) : '',
			'</item>',
		].join(''),
	};
}

function toMediaElement({ src, width, height }: FeedImage): string {
	const type = src.endsWith('.png') ? 'image/png' : 'image/jpeg';
	return `<media:content url="${escapeXml(src)}" type="${type}" medium="image" width="${width}" height="${height}"/>`;
}

/** Returns as HTML what stands below the article's text on its page: its source, its sources and its corrections. */
export function notesOf(article: Article): string {
	const { source, sources, corrections } = article;
	const link = source && `<a href="${escapeXml(source.url)}">${escapeXml(source.name)}</a>`;
	const note = link && `<p>${words.originalSource}: ${link}. ${escapeXml(explainSource(article) ?? '')}</p>`;
	const mark = (text: string) => markWordsOf(article.lang, escapeXml(text));
	const items = corrections
		.map((correction) => `<li>${formatMoment(correction.at)}: ${explainCorrection(correction, mark)}</li>`)
		.join('');
	const cited = sources.map(({ name, title, url, date }) => {
		const when = date ? ` (${formatMoment(date)})` : '';
		return `<li>${escapeXml(name)}: <a href="${escapeXml(url)}">${escapeXml(title)}</a>${when}</li>`;
	});
	const list = cited.length === 0 ? '' : `<h2>${words.sources}</h2><ul>${cited.join('')}</ul>`;
	const notes = (note ?? '') + list + (items && `<h2>${words.corrections}</h2><ul>${items}</ul>`);
	return markOwnWords(notes, article.lang, 'div');
}
