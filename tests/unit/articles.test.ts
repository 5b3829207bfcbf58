import { describe, expect, test } from 'vitest';
import { byNewest, commonTags, statusOf } from '../../src/domain/articles.ts';
import type { Tag } from '../../src/domain/tags.ts';
import { toPaper } from '../../src/domain/paper.ts';
import { toMoment } from '../../src/schemas/moment.ts';
import { makeNewsroom } from '../support/newsroom.ts';

function moment(text: string) {
	const found = toMoment(text, 'Asia/Almaty');
	if (!found) throw new Error(`${text} is no moment`);
	return found;
}

describe('the publish rule', () => {
	const publishedAt = moment('2025-06-16T10:00:00+05:00');

	test('an article is published from its very moment on', () => {
		expect(statusOf({ draft: false, publishedAt }, publishedAt.instant - 1)).toBe('scheduled');
		expect(statusOf({ draft: false, publishedAt }, publishedAt.instant)).toBe('published');
	});

	test('a draft is never published', () => {
		expect(statusOf({ draft: true, publishedAt }, publishedAt.instant + 1)).toBe('draft');
	});

	test('a retraction counts from its very moment on, and a draft stays a draft', () => {
		const retracted = { at: moment('2025-06-17T10:00:00+05:00') };
		const statusAt = (now: number, draft = false) => statusOf({ draft, publishedAt, retracted }, now);
		expect(statusAt(publishedAt.instant - 1)).toBe('scheduled');
		expect(statusAt(retracted.at.instant - 1)).toBe('published');
		expect(statusAt(retracted.at.instant)).toBe('retracted');
		expect(statusAt(retracted.at.instant, true)).toBe('draft');
	});

	test('what has been retracted by the present is so at every moment since its publication', () => {
		const retracted = { at: moment('2025-06-17T10:00:00+05:00') };
		const statusAt = (now: number, present: number) => statusOf({ draft: false, publishedAt, retracted }, now, present);
		expect(statusAt(publishedAt.instant, retracted.at.instant)).toBe('retracted');
		expect(statusAt(publishedAt.instant, retracted.at.instant - 1)).toBe('published');
		expect(statusAt(publishedAt.instant - 1, retracted.at.instant)).toBe('scheduled');
	});

	test('a bare day begins at midnight in the newsroom', () => {
		const day = moment('2025-06-16');
		expect(statusOf({ draft: false, publishedAt: day }, Date.parse('2025-06-15T18:59:59Z'))).toBe('scheduled');
		expect(statusOf({ draft: false, publishedAt: day }, Date.parse('2025-06-15T19:00:00Z'))).toBe('published');
	});

	test('drafts and articles of the future are in no list of the paper, and in the preview', () => {
		const newsroom = makeNewsroom({
			'2025/06/out': {},
			'2025/06/draft': { draft: true, tags: ['treaty'] },
			'2025/07/future': { publishedAt: '2025-07-02', section: 'trade' },
		});
		const paper = toPaper(newsroom);
		expect(paper.articles.map(({ id }) => id)).toEqual(['2025/06/out']);
		expect(paper.tags.map(({ subject }) => subject.id)).toEqual(['china']);
		expect(paper.sections.flatMap(({ articles }) => articles.map(({ id }) => id))).toEqual(['2025/06/out']);
		expect([...paper.months.keys()]).toEqual(['2025-06']);
		expect(toPaper(newsroom, true).articles.map(({ id }) => id)).toEqual([
			'2025/07/future',
			'2025/06/draft',
			'2025/06/out',
		]);
	});

	test('updates, corrections and comments of the future stay unknown', () => {
		const newsroom = makeNewsroom(
			{
				'2025/06/x': {
					updatedAt: '2025-07-02',
					corrections: [
						{ at: '2025-06-20', text: 'Mended.' },
						{ at: '2025-07-02', text: 'To be mended.' },
					],
				},
			},
			{ '2025/06/x/one': { approvedAt: '2025-07-02' } },
		);
		const [article] = newsroom.articles;
		expect(article?.updatedAt).toBeUndefined();
		expect(article?.corrections.map(({ text }) => text)).toEqual(['Mended.']);
		expect(newsroom.comments).toEqual([]);
	});
});

describe('common tags', () => {
	const articles = makeNewsroom({
		'2025/06/x': { tags: ['china', 'xi-jinping', 'afp'] },
		'2025/06/y': { tags: ['china', 'xi-jinping'] },
		'2025/06/z': { tags: ['china', 'treaty'] },
	}).articles;

	const shown = (...options: [most: number, but?: Tag]) =>
		commonTags(articles, ...options).map(({ tag, count }) => [tag.id, count]);

	test('come by how many articles carry them, and those of one article do not', () => {
		expect(shown(5)).toEqual([
			['china', 3],
			['xi-jinping', 2],
		]);
	});

	test('are no more than asked for, and without the one that has them', () => {
		expect(shown(1)).toEqual([['china', 3]]);
		expect(shown(5, articles[0]?.tags[0])).toEqual([['xi-jinping', 2]]);
	});
});

test('an order of articles is total: one has the place of itself, two never have one', () => {
	const [x, y, later] = [
		{ id: '2025/06/x', publishedAt: moment('2025-06-16') },
		{ id: '2025/06/y', publishedAt: moment('2025-06-16') },
		{ id: '2025/06/a', publishedAt: moment('2025-06-17') },
	];
	expect([byNewest(x, x), byNewest(x, y), byNewest(y, x), byNewest(later, x) < 0]).toEqual([0, -1, 1, true]);
});
