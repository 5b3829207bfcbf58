import { site } from '../site.ts';

/** Every address of the paper is made here. A path begins with the base and, where it is a page, ends with a stroke. */

/** Returns `path` under the paper's base; `path` begins with a stroke and has no base. */
export function withBase(path: string, base: string = site.base): string {
	return base.replace(/\/$/, '') + path;
}

/** Returns the whole address, as feeds, canonical links and structured data need it, of a path that has its base. */
export function toAbsolute(path: string): string {
	return new URL(path, site.origin).href;
}

/** Returns a path that has the base without it. */
export function withoutBase(path: string, base: string = site.base): string {
	return path.slice(base.length - 1);
}

/** Below it the comment service answers, without the base. */
export const serviceRoot = '/comments/';

/** Tells whether the comment service or the desk answers a path, given with the base, so that no file can stand there. */
export function isOfService(path: string, comments: typeof site.comments = site.comments): boolean {
	return comments === 'service' && [serviceRoot, '/desk/'].some((root) => path.startsWith(withBase(root)));
}

export const home = () => withBase('/');
/** @param id `2025/06/<slug>` */
export const article = (id: string) => withBase(`/${id}/`);
/** The picture that stands for an article where its link is shared. @param id `2025/06/<slug>` */
export const card = (id: string) => withBase(`/${id}/card.png`);
/** The page that has all comments on an article. @param id `2025/06/<slug>` */
export const comments = (id: string) => withBase(`/${id}/comments/`);
/** Tells whether the page at a path is that of all comments on an article. */
export function isCommentsPage(path: string): boolean {
	return /^\/\d{4}\/\d{2}\/[^/]+\/comments\/$/.test(withoutBase(path));
}
/** A comment, where it stays however many are written after it. @param id of its article */
export const comment = (id: string, commentId: string) => `${comments(id)}#${toCommentAnchor(commentId)}`;
/** The id that a comment has on pages. */
export const toCommentAnchor = (commentId: string) => `comment-${commentId}`;
/** The form for a comment on an article. @param replyTo id of the comment that it answers */
export const postComment = (id: string, replyTo?: string) =>
	withBase(`${serviceRoot}${id}/`) + (replyTo === undefined ? '' : `?reply=${replyTo}`);
/** A map of an article as a picture. @param digest of what the map shows, so that an address always means the same map */
export const mapPicture = (id: string, digest: string) => withBase(`/${id}/map-${digest}.png`);
/** @param year `2025` */
export const year = (year: string) => withBase(`/${year}/`);
/** @param month `2025-06` */
export const month = (month: string) => withBase(`/${month.replace('-', '/')}/`);
export const tags = () => withBase('/tags/');
export const tag = (id: string) => withBase(`/tags/${id}/`);
/**
 * A page of the index of tags from A to Z.
 * @param initial `k`, or `0-9` for names that begin with no letter
 * @param number counts the pages of the letter from 1
 */
export const tagsFrom = (initial: string, number = 1) =>
	listPage(withBase(`/tags/a-z/${initial}/`), number === 1 ? undefined : number);
/** Everything that was corrected or retracted. */
export const corrections = () => withBase('/corrections/');
export const sections = () => withBase('/sections/');
export const section = (id: string) => withBase(`/sections/${id}/`);
export const authors = () => withBase('/authors/');
export const author = (id: string) => withBase(`/authors/${id}/`);
/** @param id name of a page of `content/pages/` */
export const page = (id: string) => withBase(`/${id}/`);
/** Returns the RSS feed of the list whose address is given; the site's own where it is the home page. */
export const feed = (list = home()) => `${list}rss.xml`;
/** Returns the JSON Feed of the list whose address is given: the home page, a section or an author. */
export const jsonFeed = (list = home()) => `${list}feed.json`;
/** Returns the addresses of a list's feeds: RSS, and JSON Feed where the list is not of a tag, corrections or comments. */
export function feedsOf(list: string): string[] {
	const hasOne = list.startsWith(tags()) || list === corrections() || isCommentsPage(list);
	return hasOne ? [feed(list)] : [feed(list), jsonFeed(list)];
}
/** The page that lists all feeds. */
export const feeds = () => withBase('/feeds/');
/** All feeds as a list that feed readers can take over. */
export const opml = () => withBase('/feeds.opml');
/** A part of the site's feed that holds what its current document no longer does. @param number counts from the oldest */
export const feedArchive = (number: number) => withBase(`/feeds/archive/${number}.xml`);
/** The sitemap of the newest articles, for search engines that look for news. */
export const newsSitemap = () => withBase('/news-sitemap.xml');
export const sitemap = () => withBase('/sitemap-index.xml');
/** What the editor's preview, and it alone, tells of an article: no page of the paper begins so. @param id of the article */
export const aboutArticle = (id: string) => withBase(`/_preview/${id}/`);
/** The guide for editors, which the editor's preview alone has. */
export const guide = () => withBase('/_preview/guide/');
/** @param query what the reader asks for: `?tag=china` */
export const search = (query = '') => withBase(`/search/${query}`);
/** @param name of a file beside the search page, which its script fetches */
export const searchFile = (name: string) => withBase(`/search/${name}`);
/** How a browser offers the paper's search (OpenSearch). */
export const openSearch = () => withBase('/opensearch.xml');
/** Where to write about a flaw of the paper's security (RFC 9116). */
export const securityNotice = () => withBase('/.well-known/security.txt');
export const manifest = () => withBase('/manifest.webmanifest');
/** What became of a comment, for its sender. @param receipt names it */
export const receivedComment = (receipt: string) => withBase(`${serviceRoot}received/${receipt}/`);
/** Returns a path as it may stand in a log: whoever reads that must not learn addresses that nobody can guess. */
export function withoutSecrets(path: string): string {
	return path.replace(/(\/(?:comments\/received|desk\/news)\/)[^/]+/, '$1…');
}

/** Where editors read what readers have sent. */
export const desk = () => withBase('/desk/');
/** The feed of new comments, which whoever knows its address can read. @param secret a part of an address */
export const deskNews = (secret: string) => withBase(`/desk/news/${secret}.xml`);
/** A page of the desk, or where one of its forms is sent. @param place `sign-in`, `?list=held` */
export const deskPage = (place: string) => `${desk()}${place}`;
/** @param file name of a file at the root of the site, such as an icon */
export const file = (file: string) => withBase(`/${file}`);

/** Returns the address of the page `number` of a list, numbered from the oldest; the head of the list has none. */
export function listPage(list: string, number: number | undefined): string {
	return number === undefined ? list : `${list}page/${number}/`;
}

/** Ids that a tag, a section or an author cannot have, because something else lives at their address. */
export const reservedIds: ReadonlySet<string> = new Set(['page', 'a-z', 'index']);

/** File names that an article cannot have. */
export const reservedSlugs: ReadonlySet<string> = new Set(['index', 'page', 'comments']);

/** Names that a page of `content/pages/` cannot have. */
export const reservedPages: ReadonlySet<string> = new Set([
	'index',
	'page',
	'tags',
	'sections',
	'authors',
	'feeds',
	'corrections',
	'comments',
	'desk',
	'search',
	'404',
]);
