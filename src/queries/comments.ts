import { gzipSync } from 'node:zlib';
import type { Article } from '../domain/articles.ts';
import { flight, frame, headers } from '../domain/budgets.ts';
import { newestThatFit, type Thread } from '../domain/comments.ts';
import type { ShownFigure } from '../domain/figures.ts';
import { onlyChanged } from './changed.ts';
import { getPaper } from './paper.ts';
import type { RenderedText } from './texts.ts';

/** What stands around a figure on its page, in bytes gzipped; a picture is hardly more. */
const aroundFigure = 500;

/** Returns the newest threads for which an article's page has room beside its text. @param figures those of the text */
export function chooseThreads(
	threads: readonly Thread[],
	{ parts }: RenderedText,
	figures: readonly ShownFigure[],
): Thread[] {
	if (threads.length === 0) return [];
	const text = gzipSync([...parts, ...figures.map(toMeasure)].join('')).length + figures.length * aroundFigure;
	return newestThatFit(threads, flight - headers - frame - text);
}

/** Returns what a figure is made of. Of a picture nothing may be asked: Astro would publish its original. */
function toMeasure(figure: ShownFigure): string {
	if (figure.kind === 'picture') return figure.caption;
	return figure.kind === 'map' ? figure.svg : JSON.stringify(figure);
}

/** What of an article stands on the page and in the feed of its comments. */
export type Commented = Pick<Article, 'id' | 'title' | 'publishedAt' | 'formerPaths'>;

interface CommentedPage {
	params: { year: string | undefined; month: string | undefined; slug: string | undefined };
	props: {
		article: Commented;
		threads: readonly Thread[];
		/** The article's id, or one under which it stood before. */
		at: string;
	};
}

/** Returns where comments are read, for the routes of their pages and feeds: also where their articles stood before. */
export async function getCommentedPages(options: { routePattern: string }): Promise<CommentedPage[]> {
	const paper = await getPaper();
	const commented = paper.articles.filter((article) => paper.commentCountOf(article) > 0);
	const pages = commented.flatMap((article) => {
		const { id, title, publishedAt, formerPaths } = article;
		const props = { article: { id, title, publishedAt, formerPaths }, threads: paper.threadsOf(article) };
		return [id, ...formerPaths].map((at) => {
			const [year, month, slug] = at.split('/');
			return { params: { year, month, slug }, props: { ...props, at } };
		});
	});
	return onlyChanged(options, pages);
}
