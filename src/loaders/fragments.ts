import { readFile } from 'node:fs/promises';
import type { Article } from '../domain/articles.ts';
import { commentsIn } from '../domain/comments.ts';
import { adviceFor } from '../domain/nearest.ts';
import type { Entry } from '../domain/newsroom.ts';
import type { Paper } from '../domain/paper.ts';
import * as paths from '../domain/paths.ts';
import { isRetraction, type Place } from '../domain/retractions.ts';
import { decodeText, splitFrontMatter } from '../markdown/front-matter.ts';
import { readText } from '../markdown/text.ts';

/** Returns the ids that the text of a file has. */
export type IdReader = (file: string) => Promise<ReadonlySet<string>>;

/** Returns a function that reads each text once, however often it is asked for. */
export function idReader(): IdReader {
	const kept = new Map<string, Promise<ReadonlySet<string>>>();
	return (file) => kept.getOrInsertComputed(file, readIds);
}

/**
 * Returns a function that says what is wrong with a link to a part of another page: nothing, or a sentence without its
 * stop. Only the texts to whose parts links lead are read for it, each once.
 */
export function fragmentChecker(
	paper: Paper,
	{ pages }: { pages: readonly Entry<unknown>[] },
	idsIn: IdReader,
): (path: string, fragment: string) => Promise<string | undefined> {
	const files = new Map([
		...paper.articles.map(({ id, file }) => [paths.article(id), file] as const),
		...pages.map(({ id, file }) => [paths.page(id), file] as const),
	]);
	const articles = new Map(paper.articles.map((article) => [paths.article(article.id), article]));
	const commented = new Map(paper.articles.map((article) => [paths.comments(article.id), article]));
	/** What stands at addresses where no article stands any more. */
	const moved = new Map<string, Place>([
		...paper.retracted.map((retraction) => [paths.article(retraction.id), retraction] as const),
		...paper.places.flatMap((place) => place.formerPaths.map((path) => [paths.article(path), place] as const)),
	]);
	const known = new Map<string, Set<string>>();
	const idsAt = async (path: string, file: string) => {
		const article = articles.get(path);
		const ids = known.get(path) ?? new Set([...(await idsIn(file)), ...(article ? idsOfFrame(article) : [])]);
		known.set(path, ids);
		return ids;
	};
	return async (link, fragment) => {
		const path = paths.withBase(link);
		const file = files.get(path);
		if (fragment === 'main') return undefined;
		const found = `links to #${fragment} of ${link},`;
		const place = moved.get(path);
		if (place && isRetraction(place))
			return `${found} which is retracted. Remove the link, or link to its notice, ${link}`;
		if (place) return `${found} which has moved. Write /${place.id}/#${fragment}`;
		const article = commented.get(path);
		if (article && !idsOfComments(article, paper).includes(fragment))
			return `${found} which no comment there has. Link to ${link}`;
		if (file === undefined)
			return link.endsWith('/') && !/^\/\d{4}\/\d{2}\/[^/]/.test(link)
				? `${found} a list whose parts come and go. Link to ${link}`
				: undefined;
		const ids = await idsAt(path, file);
		if (ids.has(fragment)) return undefined;
		if (articles.has(path) && fragment.startsWith('comment-'))
			return `${found} where newer comments may take its place. Write ${link}comments/#${fragment}`;
		const advice = adviceFor(fragment, ids, `Copy the address of a part from its sign ¶, or link to ${link}`);
		return `${found} which no heading and no paragraph there has. ${advice}`;
	};
}

async function readIds(file: string): Promise<ReadonlySet<string>> {
	const body = splitFrontMatter(decodeText(await readFile(file)))?.body;
	return readText(body ?? '').ids;
}

/** Returns the ids that the page around an article's text has. */
function idsOfFrame(article: Article): string[] {
	const { source, sources, corrections } = article;
	return [
		...['tags', 'comments'],
		...(source ? ['source'] : []),
		...(sources.length > 0 ? ['sources'] : []),
		...(corrections.length > 0 ? ['corrections'] : []),
	];
}

function idsOfComments(article: Article, paper: Paper): string[] {
	return commentsIn(paper.threadsOf(article)).map(({ id }) => paths.toCommentAnchor(id));
}
