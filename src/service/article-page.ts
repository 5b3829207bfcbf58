import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'astro/zod';
import * as paths from '../domain/paths.ts';
import { toMoment } from '../schemas/moment.ts';
import { site } from '../site.ts';

/** An article as readers see it. */
export interface ShownArticle {
	/** `2025/06/<slug>`. */
	id: string;
	title: string;
	/** In milliseconds since 1970. */
	publishedAt: number;
}

const graph = z.object({ '@graph': z.array(z.looseObject({ '@type': z.string() })) });
const news = z.object({ '@type': z.literal('NewsArticle'), headline: z.string(), datePublished: z.string() });

/**
 * Finds an article that readers have: what it is called stands in the structured data of its page. So nothing can be
 * written about a draft or a retracted article.
 * @param edition the folder of the edition
 * @param id `2025/06/<slug>`, the present one or one where it stood before
 * @returns nothing where there is none
 */
export async function findArticle(edition: string, id: string): Promise<ShownArticle | undefined> {
	if (!/^\d{4}\/\d{2}\/[a-z\d-]+$/.test(id)) return undefined;
	const page = await readFile(join(edition, id, 'index.html'), 'utf8').catch(() => '');
	const [, movedTo] = /http-equiv="?refresh"?\s[^>]*url=([^">]+)/.exec(page) ?? [];
	if (movedTo !== undefined) return findArticle(edition, paths.withoutBase(movedTo).slice(1, -1));
	const [, data] = /<script type="?application\/ld\+json"?>(.*?)<\/script>/s.exec(page) ?? [];
	if (data === undefined) return undefined;
	const found = graph.safeParse(JSON.parse(data)).data?.['@graph'].map((thing) => news.safeParse(thing).data);
	const article = found?.find((thing) => thing !== undefined);
	const publishedAt = article && toMoment(article.datePublished, site.timeZone)?.instant;
	return article && publishedAt !== undefined ? { id, title: article.headline, publishedAt } : undefined;
}

/** Returns what an article is called; its id where readers do not have it. */
export async function findTitle(edition: string, id: string): Promise<string> {
	return (await findArticle(edition, id))?.title ?? id;
}
