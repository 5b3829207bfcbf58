import type { Problem } from '../../domain/problems.ts';
import type { Finished } from './finished.ts';

/** Finds articles that the search does not find, and what it would find though it is not there. */
export function* checkSearch({ articles, data, byPath }: Finished): Generator<Problem> {
	const articlePaths = new Set(articles.map(({ path }) => path));
	const found = new Set<string>();
	for (const [path, { root, links }] of data) {
		if (root !== 'fragment') continue;
		const file = byPath.get(path)?.path ?? path;
		for (const link of links) {
			if (!articlePaths.has(link)) yield { file, message: telling(link, ', which is no article') };
			if (found.has(link)) yield { file, message: telling(link, ' a second time') };
			found.add(link);
		}
	}
	for (const { file, path } of articles)
		if (!found.has(path)) yield { file, message: 'is not found by the search. Let the build make the index anew' };
}

function telling(link: string, fault: string): string {
	return `lets the search find ${link}${fault}. Let the build make the index anew`;
}
