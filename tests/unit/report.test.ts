import { expect, test } from 'vitest';
import { toReport } from '../../src/domain/report.ts';
import { makeNewsroom } from '../support/newsroom.ts';

const now = Date.parse('2026-07-01T00:00:00Z');
const newsroom = makeNewsroom(
	{
		'2025/06/old': {},
		'2025/05/older': {},
		'2025/05/mended': { corrections: [{ at: '2026-06-01', text: 'It was wrong.' }] },
		'2025/05/updated': { updatedAt: '2026-05-01' },
		'2026/06/new': {},
		'2026/06/draft': { draft: true },
		'2026/08/future': {},
	},
	{},
	now,
);
const words = new Map(newsroom.articles.map(({ file }, i) => [file, 100 + i]));
const report = toReport(newsroom, words, undefined, now);

test('words and articles are counted of what is published, by month, the newest first', () => {
	expect(report.published).toEqual({ articles: 5, words: 510 });
	expect(report.months).toEqual([
		{ month: '2026-06', articles: 1, words: 104 },
		{ month: '2025-06', articles: 1, words: 100 },
		{ month: '2025-05', articles: 3, words: 306 },
	]);
});

test('what is not published yet is named apart', () => {
	expect(report.drafts).toEqual(['content/articles/2026/06/draft.md']);
	expect(report.scheduled).toEqual([{ file: 'content/articles/2026/08/future.md', publishedAt: '2026-08-16' }]);
});

test('articles that have not changed for a year are named, the longest first; updates and corrections are changes', () => {
	expect(report.unchanged).toEqual([
		{ file: 'content/articles/2025/05/older.md', changedAt: '2025-05-16' },
		{ file: 'content/articles/2025/06/old.md', changedAt: '2025-06-16' },
	]);
});

test('the report on tags is part of it', () => {
	expect(report.tags).toMatchObject({ tags: 4, articles: 7 });
});
