import * as paths from '../../domain/paths.ts';
import type { Problem } from '../../domain/problems.ts';
import { words } from '../../words/words.ts';
import { type Finished, isFollowed } from './finished.ts';

/** Finds counts of articles that are not those of the lists: on the pages of years and subjects, and in the index of tags. */
export function* checkCounts(finished: Finished): Generator<Problem> {
	const { articles, pages, articlesIn, resolve } = finished;
	const sizeOf = (list: string) => articlesIn(list).length;
	const years = new Map<string, number>();
	for (const { path } of articles) {
		const year = path.replace(/\d{2}\/[^/]+\/$/, '');
		years.set(year, (years.get(year) ?? 0) + 1);
	}
	for (const { file, path, facts } of pages) {
		const ofYear = years.get(path);
		const [said] = facts.counts;
		if (ofYear !== undefined && said !== ofYear) yield { file, message: shouldSay(ofYear) };
		if (isFollowed(path, finished) && sizeOf(path) > 0 && !facts.counts.includes(sizeOf(path)))
			yield { file, message: shouldSay(sizeOf(path)) };
		if (path !== paths.tags() && !path.startsWith(`${paths.tags()}a-z/`)) continue;
		for (const [link, number] of facts.numbers) {
			const tag = resolve(link, path)?.path ?? '';
			if (tag.startsWith(paths.tags()) && number !== sizeOf(tag))
				yield { file, message: `counts ${number} for ${tag}, which lists ${words.articles(sizeOf(tag))}. Build again` };
		}
	}
}

function shouldSay(count: number): string {
	return `does not say that it has ${words.articles(count)}, as it has. Build again; if it stays so, the page is at fault`;
}
