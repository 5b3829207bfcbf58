import type { Article } from '../domain/articles.ts';

const kept = new WeakMap<Article, Map<string, Promise<string>>>();

/**
 * Returns the HTML in which an article is shown in one of several ways, made once. It must follow from the article and
 * `way` alone. The preview has new articles after each change, and so makes it anew.
 */
export function keepHtml(article: Article, way: string, make: () => Promise<string>): Promise<string> {
	return kept.getOrInsertComputed(article, () => new Map()).getOrInsertComputed(way, make);
}
