import { getRssString } from '@astrojs/rss';
import { breakMarkup, escapeXml } from '../markdown/xml.ts';
import { site } from '../site.ts';
import { words } from '../words/words.ts';
import type { Author, Section } from './articles.ts';
import { latestOf, toRfc822 } from './dates.ts';
import { type FeedItem, toJsonItem, toRssItem } from './feed-items.ts';
import * as paths from './paths.ts';
import { logo } from './structured-data.ts';
import type { Tag } from './tags.ts';

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

/** What an RSS document has beside its articles. */
export interface RssDocument extends FeedList {
	/** The document's own address, with the base, where it is not the feed's. */
	ownPath?: string;
	/** Addresses, with the base, of other documents of the same feed (RFC 5005). */
	links?: Readonly<Record<string, string>>;
	/** True for a document that will hold the same articles for good (RFC 5005). */
	isArchive?: boolean;
	/** What the document holds of each article; by default its whole text. */
	holds?: 'full' | 'standfirst';
	/** True for a document whose address no hub may hear of. */
	isSecret?: boolean;
}

export const siteFeed: FeedList = { title: site.title, description: site.description, path: paths.home() };

/** What a list can be of. */
export type Subject = Author | Section | Tag;

/** Returns the feed of a section, an author or a tag. @param path the address of its list, with the base */
export function subjectFeed({ name, description }: Subject, path: string): FeedList {
	return {
		title: words.feedTitle(name, site.title),
		description: description ?? words.articlesAbout(name, site.title),
		path,
	};
}

/** Returns the feeds of a list as pages name them to feed readers. */
export function alternatesOf({ title, path }: Pick<FeedList, 'title' | 'path'>) {
	return paths.feedsOf(path).map((feed) => {
		if (feed.endsWith('.json')) return { title: `${title} (JSON)`, path: feed, type: 'application/feed+json' };
		return { title, path: feed, type: 'application/rss+xml' };
	});
}

/**
 * Returns an RSS 2.0 document. Its build date is that of the newest change among its articles, so that it follows from
 * content alone.
 * @param items newest first
 */
export async function toRss(document: RssDocument, items: readonly FeedItem[], hub = site.webSubHub): Promise<string> {
	const {
		title,
		description,
		path,
		ownPath = paths.feed(path),
		links = {},
		isArchive,
		holds = 'full',
		isSecret,
	} = document;
	const newest = latestOf(items.map(({ changedAt }) => changedAt));
	const link = (rel: string, address: string) => `<atom:link rel="${rel}" href="${escapeXml(address)}"`;
	const channel = await getRssString({
		title: breakMarkup(title),
		description: breakMarkup(description),
		site: paths.toAbsolute(path),
		items: [],
		xmlns: {
			atom: 'http://www.w3.org/2005/Atom',
			content: 'http://purl.org/rss/1.0/modules/content/',
			dc: 'http://purl.org/dc/elements/1.1/',
			fh: 'http://purl.org/syndication/history/1.0',
			media: 'http://search.yahoo.com/mrss/',
		},
	});
	// The package would make and check the items anew for each feed, and takes data apart that is only to be passed on.
	const rest = [
		`<language>${site.language}</language>`,
		newest ? `<lastBuildDate>${toRfc822(newest)}</lastBuildDate>` : '',
		`${link('self', paths.toAbsolute(ownPath))} type="application/rss+xml"/>`,
		...Object.entries(links).map(([rel, other]) => `${link(rel, paths.toAbsolute(other))}/>`),
		hub === undefined || isSecret ? '' : `${link('hub', hub)}/>`,
		isArchive ? '<fh:archive/>' : '',
		...items.map((item) => toRssItem(item, holds)),
		'</channel>',
	].join('');
	// As in `escapeFeedLine`.
	return channel.replaceAll('&amp;', '&#x26;').replace('</channel>', () => rest);
}

/** Returns a JSON Feed 1.1. @param items newest first */
export function toJsonFeed({ title, description, path }: FeedList, items: readonly FeedItem[], hub = site.webSubHub) {
	return JSON.stringify({
		version: 'https://jsonfeed.org/version/1.1',
		title,
		home_page_url: paths.toAbsolute(path),
		feed_url: paths.toAbsolute(paths.jsonFeed(path)),
		description,
		language: site.language,
		icon: paths.toAbsolute(logo.path),
		...(hub !== undefined && { hubs: [{ type: 'WebSub', url: hub }] }),
		items: items.map(toJsonItem),
	});
}
