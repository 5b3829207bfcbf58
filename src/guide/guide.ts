import { resolve } from 'node:path';
import type { Article } from '../domain/articles.ts';
import { toNewsroom } from '../domain/newsroom.ts';
import { ContentError } from '../domain/problems.ts';
import { readContent } from '../loaders/newsroom.ts';

/** The folder of the guide for editors: a newsroom of its own, with one article in which everything stands. */
const folder = 'src/guide/content';

/**
 * Returns the article that shows everything that can stand in one.
 * @throws ContentError where it could not be published itself
 */
export async function readGuide(): Promise<Article> {
	// It is the same at any time.
	const now = Date.parse('2025-07-01');
	const content = await readContent(resolve(folder), { now, publicFolder: resolve('public') });
	const problems = content.problems.filter(({ file }) => file.startsWith(folder));
	const [article] = toNewsroom(content, now).articles;
	if (problems.length > 0 || !article) throw new ContentError(problems);
	return article;
}
