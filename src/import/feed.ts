import { type AtomFeed, type JsonFeed, parseFeed, type RssFeed } from 'feedsmith';
import { escapeXml } from '../markdown/xml.ts';
import { toDate } from './files/dates.ts';
import { toPlainLine } from './html-text.ts';
import type { LeftOut } from './post.ts';
import type { RawPaper, RawPost } from './raw.ts';

/** What of a feed's entry matters here, whatever the form of the feed. */
interface Entry {
	id: string | undefined;
	link: string | undefined;
	/** Plain text or HTML. */
	title: string;
	html: string;
	summary: string | undefined;
	date: string | undefined;
	/** When it was last changed in a way that mattered to its publisher, which is what Atom says. */
	updated?: string | undefined;
	authors: readonly string[];
	labels: readonly string[];
	picture: string | undefined;
	/** Addresses of what else came with it, such as sound. */
	files: readonly string[];
	isDraft?: boolean;
}

interface Feed {
	title: string;
	link: string | undefined;
	language: string | undefined;
	entries: readonly Entry[];
}

/** Returns what a feed holds: RSS, RDF, Atom or JSON Feed. @param origin its file or address, for people @throws Error where it is none */
export function readFeed(text: string, origin: string): RawPaper {
	const feed = parse(text, origin);
	const leftOut: LeftOut[] = [];
	const posts = feed.entries.flatMap((entry, i): RawPost[] => {
		if (entry.html.trim() !== '') return [toPost(entry, feed)];
		leftOut.push({ what: `${entry.link ?? `${origin}, entry ${i + 1}`} has no text in the feed`, count: 1 });
		return [];
	});
	return { title: toPlainLine(feed.title), address: feed.link, posts, leftOut: () => leftOut };
}

function parse(text: string, origin: string): Feed {
	try {
		const parsed = parseFeed(text);
		switch (parsed.format) {
			case 'rss':
				return fromRss(parsed.feed);
			case 'rdf':
				return fromRss(parsed.feed);
			case 'atom':
				return fromAtom(parsed.feed);
			case 'json':
				return fromJson(parsed.feed);
		}
	} catch (error) {
		if (!(error instanceof Error)) throw error;
		const reason = error.message.split('\n', 1)[0]?.replace(/\.$/, '') ?? '';
		throw new Error(`${origin} cannot be read as a feed (${reason}). Name an RSS feed, an Atom feed or a JSON Feed.`, {
			cause: error,
		});
	}
}

/** What of RSS, and of its elder form in RDF, is read. */
type Rss = Pick<RssFeed.Feed<string>, 'title' | 'link' | 'language' | 'items'>;

function fromRss({ title = '', link, language, items = [] }: Rss): Feed {
	return {
		...{ title, link, language },
		entries: items.map(({ content, description = '', ...item }): Entry => {
			const html = content?.encoded ?? item.atom?.content?.value ?? description;
			const picture = item.enclosures?.find(
				({ type, url }) => type?.startsWith('image/') ?? /\.(?:jpe?g|png|webp)$/i.test(url ?? ''),
			);
			return {
				id: item.guid?.value ?? item.link,
				link: item.link ?? (item.guid?.isPermaLink === false ? undefined : item.guid?.value),
				title: item.title ?? '',
				html,
				summary: html === description ? undefined : description,
				date: item.pubDate ?? item.dc?.dates?.[0],
				authors: item.dc?.creators ?? (item.authors ?? []).flatMap(({ name, email }) => name ?? email ?? []),
				labels: (item.categories ?? []).flatMap(({ name }) => name ?? []),
				picture: picture?.url,
				files: (item.enclosures ?? []).flatMap((one) => (one === picture ? [] : (one.url ?? []))),
			};
		}),
	};
}

function fromAtom(feed: AtomFeed.Feed<string>): Feed {
	const linkOf = (links: AtomFeed.Entry<string>['links'] = [], wanted = 'alternate') =>
		links.find(({ rel = 'alternate' }) => rel === wanted)?.href;
	return {
		title: feed.title?.value ?? '',
		link: linkOf(feed.links),
		language: undefined,
		entries: (feed.entries ?? []).map((entry): Entry => ({
			id: entry.id,
			link: linkOf(entry.links),
			title: entry.title?.value ?? '',
			html: entry.content?.value ?? entry.summary?.value ?? '',
			summary: entry.content?.value === undefined ? undefined : entry.summary?.value,
			date: entry.published ?? entry.updated,
			updated: entry.updated,
			authors: (entry.authors ?? feed.authors ?? []).flatMap(({ name }) => name ?? []),
			labels: (entry.categories ?? []).flatMap(({ label, term }) => label ?? term ?? []),
			picture: entry.links?.find(({ rel, type }) => rel === 'enclosure' && type?.startsWith('image/'))?.href,
			files: (entry.links ?? []).flatMap(({ rel, type, href }) =>
				rel === 'enclosure' && type?.startsWith('image/') !== true ? (href ?? []) : [],
			),
			isDraft: entry.app?.control?.draft === true,
		})),
	};
}

function fromJson(feed: JsonFeed.Feed<string>): Feed {
	return {
		title: feed.title ?? '',
		link: feed.home_page_url,
		language: feed.language,
		entries: (feed.items ?? []).map((item): Entry => ({
			id: item.id,
			link: item.url,
			title: item.title ?? '',
			html:
				item.content_html ??
				(item.content_text === undefined
					? ''
					: `<p>${escapeXml(item.content_text).replace(/\n\s*\n/g, '</p><p>')}</p>`),
			summary: item.summary,
			date: item.date_published ?? item.date_modified,
			authors: (item.authors ?? feed.authors ?? []).flatMap(({ name }) => name ?? []),
			labels: item.tags ?? [],
			picture: item.image,
			files: (item.attachments ?? []).flatMap(({ url }) => url ?? []),
		})),
	};
}

function toPost(entry: Entry, feed: Feed): RawPost {
	const { id, link, labels, picture } = entry;
	const path = link === undefined ? undefined : pathOf(link);
	const [section, ...tags] = labels.map((label) => ({ name: toPlainLine(label) }));
	const standfirst = toPlainLine(entry.summary ?? '');
	return {
		key: `feed ${(id ?? link ?? entry.title).replace(/[\s#]/g, ' ')}`,
		kind: 'article',
		origin: link ?? toPlainLine(entry.title),
		title: toPlainLine(entry.title),
		slug:
			path
				?.split('/')
				.findLast((part) => part !== '')
				?.replace(/\.\w+$/, '') ?? '',
		publishedAt: toDate(entry.date),
		isDraft: entry.isDraft === true,
		oldAddresses: path === undefined ? [] : [path],
		standfirst: standfirst === '' ? undefined : standfirst,
		updatedAt: toDate(entry.updated),
		text: () => ({ html: entry.html, footnotes: new Map() }),
		base: link ?? '/',
		locate: (address) => address,
		lead: picture === undefined ? undefined : { address: picture },
		authors: entry.authors.map((name) => ({ name: toPlainLine(name) })),
		section,
		tags,
		comments: [],
		language: feed.language,
		notes: entry.files.map((file) => `what came with it was left out: ${file}`),
	};
}

function pathOf(link: string): string | undefined {
	const url = URL.parse(link);
	return url ? url.pathname + url.search : undefined;
}
