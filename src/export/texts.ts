import { readFile } from 'node:fs/promises';
import type { Article } from '../domain/articles.ts';
import { notesOf } from '../domain/feed-items.ts';
import { toFeedHtml } from '../domain/figures.ts';
import * as paths from '../domain/paths.ts';
import { applySplices, type Splice } from '../domain/splices.ts';
import { decodeText, splitFrontMatter } from '../markdown/front-matter.ts';
import { splitAtFigures, toHtml } from '../markdown/html.ts';
import { readText, type Text } from '../markdown/text.ts';
import type { Figure } from '../schemas/figure.ts';
import { toFigureBlock, toFigureMarkdown } from './figures.ts';
import { toNotesMarkdown } from './notes.ts';
import type { ExportedPicture } from './pictures.ts';
import { toPlainLinks } from './plain-links.ts';

/** A text in every form in which it is exported. */
export interface ExportedText {
	/** Plain markdown, with the figure above the text and what stands below it on its page. */
	markdown: string;
	/** The markdown as it was written, with its figures as blocks that need no gazetteer. */
	source: string;
	/** As {@link markdown}, as HTML. */
	html: string;
	/** The part of the HTML that follows from {@link source}: without the figure above the text and the notes below it. */
	bodyHtml: string;
	leadHtml: string;
	notesHtml: string;
}

/** Returns where a picture of the article will be found, as its text names it. */
export type Locate = (picture: ExportedPicture) => string;

/** Reads the text of an article in all forms. */
export async function exportText(
	article: Article,
	pictures: ReadonlyMap<Figure, ExportedPicture>,
	locate: Locate,
): Promise<ExportedText> {
	const { body, text } = await read(article.file);
	const toMarkdown = (figure: Figure) => {
		const picture = pictures.get(figure);
		return toFigureMarkdown(figure, picture && locate(picture));
	};
	const toHtmlOf = (figure: Figure) => {
		const picture = pictures.get(figure);
		const image = picture && { src: locate(picture), width: picture.width, height: picture.height };
		return toFeedHtml(figure, image, picture?.alt ?? '');
	};
	const { lead, figures, id } = article;
	const plain = replaceFigures(body, text, figures.map(toMarkdown), toPlain(body, text));
	const page = paths.toAbsolute(paths.article(id));
	const bodyHtml = splitAtFigures(toFeedText(text, page, `${id.replaceAll('/', '-')}-`))
		.flatMap((part, i) => [part, ...figures.slice(i, i + 1).map(toHtmlOf)])
		.join('');
	const leadHtml = lead ? toHtmlOf(lead) : '';
	const notesHtml = notesOf(article);
	return {
		markdown: `${lead ? `${toMarkdown(lead)}\n\n` : ''}${plain}\n${toNotesMarkdown(article)}`,
		source: `${replaceFigures(body, text, figures.map(toFigureBlock), [])}\n`,
		html: leadHtml + bodyHtml + notesHtml,
		...{ bodyHtml, leadHtml, notesHtml },
	};
}

/** Reads the text of a page in all forms. @param id its name */
export async function exportPageText(file: string, id: string): Promise<ExportedText> {
	const { body, text } = await read(file);
	const html = toFeedText(text, paths.toAbsolute(paths.page(id)), `${id}-`);
	return {
		markdown: `${replaceFigures(body, text, [], toPlain(body, text))}\n`,
		source: `${replaceFigures(body, text, [], [])}\n`,
		...{ html, bodyHtml: html, leadHtml: '', notesHtml: '' },
	};
}

async function read(file: string): Promise<{ body: string; text: Text }> {
	const body = splitFrontMatter(decodeText(await readFile(file)))?.body ?? '';
	return { body, text: readText(body) };
}

function toFeedText({ tree }: Text, page: string, idPrefix: string): string {
	const linkTo = (path: string) => paths.toAbsolute(paths.withBase(path));
	return toHtml(tree, { linkTo, idPrefix, isForFeed: true, page });
}

/** Returns what to change in a text so that it is plain markdown: no signs of ours, and links that hold elsewhere. */
function toPlain(body: string, { tree, signs }: Text): Splice[] {
	return [...signs.map((range): Splice => ({ ...range, text: '' })), ...toPlainLinks(body, tree, paths.withBase)];
}

/**
 * Returns markdown with other words in the place of its figures, without remarks and with what else is to be changed. A
 * remark leaves an empty one, since it may part two lists.
 */
function replaceFigures(
	body: string,
	{ figureBlocks, remarks }: Text,
	figures: readonly string[],
	others: readonly Splice[],
): string {
	const splices = [
		...figureBlocks.map(({ range }, i): Splice => ({ ...range, text: figures[i] ?? '' })),
		...remarks.map((range): Splice => ({ ...range, text: '<!-- -->' })),
		...others,
	];
	return applySplices(body, splices).trim();
}
