import { describe, expect, test } from 'vitest';
import { groupByMonth, toMendings } from '../../src/domain/corrections.ts';
import { toMendingItem } from '../../src/domain/feed-notices.ts';
import { describeArticle, serialise } from '../../src/domain/structured-data.ts';
import { toPaper } from '../../src/domain/paper.ts';
import { graph, parseJson } from '../support/json.ts';
import { makeArticle, makeNewsroom, type Written } from '../support/newsroom.ts';

const correction = (at: string, text = 'x') => ({ at, text });
const retracted = { at: '2025-06-20', reason: 'It was wrong.' };
const mendingsOf = (articles: Readonly<Record<string, Written>>) => toPaper(makeNewsroom(articles)).mendings;

describe('the list of corrections', () => {
	test('has corrections and retractions of all articles, newest first, and nothing of the future', () => {
		const mendings = mendingsOf({
			'2025/05/a': { corrections: [correction('2025-05-20', 'First.'), correction('2025-06-21', 'Second.')] },
			'2025/06/b': { corrections: [correction('2025-06-21', 'Third.'), correction('2025-07-02', 'Future.')] },
			'2025/06/c': { retracted, corrections: [correction('2025-06-18', 'Gone.')] },
			'2025/06/d': { draft: true, corrections: [correction('2025-06-18', 'Draft.')] },
			'2025/06/e': { retracted: { at: '2025-07-02', reason: 'Future.' } },
		});
		expect(mendings.map(({ at, place, correction: made }) => [at.iso, place.id, made?.text])).toEqual([
			['2025-06-21', '2025/06/b', 'Third.'],
			['2025-06-21', '2025/05/a', 'Second.'],
			['2025-06-20', '2025/06/c', undefined],
			['2025-05-20', '2025/05/a', 'First.'],
		]);
		expect(groupByMonth(mendings).map(({ month, mendings: { length } }) => [month, length])).toEqual([
			['2025-06', 3],
			['2025-05', 1],
		]);
	});

	test('names each for good, whatever is corrected before or after it', () => {
		const idsOf = (...corrections: readonly Written[]) =>
			toMendings([makeArticle({ corrections, formerPaths: ['2025/05/first', '2025/06/second'] })]).map(
				(mending) => toMendingItem(mending).id,
			);
		const uri = 'tag:meridian.example.org,2025:2025/05/first/correction';
		const [first, second] = [correction('2025-06-18'), correction('2025-06-20T10:00+05:00')];
		expect(idsOf(second)).toEqual([`${uri}/2025-06-20T05:00:00.000Z`]);
		expect(idsOf(first, second, correction('2025-06-21'))).toEqual([
			`${uri}/2025-06-21`,
			`${uri}/2025-06-20T05:00:00.000Z`,
			`${uri}/2025-06-18`,
		]);
		expect(idsOf(first, correction('2025-06-18', 'y'))).toEqual([`${uri}/2025-06-18/2`, `${uri}/2025-06-18`]);
	});
});

test('structured data has each correction with its day and in whole words', () => {
	const corrections = [{ ...correction('2025-06-18', 'A year was wrong.'), was: 'In 2024.', is: 'In <2025>.' }];
	const data = serialise(describeArticle(makeArticle({ corrections }), 1, 0, []));
	expect(parseJson(graph, data)['@graph'][0]).toMatchObject({
		dateModified: '2025-06-18',
		correction: [
			{
				'@type': 'CorrectionComment',
				text: 'A year was wrong. It said “In 2024.” It now says “In <2025>.”',
				datePublished: '2025-06-18',
			},
		],
	});
});

test('a retracted article is in no list, and what only it has is not there', () => {
	const paper = toPaper(
		makeNewsroom(
			{
				'2025/05/gone': { retracted, section: 'trade', authors: ['b'], tags: ['china', 'treaty'] },
				'2025/06/there': { tags: ['china'] },
			},
			{ '2025/05/gone/one': {} },
			undefined,
			{ lead: { article: '2025/05/gone' }, pins: [{ article: '2025/05/gone', until: '2025-08-01' }] },
		),
	);
	const [there] = paper.articles;
	expect(paper.articles.map(({ id }) => id)).toEqual(['2025/06/there']);
	expect(paper.front).toEqual({ lead: there, pinned: [] });
	expect(paper.authors.map(({ subject }) => subject.id)).toEqual(['a']);
	expect(paper.tags.map(({ subject, articles }) => [subject.id, articles])).toEqual([['china', [there]]]);
	expect(paper.sections.map(({ articles }) => articles.length)).toEqual([1, 0]);
	expect([...paper.months.keys()]).toEqual(['2025-06']);
	expect(there && paper.neighboursOf(there)).toEqual({ previous: undefined, next: undefined });
	expect(there && paper.relatedTo(there)).toEqual([]);
	const [retraction, ...others] = paper.retracted;
	expect(others).toEqual([]);
	expect(Object.keys(retraction ?? {})).toEqual([
		'id',
		'publishedAt',
		'retractedAt',
		'reason',
		'formerPaths',
		'stoodIn',
	]);
});
