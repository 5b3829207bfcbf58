import { describe, expect, test } from 'vitest';
import { type Paper, toPaper } from '../../src/domain/paper.ts';
import { explainRelated, type Related } from '../../src/domain/related.ts';
import { makeNewsroom, now, type Written } from '../support/newsroom.ts';

type Articles = Readonly<Record<string, Written>>;

function relatedIn(paper: Paper, id: string): readonly Related[] {
	const article = paper.articles.find((candidate) => candidate.id === id);
	if (!article) throw new Error(`There is no article ${id}.`);
	return paper.relatedTo(article);
}

/** Ids of what is related to `x`, the nearest first. */
function idsRelatedToX(articles: Articles, clock = now): string[] {
	return relatedIn(toPaper(makeNewsroom(articles, {}, clock)), 'x').map(({ article }) => article.id);
}

/** So many articles with the same fields, one a day from 1 January 2025 on: `many-0`, `many-1` … */
function many(count: number, fields: Written = {}): Record<string, Written> {
	const start = Date.parse('2025-01-01');
	const day = (i: number) => new Date(start + i * 86_400_000).toISOString().slice(0, 10);
	return Object.fromEntries(Array.from({ length: count }, (_, i) => [`many-${i}`, { publishedAt: day(i), ...fields }]));
}

const on = (publishedAt: string, ...tags: string[]): Written => ({ publishedAt, tags });

describe('articles are related', () => {
	test('by one rare tag rather than by two that many have', () => {
		const same = many(20, on('2025-06-01', 'china', 'xi-jinping'));
		const related = idsRelatedToX({
			...same,
			rare: on('2025-06-01', 'treaty'),
			x: on('2025-06-01', 'china', 'xi-jinping', 'treaty'),
		});
		expect(related[0]).toBe('rare');
		expect(related).toHaveLength(4);
	});

	test('by more tags rather than fewer of the same rarity', () => {
		const day = '2025-06-01';
		const articles = { one: on(day, 'china'), two: on(day, 'afp', 'treaty'), x: on(day, 'china', 'afp', 'treaty') };
		expect(idsRelatedToX(articles)).toEqual(['two', 'one']);
	});

	test('to those near in time, before or after, rather than to those far away', () => {
		const articles = {
			x: on('2023-06-01', 'afp'),
			yearsLater: on('2025-06-01', 'afp'),
			yearsBefore: on('2020-06-01', 'afp'),
			after: on('2023-06-10', 'afp'),
			before: on('2023-05-01', 'afp'),
		};
		expect(idsRelatedToX(articles)).toEqual(['after', 'before', 'yearsLater', 'yearsBefore']);
	});

	test('though years lie between them, where what they share is rare enough', () => {
		const articles = {
			...many(30, on('2025-06-01', 'china')),
			x: on('2025-06-01', 'china', 'treaty'),
			old: on('2024-06-01', 'treaty'),
		};
		expect(idsRelatedToX(articles)[0]).toBe('old');
	});

	test('to the newer where all else is equal, and then by address, whatever order they came in', () => {
		const articles = {
			x: on('2025-03-10', 'afp'),
			older: on('2025-03-09', 'afp'),
			b: on('2025-03-11', 'afp'),
			a: on('2025-03-11', 'afp'),
		};
		expect(idsRelatedToX(articles)).toEqual(['a', 'b', 'older']);
		expect(idsRelatedToX(Object.fromEntries(Object.entries(articles).reverse()))).toEqual(['a', 'b', 'older']);
	});

	test('four at most, and never to themselves', () => {
		const related = idsRelatedToX({ ...many(9), x: on('2025-01-05', 'china') });
		expect(related).toHaveLength(4);
		expect(related).not.toContain('x');
	});

	test('to nothing where they share no tag', () => {
		expect(idsRelatedToX({ x: on('2025-06-01', 'afp'), y: on('2025-06-01', 'treaty') })).toEqual([]);
	});

	test('to none that readers cannot see', () => {
		const articles = {
			x: on('2025-06-01', 'afp'),
			draft: { ...on('2025-06-01', 'afp'), draft: true },
			future: on('2025-08-01', 'afp'),
		};
		expect(idsRelatedToX(articles)).toEqual([]);
		expect(idsRelatedToX(articles, Date.parse('2025-09-01'))).toEqual(['future']);
	});

	test('whenever the paper is made, to the same', () => {
		const articles = { ...many(30), x: on('2025-01-12', 'china') };
		expect(idsRelatedToX(articles, Date.parse('2035-01-01'))).toEqual(idsRelatedToX(articles));
	});

	test('to those around them among the many of one tag, not to the newest', () => {
		expect(idsRelatedToX({ ...many(150), x: on('2025-03-01T12:00Z', 'china') })).toEqual([
			'many-60',
			'many-59',
			'many-61',
			'many-58',
		]);
	});
});

test('an article is related to the same however often that is asked', () => {
	const paper = toPaper(makeNewsroom(many(30)));
	const ask = () => paper.articles.map(({ id }) => relatedIn(paper, id).map(({ article }) => article.id));
	const first = ask();
	expect(first.every((ids) => ids.length === 4)).toBe(true);
	expect(ask()).toEqual(first);
	const [newest] = paper.articles;
	expect([1, 2].map(() => newest && paper.relatedTo(newest).length)).toEqual([4, 4]);
});

test('only the dozen nearest in time of each tag are weighed, so that the work does not grow with the articles', () => {
	const day = '2025-06-15';
	const idsAmong = (count: number) =>
		idsRelatedToX({
			...many(count, on(day, 'china')),
			...Object.fromEntries(Array.from({ length: count }, (_, i) => [`treaty-${i}`, on(day, 'treaty')])),
			x: on(day, 'china', 'treaty'),
			both: on('2025-06-20', 'china', 'treaty'),
		});
	expect(idsAmong(11)[0]).toBe('both');
	expect(idsAmong(12)).not.toContain('both');
});

test('a related article says why: the three rarest of the common tags, equally rare ones by name', () => {
	const reasons = (articles: Articles) => relatedIn(toPaper(makeNewsroom(articles)), 'x').map(explainRelated);
	const day = '2025-06-01';
	expect(
		reasons({
			x: on(day, 'china', 'xi-jinping', 'treaty', 'afp'),
			four: on(day, 'china', 'xi-jinping', 'treaty', 'afp'),
			two: on(day, 'china', 'xi-jinping'),
			one: on(day, 'china'),
		}),
	).toEqual(['Also about AFP, Treaty and Xi Jinping', 'Also about Xi Jinping and China', 'Also about China']);
});
