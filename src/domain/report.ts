import { lastChangedAt } from './articles.ts';
import { monthOf } from './dates.ts';
import type { Newsroom } from './newsroom.ts';
import { type TagReport, toTagReport } from './tag-report.ts';

/** A page and what it takes on its way, in bytes. */
export interface PageWeight {
	/** Its file, relative to the edition. */
	file: string;
	/** Compressed, with headers. */
	bytes: number;
	/** What comes in the round trips that it should take at most. */
	most: number;
}

/** What a newsroom has and what may want its attention; its shape is promised to programs. */
export interface Report {
	/** What readers can see. */
	published: { articles: number; words: number };
	/** What they cannot see yet, by file. */
	drafts: string[];
	scheduled: { file: string; publishedAt: string }[];
	/** Published articles by the month of their publication, newest first: `2025-06`. */
	months: { month: string; articles: number; words: number }[];
	/** Published articles that have not changed for long, those first that have not for longest. */
	unchanged: { file: string; changedAt: string }[];
	/** Pages that nearly take another round trip, or do, the heaviest first; nothing where there is no edition. */
	heavy: PageWeight[] | undefined;
	tags: TagReport;
}

/** In milliseconds: what has not changed for a year may have been overtaken by events. */
const long = 365 * 86_400_000;

/**
 * Returns what a newsroom has and what may want its attention.
 * @param wordsOf how many words the text of an article has, by its file
 * @param heavy the heavy pages of its edition, where there is one
 * @param now in milliseconds since 1970
 */
export function toReport(
	newsroom: Newsroom,
	wordsOf: ReadonlyMap<string, number>,
	heavy: PageWeight[] | undefined,
	now: number,
): Report {
	const { articles } = newsroom;
	const published = articles.filter(({ status }) => status === 'published');
	const count = (some: typeof published) => ({
		articles: some.length,
		words: some.reduce((sum, { file }) => sum + (wordsOf.get(file) ?? 0), 0),
	});
	const byMonth = Map.groupBy(published, ({ publishedAt }) => monthOf(publishedAt.day));
	return {
		published: count(published),
		drafts: articles.filter(({ status }) => status === 'draft').map(({ file }) => file),
		scheduled: articles
			.filter(({ status }) => status === 'scheduled')
			.map(({ file, publishedAt }) => ({ file, publishedAt: publishedAt.iso })),
		months: [...byMonth]
			.map(([month, some]) => ({ month, ...count(some) }))
			.sort((a, b) => (a.month < b.month ? 1 : -1)),
		unchanged: published
			.map((article) => ({ file: article.file, at: lastChangedAt(article) }))
			.filter(({ at }) => at.instant < now - long)
			.sort((a, b) => a.at.instant - b.at.instant || (a.file < b.file ? -1 : 1))
			.map(({ file, at }) => ({ file, changedAt: at.iso })),
		heavy,
		tags: toTagReport(newsroom),
	};
}
