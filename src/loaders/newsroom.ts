import { type Status, statusOf } from '../domain/articles.ts';
import { splitCommentPlace } from '../domain/comments.ts';
import { toArchives } from '../domain/feed-history.ts';
import { adviceFor, nearest } from '../domain/nearest.ts';
import { type Entry, toNewsroom } from '../domain/newsroom.ts';
import { type Paper, toPaper } from '../domain/paper.ts';
import { toListPages } from '../domain/paging.ts';
import * as paths from '../domain/paths.ts';
import { toIndexPages } from '../domain/tag-index.ts';
import type { UnknownTag } from '../domain/tag-report.ts';
import { ContentError, type Problem } from '../domain/problems.ts';
import { changesAfter } from '../domain/schedule.ts';
import type { InternalLink } from '../markdown/text.ts';
import type { FrontEntry } from '../schemas/front.ts';
import { site } from '../site.ts';
import { colours } from '../styles/colours.ts';
import { hasWords } from '../words/words.ts';
import {
	type ArticleEntry,
	checkArticle,
	type CheckArticle,
	type FaultyArticle,
	type FormerArticles,
	readArticles,
} from './articles.ts';
import { type ContentFolder, defaultComments, digestOf, openCommentsFolder, openContentFolder } from './files.ts';
import { checkFormerPaths } from './former-paths.ts';
import { readFront } from './front.ts';
import { readModeration } from './moderation.ts';
import { checkPublicFiles, isPublicFile } from './public-files.ts';
import { checkColours, checkPublication } from './publication.ts';
import { fragmentChecker, type IdReader, idReader } from './fragments.ts';
import { readReferences, type References } from './references.ts';
import { checkTranslations } from './translations.ts';

/** Everything of a content folder that can be published, and everything that keeps the rest from it. */
export interface Content extends References {
	articles: ArticleEntry[];
	/** Those articles with faults whose front matter is YAML. */
	faultyArticles: FaultyArticle[];
	/** One entry or none. */
	front: Entry<FrontEntry>[];
}

/** What a reading follows from besides the content folder. */
export interface Circumstances {
	/** The clock, in milliseconds since 1970. */
	now: number;
	/** Later than `now` where the paper is made as it was: texts of today may then lead to what was not there yet. */
	present?: number;
	/** A digest of the rules: the code that reads and checks. Without former articles nothing follows from it. */
	rules?: string;
	former?: FormerArticles;
	/** The folder whose files are copied to the root of the site. */
	publicFolder: string;
	/** The folder of the approved comments, an absolute path; by default `comments` in the content folder. */
	commentsFolder?: string;
	/** Texts to be read in the place of the files of these paths, for a change that is only considered. */
	instead?: ReadonlyMap<string, string>;
	/** Takes tags of articles that are not in the vocabulary, where they are to be no problems. */
	unknownTags?: UnknownTag[];
	/** Returns what has articles checked elsewhere, once all else is read; without it they are checked here. */
	share?: (references: References) => CheckArticle;
}

/** Reads and checks a whole content folder; all its problems at once. @throws ContentError where `src/site.ts` is wrong */
export async function readContent(path: string, circumstances: Circumstances): Promise<Content> {
	// Without a sound time zone, say, every date would look wrong.
	const faultsOfSite = [...checkPublication(site, hasWords), ...checkColours(colours)];
	if (faultsOfSite.length > 0) throw new ContentError(faultsOfSite);
	const { commentsFolder = defaultComments(path) } = circumstances;
	const folder = await openContentFolder(path, commentsFolder, circumstances.instead);
	const comments = await openCommentsFolder(commentsFolder, path);
	const references = readReferences(folder, comments);
	const problems = [...references.problems, ...checkPublicFiles(circumstances.publicFolder)];
	checkTopLevel(folder, problems);
	checkLinksIn(comments, problems);
	const { ids, byLabel, faulty, gazetteer } = references;
	const { former = () => undefined, unknownTags } = circumstances;
	const rules = digestOf(
		circumstances.rules ?? '',
		...Object.values(ids).map((known) => JSON.stringify([...known])),
		JSON.stringify([...byLabel].map(([label, { id, name }]) => [label, id, name])),
		JSON.stringify([...Object.values(faulty), gazetteer.faulty].map((ids) => ids && [...ids])),
		JSON.stringify([...gazetteer.places]),
	);
	const check = circumstances.share?.(references) ?? ((source) => checkArticle(source, references, unknownTags));
	const { articles, faultyArticles } = await readArticles(folder, rules, former, check, problems);
	const articleFiles = articleFilesIn(folder);
	const articleIds = new Set(articleFiles.keys());
	const front = readFront(folder, articleIds, problems);
	readModeration(folder, problems);
	const content: Content = { ...references, articles, faultyArticles, front, problems };
	checkCommentedArticles(content, articleIds);
	checkFormerPaths(articles, articleFiles, problems);
	checkTranslations(articles, articleFiles, problems);
	await checkLinks(content, articleIds, circumstances);
	return content;
}

function checkTopLevel(folder: ContentFolder, problems: Problem[]): void {
	const known = /^(?:articles|authors|pages)\/|^(?:front|gazetteer|moderation|sections|tags)\.yaml$/;
	for (const path of folder.files)
		if (!known.test(path))
			problems.push({
				file: folder.fileOf(path),
				message: 'is nothing that the paper publishes. Move it out of the content folder',
			});
	checkLinksIn(folder, problems);
}

function checkLinksIn(folder: ContentFolder, problems: Problem[]): void {
	for (const path of folder.links)
		problems.push({ file: folder.fileOf(path), message: 'is a symbolic link. Put the file itself in its place' });
}

/** Returns the file of every article by its id, also of those with faults. */
export function articleFilesIn(folder: ContentFolder): Map<string, string> {
	const texts = folder.filesIn('articles').filter((path) => path.endsWith('.md'));
	return new Map(texts.map((path) => [path.replace(/^articles\/|(?:\/index)?\.md$/g, ''), folder.fileOf(path)]));
}

function checkCommentedArticles({ comments, problems }: Content, articles: ReadonlySet<string>): void {
	for (const { id, file } of comments) {
		const { articleId } = splitCommentPlace(id);
		if (articles.has(articleId)) continue;
		const advice = adviceFor(articleId, articles, 'Move the file to the folder of its article');
		problems.push({ file, message: `comments on "${articleId}", but there is no such article. ${advice}` });
	}
}

/**
 * Checks the links of the paper as it is, and as it will be whenever an article comes or goes by the clock alone; and those
 * of what is not published, which may lead to what is not published either.
 */
async function checkLinks(
	content: Content,
	articleIds: ReadonlySet<string>,
	circumstances: Circumstances,
): Promise<void> {
	const { now, present = now } = circumstances;
	if (present > now) return;
	const idsIn = idReader();
	const problems = await findLinkProblems(content, articleIds, circumstances, idsIn);
	const keyOf = ({ file, line, column, field }: Problem) => [file, line, column, field].join();
	const told = new Set(problems.map(keyOf));
	const tell = (found: readonly Problem[], since = '') => {
		for (const problem of found) {
			if (told.has(keyOf(problem))) continue;
			told.add(keyOf(problem));
			problems.push({ ...problem, message: since + problem.message });
		}
	};
	const later = changesAfter(content, now).filter(({ what }) => what === 'publication' || what === 'retraction');
	for (const at of new Set(later.map((change) => change.at))) {
		const found = await findLinkProblems(content, articleIds, { ...circumstances, now: at }, idsIn);
		tell(found, `From ${new Date(at).toISOString()} on: `);
	}
	const isUnpublished = ({ data, internalLinks }: Pick<FaultyArticle, 'data' | 'internalLinks'>) =>
		internalLinks.length > 0 && ['draft', 'scheduled'].includes(statusOfFields(data, now));
	if ([...content.articles, ...content.faultyArticles].some(isUnpublished))
		tell(await findLinkProblems(content, articleIds, { ...circumstances, showUnpublished: true }, idsIn));
	content.problems.push(...problems);
}

/** What has no date that could be read is taken for a draft. */
function statusOfFields({ draft = false, publishedAt, retracted }: FaultyArticle['data'], now: number): Status {
	return publishedAt ? statusOf({ draft, publishedAt, retracted }, now) : 'draft';
}

/** @param showUnpublished true takes drafts and articles of the future for published */
async function findLinkProblems(
	content: Content,
	articleIds: ReadonlySet<string>,
	{ now, showUnpublished = false, publicFolder }: Circumstances & { showUnpublished?: boolean },
	idsIn: IdReader,
): Promise<Problem[]> {
	const problems: Problem[] = [];
	const newsroom = toNewsroom(content, now);
	const paper = toPaper(newsroom, showUnpublished);
	const reachable = addressesOf(paper, content);
	const unpublished = new Set(newsroom.articles.map(({ id }) => paths.article(id)));
	// What is wrong with an article that has a file is said of that file, not of those that link to it or to its lists.
	const faulty = new Set([...articleIds].map(paths.article)).difference(unpublished);
	if (faulty.size > 0) for (const list of listsOf(content)) faulty.add(list);
	const published = new Set(paper.articles.map(({ id }) => id));
	const mistakeIn = (link: string) => {
		const path = paths.withBase(link);
		if (reachable.has(path) || faulty.has(path) || isPublicFile(link, publicFolder)) return undefined;
		if (paths.isOfService(path)) return undefined;
		if (unpublished.has(path)) return `links to ${link}, an article that readers cannot see yet. Remove the link`;
		const near = reachable.has(`${path}/`) ? `${path}/` : nearest(path, reachable);
		const advice = near === undefined ? 'Correct it, or remove the link' : `Did you mean ${paths.withoutBase(near)}?`;
		return `links to ${link}, which is not there. ${advice}`;
	};
	const fragmentMistakeIn = fragmentChecker(paper, content, idsIn);
	const check = async (file: string, { path, fragment, line, column }: InternalLink) => {
		const mistake = mistakeIn(path) ?? (fragment === undefined ? undefined : await fragmentMistakeIn(path, fragment));
		if (mistake !== undefined) problems.push({ file, line, column, message: `The text ${mistake}` });
	};
	for (const { id, file, internalLinks } of content.articles)
		if (published.has(id)) for (const link of internalLinks) await check(file, link);
	for (const { file, data, internalLinks } of content.faultyArticles)
		if (showUnpublished || statusOfFields(data, now) === 'published')
			for (const link of internalLinks) await check(file, link);
	for (const { file, internalLinks } of content.pages) for (const link of internalLinks) await check(file, link);
	for (const field of ['navigation', 'footer'] as const) {
		for (const { path } of site[field]) {
			const mistake = mistakeIn(path);
			if (mistake !== undefined) problems.push({ file: 'src/site.ts', field, message: mistake });
		}
	}
	return problems;
}

/** Returns the addresses of all lists that articles can fill but for those of times. */
function listsOf({ ids, byLabel }: References): string[] {
	return [
		...[...byLabel.values()].map(({ id }) => paths.tag(id)),
		...[...ids.sections].map(paths.section),
		...[...ids.authors].map(paths.author),
	];
}

/** Returns every address at which readers find something. */
function addressesOf(paper: Paper, { pages }: References): Set<string> {
	const listed = [
		...paper.tags.flatMap(({ subject, places }) =>
			[subject.id, ...paper.formerIdsOf(subject)].map((id) => ({ list: paths.tag(id), places })),
		),
		...paper.sections.map(({ subject, places }) => ({ list: paths.section(subject.id), places })),
		...paper.authors.map(({ subject, places }) => ({ list: paths.author(subject.id), places })),
		{ list: paths.home(), places: paper.places },
	];
	const pagesOf = (one: (typeof listed)[number]) =>
		toListPages(one).map(({ number }) => paths.listPage(one.list, number));
	return new Set([
		...[paths.tags(), paths.sections(), paths.authors()],
		...[paths.sitemap(), paths.newsSitemap(), paths.manifest(), paths.file('robots.txt')],
		...[
			paths.corrections(),
			...paths.feedsOf(paths.corrections()),
			paths.feeds(),
			paths.opml(),
			...[...toArchives(paper).keys()].map(paths.feedArchive),
		],
		...listed.flatMap((one) => [...pagesOf(one), ...paths.feedsOf(one.list)]),
		...paper.places.flatMap(({ id, formerPaths }) => [id, ...formerPaths].map(paths.article)),
		...paper.articles
			.filter((article) => paper.commentCountOf(article) > 0)
			.flatMap(({ id, formerPaths }) => [id, ...formerPaths].map(paths.comments))
			.flatMap((page) => [page, ...paths.feedsOf(page)]),
		...[...paper.years.keys()].map(paths.year),
		...[...paper.months.keys()].map(paths.month),
		...paper.tagRedirects.map(({ slug }) => paths.tag(slug)),
		...[...paper.tagsByInitial].flatMap(([initial, tags]) =>
			toIndexPages(tags).map((_, i) => paths.tagsFrom(initial, i + 1)),
		),
		...pages.map(({ id }) => paths.page(id)),
	]);
}

/** Reads a content folder that must be sound, as readers would get it. @throws ContentError with all its problems */
export async function readSoundContent(path: string, circumstances: Circumstances): Promise<Content> {
	const content = await readContent(path, circumstances);
	if (content.problems.length > 0) throw new ContentError(content.problems);
	return content;
}
