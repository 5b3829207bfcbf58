import type { Problem } from '../../domain/problems.ts';
import type { CheckedPage, Finished } from './finished.ts';

/** Finds articles that their month or one of their tags does not list. */
export function* checkListings({ articles, pages, resolve }: Finished): Generator<Problem> {
	const wanted = new Map(articles.map((article) => [article, listsOf(article, resolve)]));
	const lists = new Map([...wanted.values()].flat().map((list) => [list, new Set<string>()]));
	for (const { path, facts } of pages) {
		const held = lists.get(path.replace(/page\/\d+\/$/, ''));
		if (held) for (const link of facts.links) held.add(resolve(link, path)?.path ?? '');
	}
	for (const [{ file, path }, own] of wanted)
		for (const list of own)
			if (!lists.get(list)?.has(path))
				yield {
					file,
					message: `is not listed by any page of ${list}. Build again; if it stays so, the list is at fault`,
				};
}

/** Returns the lists in which an article must stand: its month and its tags. */
function listsOf({ path, facts }: CheckedPage, resolve: Finished['resolve']): string[] {
	const tags = facts.tags.map((link) => resolve(link, path)?.path).filter((tag) => tag !== undefined);
	return [path.replace(/[^/]+\/$/, ''), ...tags];
}
