import type { Problem } from '../../domain/problems.ts';
import type { Finished } from './finished.ts';

/** Finds articles that the search does not find, and what it would find though it is not there. */
export function* checkSearch({ articles, data, byPath }: Finished): Generator<Problem> {
	const articlePaths = new Set(articles.map(({ path }) => path));
	const found = new Set<string>();
	for (const [path, { root, links }] of data) {
		if (root !== 'fragment') continue;
		for (const link of links) {
			if (!articlePaths.has(link))
				yield {
					file: byPath.get(path)?.path ?? path,
					message: `lets the search find ${link}, which is no article. Let the build make the index anew`,
				};
			if (found.has(link))
				yield {
					file: byPath.get(path)?.path ?? path,
					message: `lets the search find ${link} a second time. Let the build make the index anew`,
				};
			found.add(link);
		}
	}
	for (const { file, path } of articles)
		if (!found.has(path)) yield { file, message: 'is not found by the search. Let the build make the index anew' };
}
