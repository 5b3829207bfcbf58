import { escapeXml } from '../markdown/xml.ts';
import { site } from '../site.ts';
import { words } from '../words/words.ts';
import { toRfc822 } from './dates.ts';
import { correctionsFeed } from './feed-notices.ts';
import { type FeedList, siteFeed, type Subject, subjectFeed } from './feeds.ts';
import { type Listed, newestChange, type Paper } from './paper.ts';
import * as paths from './paths.ts';
import { groupByKind } from './tags.ts';

/** Feeds that belong together. */
export interface FeedGroup {
	/** Of the page that lists their subjects; the home page's for the feed of the site. */
	path: string;
	name: string;
	/** By the name of their subject. */
	feeds: readonly NamedFeed[];
}

interface NamedFeed {
	/** Of the subject. */
	name: string;
	list: FeedList;
	/** How many articles the subject has, or corrections there are. */
	count: number;
	/** The same in words. */
	size: string;
}

/** Returns every feed of the paper: the site's, that of corrections, those of sections, authors, and tags by their kind. */
export function toFeedGroups({ articles, mendings, sections, authors, tags }: Paper): FeedGroup[] {
	return [
		{
			path: paths.home(),
			name: words.allArticles,
			feeds: [{ name: site.title, list: siteFeed, ...sizeOf(articles.length) }],
		},
		{
			path: paths.corrections(),
			name: words.corrections,
			feeds: [{ name: words.corrections, list: correctionsFeed, ...sizeOf(mendings.length, words.correctionCount) }],
		},
		{ path: paths.sections(), name: words.sections, feeds: toNamedFeeds(sections, paths.section) },
		{ path: paths.authors(), name: words.authors, feeds: toNamedFeeds(authors, paths.author) },
		...groupByKind(tags, ({ subject }) => subject).map(({ kind, entries }) => ({
			path: `${paths.tags()}#${kind}`,
			name: words.tagKinds[kind],
			feeds: toNamedFeeds(entries, paths.tag),
		})),
	].filter(({ feeds }) => feeds.length > 0);
}

function toNamedFeeds(listed: readonly Listed<Subject>[], pathOf: (id: string) => string): NamedFeed[] {
	return listed.map(({ subject, articles }) => ({
		name: subject.name,
		list: subjectFeed(subject, pathOf(subject.id)),
		...sizeOf(articles.length),
	}));
}

function sizeOf(count: number, inWords = words.articles): Pick<NamedFeed, 'count' | 'size'> {
	return { count, size: inWords(count) };
}

/** Returns all feeds as OPML 2.0, by which feed readers take them over, in their groups. */
export function toOpml(paper: Paper): string {
	const newest = newestChange(paper.articles);
	const modified = newest ? `<dateModified>${toRfc822(newest)}</dateModified>` : '';
	const groups = toFeedGroups(paper).map(({ name, feeds }) => {
		const outlines = feeds.map(({ list: { title, path } }) => {
			const names = `text="${escapeLabel(title)}" title="${escapeLabel(title)}"`;
			const addresses = `xmlUrl="${paths.toAbsolute(paths.feed(path))}" htmlUrl="${paths.toAbsolute(path)}"`;
			return `<outline type="rss" ${names} ${addresses}/>\n`;
		});
		return `<outline text="${escapeLabel(name)}">\n${outlines.join('')}</outline>\n`;
	});
	const head = `<head><title>${escapeLabel(site.title)}</title>${modified}</head>`;
	return `<?xml version="1.0" encoding="UTF-8"?>\n<opml version="2.0">\n${head}\n<body>\n${groups.join('')}</body>\n</opml>\n`;
}

/** Labels of OPML may hold HTML, but most readers show them as they are: what would be taken for HTML is made harmless. */
function escapeLabel(text: string): string {
	return escapeXml(text.replaceAll('<', '‹').replace(/&(?=[\w#])/g, '&\u2060'));
}
