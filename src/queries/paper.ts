import { getCollection } from 'astro:content';
import { toNewsroom } from '../domain/newsroom.ts';
import { type Paper, toPaper } from '../domain/paper.ts';
import { holdsUntil } from '../domain/schedule.ts';
import { planChannel, readClock, readPresent, shownDraft } from '../environment.ts';
import { type ArticleFrontMatter, readStored, type StoredArticle } from '../schemas/article.ts';
import type { Figure } from '../schemas/figure.ts';

let built: Promise<Paper> | undefined;

/**
 * Returns the paper that readers may see, with all its lists; the editor's preview shows drafts and articles of the
 * future too. A build makes it once.
 */
export function getPaper(): Promise<Paper> {
	if (IS_PREVIEW) return makePaper();
	built ??= makePaper();
	return built;
}

async function makePaper(): Promise<Paper> {
	const [articles, authors, comments, front, sections, tags] = await Promise.all([
		getCollection('articles'),
		getCollection('authors'),
		getCollection('comments'),
		getCollection('front'),
		getCollection('sections'),
		getCollection('tags'),
	]);
	// Astro only logs it when the collections' own configuration is broken, and would go on to publish an empty paper.
	if (sections.length === 0 && !IS_PREVIEW)
		throw new Error('The content was not loaded: src/content.config.ts has failed.');
	const entries = {
		articles: articles.map(({ data, ...entry }) => toEntry({ ...entry, data: toArticle(data) })),
		authors: authors.map(toEntry),
		comments: comments.map(toEntry),
		front: front.map(toEntry),
		sections: sections.map(toEntry),
		tags: tags.map(toEntry),
	};
	planChannel.publish({ holdsUntil: holdsUntil(entries, readClock()) });
	return toPaper(toNewsroom(entries, readClock(), readPresent()), IS_PREVIEW, shownDraft());
}

function toArticle(stored: StoredArticle): ArticleFrontMatter {
	const { internalLinks: _, ...article } = readStored(stored);
	const withImage = (figure: Figure) => {
		const image = figure.kind === 'picture' ? stored.images[figure.file] : undefined;
		return figure.kind === 'picture' && image ? { ...figure, image } : figure;
	};
	return { ...article, lead: article.lead && withImage(article.lead), figures: article.figures.map(withImage) };
}

function toEntry<T>({ id, data, filePath = '' }: { id: string; data: T; filePath?: string }) {
	return { id, data, file: filePath };
}
