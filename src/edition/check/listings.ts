import * as paths from '../../domain/paths.ts';
import type { Problem } from '../../domain/problems.ts';
import type { CheckedPage, Finished } from './finished.ts';

/** Finds articles that a list in which they must stand does not name, and months that their year does not name. */
export function* checkListings({ articles, linksOf, targetOf }: Finished): Generator<Problem> {
	const wanted = articles.flatMap((article) =>
		listsOf(article, targetOf).map((list) => ({ file: article.file, path: article.path, list })),
	);
	const months = new Set(articles.map(({ path }) => parentOf(path)));
	for (const path of months)
		wanted.push({ file: `${paths.withoutBase(path).slice(1)}index.html`, path, list: parentOf(path) });
	for (const { file, path, list } of wanted)
		if (!linksOf(list).has(path))
			yield {
				file,
				message: `is not listed by any page of ${list}. Build again; if it stays so, the list is at fault`,
			};
}

/** Returns the lists in which an article must stand: home, its month, its section, its authors and its tags. */
function listsOf({ path, facts }: CheckedPage, targetOf: Finished['targetOf']): string[] {
	const named = facts.lists.map((link) => targetOf(link, path)?.path).filter((list) => list !== undefined);
	return [paths.home(), parentOf(path), ...named];
}

function parentOf(path: string): string {
	return path.replace(/[^/]+\/$/, '');
}
