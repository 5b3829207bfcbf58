import { describe, expect, test } from 'vitest';
import { type ListPage, toListPages } from '../../src/domain/paging.ts';
import { type Paper, toPaper } from '../../src/domain/paper.ts';
import { makeNewsroom, type Written } from '../support/newsroom.ts';

/** A list whose newest story is number `length` and whose oldest is number 1. @param retracted numbers of stories */
function list(length: number, ...retracted: number[]): Paper {
	const entries = Array.from({ length }, (_, i): [string, Written] => {
		const day = new Date(Date.UTC(2024, 0, 1 + i)).toISOString().slice(0, 10);
		const retraction = retracted.includes(i + 1) && { retracted: { at: '2025-01-01', reason: 'It was wrong.' } };
		return [`${day.slice(0, 7).replace('-', '/')}/story-${i + 1}`, { publishedAt: day, ...retraction }];
	});
	return toPaper(makeNewsroom(Object.fromEntries(entries)));
}

const numbersOf = ({ entries }: ListPage) => entries.map(({ id }) => Number(id.split('-')[1]));
const countDown = (from: number) => Array.from({ length: from }, (_, i) => from - i);

describe('pages of a list', () => {
	test.each([
		[0, 0, []],
		[1, 1, []],
		[19, 19, []],
		[20, 20, []],
		[21, 21, []],
		[39, 39, []],
		[40, 20, [1]],
		[41, 21, [1]],
		[59, 39, [1]],
		[60, 20, [2, 1]],
		[61, 21, [2, 1]],
		[200, 20, [9, 8, 7, 6, 5, 4, 3, 2, 1]],
	])('%i entries: %i on the head, and the pages %j', (length, onHead, numbers) => {
		const [head, ...older] = toListPages(list(length));
		expect(head.entries).toHaveLength(onHead);
		expect(older.map(({ number }) => number)).toEqual(numbers);
		expect([head, ...older].flatMap(numbersOf)).toEqual(countDown(length));
	});

	test('page 1 is the oldest, and every numbered page is full', () => {
		const [, ...older] = toListPages(list(61));
		expect(older.slice(-1).map(numbersOf)).toEqual([countDown(20)]);
		expect(older.map(({ entries }) => entries.length)).toEqual([20, 20]);
	});

	test('a page, once full, never changes', () => {
		for (let length = 40; length < 120; length++) {
			const before = toListPages(list(length)).slice(1);
			const after = toListPages(list(length + 1)).slice(1);
			for (const page of before)
				expect(after.filter(({ number }) => number === page.number).map(numbersOf)).toEqual([numbersOf(page)]);
		}
	});

	test('pages are linked in both directions', () => {
		const pages = toListPages(list(61));
		expect(pages.map(({ newer, older }) => [newer, older])).toEqual([
			[undefined, 2],
			['head', 1],
			[2, undefined],
		]);
	});

	test('a retracted article is on none, and moves no other to another page', () => {
		const before = toListPages(list(61));
		const after = toListPages(list(61, 7, 21, 60));
		expect(after.map(({ number }) => number)).toEqual(before.map(({ number }) => number));
		expect(after.map(numbersOf)).toEqual(before.map((page) => numbersOf(page).filter((n) => ![7, 21, 60].includes(n))));
	});

	test('are counted so in the list of each section, author and tag as in that of all articles', () => {
		const paper = list(61, 7, 21, 60);
		const all = toListPages(paper).map(numbersOf);
		for (const listed of [...paper.sections.slice(0, 1), ...paper.authors, ...paper.tags])
			expect(toListPages(listed).map(numbersOf)).toEqual(all);
	});
});
