import { readFile } from 'node:fs/promises';
import type { Article } from '../domain/articles.ts';
import { figuresOf, toFeedHtml } from '../domain/figures.ts';
import * as paths from '../domain/paths.ts';
import { decodeText, splitFrontMatter } from '../markdown/front-matter.ts';
import { splitAtFigures, toHtml } from '../markdown/html.ts';
import { toPlainText } from '../markdown/plain.ts';
import { countWords, readText, type Text } from '../markdown/text.ts';
import { digestOfText } from '../environment.ts';
import { getFeedImage } from './figures.ts';

export interface RenderedText {
	/** The text as HTML, cut at its figures: one piece more than there are figures. */
	parts: string[];
	wordCount: number;
}

/** An article, or a page that has no version. */
type Source = Pick<Article, 'file'> & Partial<Pick<Article, 'version'>> & { lang?: string | undefined };

/** Returns the text of an article or a page, as HTML for the page on which it alone stands. */
export async function getText(source: Source): Promise<RenderedText> {
	const { tree } = await read(source);
	return {
		parts: splitAtFigures(toHtml(tree, { linkTo: paths.withBase, lang: source.lang })),
		wordCount: countWords(tree),
	};
}

/**
 * Returns the text of an article with its figures as HTML for feeds: whole addresses, ids of its own, nothing that needs
 * our styles.
 */
export async function getFeedText(article: Article): Promise<string> {
	const { tree } = await read(article);
	const html = toHtml(tree, {
		linkTo: (path) => paths.toAbsolute(paths.withBase(path)),
		idPrefix: `${article.id.replaceAll('/', '-')}-`,
		isForFeed: true,
		page: paths.toAbsolute(paths.article(article.id)),
		lang: article.lang,
	});
	const figures = await Promise.all(
		figuresOf(article).map(async (figure) => {
			const shown = await getFeedImage(article, figure);
			return toFeedHtml(figure, shown?.image, shown?.description ?? '', article.lang);
		}),
	);
	const lead = article.lead && figures.shift();
	const parts = splitAtFigures(html).flatMap((part, i) => [part, figures[i] ?? '']);
	return [lead ?? '', ...parts].join('');
}

/** Returns the words of an article's text, without its figures. */
export async function getPlainText(source: Source): Promise<string> {
	return toPlainText((await read(source)).tree);
}

/** The text is read again here because the store does not hold it: a store of texts slows every build down. */
async function read({ file, version }: Source): Promise<Text> {
	const content = decodeText(await readFile(file));
	const body = splitFrontMatter(content)?.body;
	const text = body === undefined ? undefined : readText(body);
	const isAsChecked = version === undefined || IS_PREVIEW || version.startsWith(`${digestOfText(content)} `);
	if (!text || text.findings.length > 0 || !isAsChecked)
		throw new Error(`${file} was changed while the paper was being built. Start the build again.`);
	return text;
}
