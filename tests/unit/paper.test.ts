import { describe, expect, test } from 'vitest';
import { groupByDay, newestChange, toPaper } from '../../src/domain/paper.ts';
import { makeNewsroom, type Written } from '../support/newsroom.ts';

const ids = (articles: readonly { id: string }[]) => articles.map(({ id }) => id);

describe('the paper', () => {
	const newsroom = makeNewsroom({
		'2024/12/old': { authors: ['a', 'b'], tags: ['china', 'afp'] },
		'2025/06/b': { publishedAt: '2025-06-16T10:00+05:00', tags: ['xi-jinping'] },
		'2025/06/a': { publishedAt: '2025-06-16T10:00+05:00' },
		'2025/06/new': { publishedAt: '2025-06-17', section: 'trade' },
	});
	const paper = toPaper(newsroom);

	test('orders newest first and equal times by address, whatever order they came in', () => {
		const order = ['2025/06/new', '2025/06/a', '2025/06/b', '2024/12/old'];
		expect(ids(paper.articles)).toEqual(order);
		const reversed = toPaper({ ...newsroom, articles: [...newsroom.articles].reverse() });
		expect(ids(reversed.articles)).toEqual(order);
	});

	test('lists sections, authors and tags by name, whatever order they came in', () => {
		const { sections, authors, tags } = newsroom;
		const reversed = toPaper({
			...newsroom,
			sections: [...sections].reverse(),
			authors: [...authors].reverse(),
			tags: [...tags].reverse(),
		});
		expect(reversed.sections.map(({ subject }) => subject.name)).toEqual(['Politics', 'Trade']);
		expect(reversed.authors.map(({ subject }) => subject.name)).toEqual(['Anna Author', 'Bela Byline']);
		expect(reversed.tags.map(({ subject }) => subject.name)).toEqual(['AFP', 'China', 'Xi Jinping']);
	});

	test('lists by section, author, tag, year and month', () => {
		const lists = (listed: typeof paper.sections | typeof paper.authors | typeof paper.tags) =>
			Object.fromEntries(listed.map(({ subject, articles }) => [subject.id, ids(articles)]));
		expect(lists(paper.sections)).toEqual({
			politics: ['2025/06/a', '2025/06/b', '2024/12/old'],
			trade: ['2025/06/new'],
		});
		expect(lists(paper.authors)).toEqual({
			a: ['2025/06/new', '2025/06/a', '2025/06/b', '2024/12/old'],
			b: ['2024/12/old'],
		});
		expect(lists(paper.tags)).toEqual({
			afp: ['2024/12/old'],
			china: ['2025/06/new', '2025/06/a', '2024/12/old'],
			'xi-jinping': ['2025/06/b'],
		});
		expect([...paper.years].map(([year, articles]) => [year, articles.length])).toEqual([
			['2025', 3],
			['2024', 1],
		]);
		expect([...paper.months.keys()]).toEqual(['2025-06', '2024-12']);
	});

	test('leads from aliases and former ids to their tag, less those that no address can have', () => {
		expect(paper.tagRedirects.map(({ slug, label, isFormer, tag }) => [slug, label, isFormer, tag.id])).toEqual([
			['agency', 'agency', true, 'afp'],
			['xi', 'XI', false, 'xi-jinping'],
		]);
	});

	test('knows the former ids of a tag', () => {
		expect(paper.tags.map(({ subject }) => paper.formerIdsOf(subject))).toEqual([['agency'], [], []]);
	});

	test('groups tags by the first letter of their names', () => {
		expect([...paper.tagsByInitial].map(([initial, tags]) => [initial, tags.map(({ subject }) => subject.id)])).toEqual(
			[
				['a', ['afp']],
				['c', ['china']],
				['x', ['xi-jinping']],
			],
		);
	});

	test('knows what stands before and after an article', () => {
		const [newest, , , oldest] = paper.articles;
		if (!newest || !oldest) throw new Error('The paper has too few articles.');
		expect(paper.neighboursOf(newest)).toEqual({ previous: paper.articles[1], next: undefined });
		expect(paper.neighboursOf(oldest)).toEqual({ previous: undefined, next: paper.articles[2] });
	});

	test('is led by the newest article, with nothing pinned, where the editor has chosen nothing', () => {
		expect(paper.front).toEqual({ lead: paper.articles[0], pinned: [] });
		expect(toPaper(makeNewsroom({})).front).toEqual({ lead: undefined, pinned: [] });
	});

	test('groups by day', () => {
		expect(groupByDay(paper.articles).map(({ day, articles }) => [day, articles.length])).toEqual([
			['2025-06-17', 1],
			['2025-06-16', 2],
			['2024-12-16', 1],
		]);
	});

	test('finds the newest change, which need not be the newest article', () => {
		const { articles } = makeNewsroom({ '2025/05/x': { updatedAt: '2025-06-18' }, '2025/06/y': {} });
		expect(newestChange(articles)?.iso).toBe('2025-06-18');
		expect(newestChange([])).toBeUndefined();
	});
});

describe('the home page', () => {
	const articles = {
		'2025/06/new': { publishedAt: '2025-06-17' },
		'2025/06/b': {},
		'2025/05/a': {},
		'2024/12/old': {},
	};
	const until = '2025-06-20T10:00+05:00';
	const frontAt = (clock: string, chosen: Written, of: Readonly<Record<string, Written>> = articles) => {
		const { front } = toPaper(makeNewsroom(of, {}, Date.parse(clock), chosen));
		return [front.lead?.id, ...ids(front.pinned)];
	};
	const pin = (article: string) => ({ article, until });

	test('is led by what the editor has chosen, until its time has come', () => {
		const lead = { article: '2024/12/old', until };
		expect(frontAt('2025-06-20T09:59:59+05:00', { lead })).toEqual(['2024/12/old']);
		expect(frontAt('2025-06-20T10:00:00+05:00', { lead })).toEqual(['2025/06/new']);
		expect(frontAt('2045-01-01T00:00:00Z', { lead: { article: '2024/12/old' } })).toEqual(['2024/12/old']);
	});

	test('has what is pinned in the order of the editor, until its time has come', () => {
		const pins = [pin('2024/12/old'), { article: '2025/05/a', until: '2025-06-19' }, pin('2025/06/b')];
		expect(frontAt('2025-06-18T23:59:59+05:00', { pins })).toEqual([
			'2025/06/new',
			'2024/12/old',
			'2025/05/a',
			'2025/06/b',
		]);
		expect(frontAt('2025-06-19T00:00:00+05:00', { pins })).toEqual(['2025/06/new', '2024/12/old', '2025/06/b']);
		expect(frontAt('2025-06-20T10:00:00+05:00', { pins })).toEqual(['2025/06/new']);
	});

	test('shows no article twice: a pinned one that is the newest leads', () => {
		expect(frontAt('2025-06-18', { pins: [pin('2025/06/new'), pin('2025/05/a')] })).toEqual([
			'2025/06/new',
			'2025/05/a',
		]);
	});

	test('passes over what readers cannot see yet', () => {
		const chosen = { lead: { article: '2025/06/draft' }, pins: [pin('2025/06/later'), pin('2025/05/a')] };
		const all = { ...articles, '2025/06/draft': { draft: true }, '2025/06/later': { publishedAt: '2025-06-19' } };
		expect(frontAt('2025-06-18', chosen, all)).toEqual(['2025/06/new', '2025/05/a']);
		expect(frontAt('2025-06-19T00:00:00Z', chosen, all)).toEqual(['2025/06/later', '2025/05/a']);
	});
});
