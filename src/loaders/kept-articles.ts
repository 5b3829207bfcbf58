import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'astro/zod';
import type { ArticleEntry, FormerArticles } from './articles.ts';

const keptArticles = z.custom<readonly ArticleEntry[]>();

/** Returns what finds articles that an earlier run has found sound, and kept in a file that may be lost. */
export async function readKept(file: string): Promise<FormerArticles> {
	try {
		return toFormer(keptArticles.parse(JSON.parse(await readFile(file, 'utf8'))));
	} catch {
		return () => undefined;
	}
}

/** Keeps sound articles for later runs, and returns what finds them. Where they cannot be written, nothing is lost but time. */
export async function keepArticles(file: string, articles: readonly ArticleEntry[]): Promise<FormerArticles> {
	const draft = `${file}-${process.pid}`;
	try {
		await mkdir(dirname(file), { recursive: true });
		await writeFile(draft, JSON.stringify(articles));
		await rename(draft, file);
	} catch (error) {
		console.error(`${file} could not be written: ${error instanceof Error ? error.message : String(error)}`);
	}
	return toFormer(articles);
}

function toFormer(articles: readonly ArticleEntry[]): FormerArticles {
	const known = new Map(articles.map((article) => [article.id, article]));
	return (id, digest) => {
		const article = known.get(id);
		return article?.digest === digest ? article : undefined;
	};
}
