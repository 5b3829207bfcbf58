import * as paths from '../../domain/paths.ts';
import type { Problem } from '../../domain/problems.ts';
import type { Finished } from './finished.ts';

/**
 * Finds what the sitemap has too much or too little of: it names each article, each other page that may be indexed, once,
 * and no other. A reconstruction has none: its robots.txt names none, and no page may be indexed.
 */
export function* checkSitemap({ pages, articles, data, resolve }: Finished): Generator<Problem> {
	const index = paths.sitemap();
	const file = paths.withoutBase(index).slice(1);
	const maps = data.get(index);
	const robots = data.get(paths.file('robots.txt'));
	const indexed = new Map(
		pages
			.filter((page) => page.facts.isIndexed && page.facts.refresh === undefined && page.file !== '404.html')
			.map((page) => [page.path, page]),
	);
	if (robots?.links.length === 0 && !maps && indexed.size === 0) return;
	if (!robots?.links.some((link) => resolve(link, index)?.path === index))
		yield { file: 'robots.txt', message: 'does not name the sitemap. Let the build make it' };
	for (const article of articles) {
		if (!article.facts.isIndexed)
			yield { file: article.file, message: 'asks search engines to pass it over, as no article may. Build again' };
		indexed.set(article.path, article);
	}
	if (!maps) {
		yield { file, message: 'is missing. Let the build make it' };
		return;
	}
	const named = new Set<string>();
	for (const link of maps.links) {
		const map = data.get(resolve(link, index)?.path ?? '');
		if (!map) yield { file, message: `leads to ${link}, which is no sitemap. Let the build make it` };
		for (const address of map?.links ?? []) {
			const path = resolve(address, index)?.path ?? address;
			if (named.has(path)) yield { file, message: `names ${address} more than once. Take it out` };
			named.add(path);
		}
	}
	for (const path of named)
		if (!indexed.has(path)) yield { file, message: `names ${path}, which is no page to be indexed. Take it out` };
	for (const [path, page] of indexed)
		if (!named.has(path))
			yield { file: page.file, message: 'is not in the sitemap. Build again; if it stays so, the sitemap is at fault' };
}
