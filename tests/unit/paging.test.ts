import { describe, expect, test } from 'vitest';
import { toListPages } from '../../src/domain/paging.ts';

/** Numbers of a list whose newest entry is `length` and whose oldest is 1. */
const list = (length: number) => Array.from({ length }, (_, i) => length - i);

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
		expect([head, ...older].flatMap(({ entries }) => entries)).toEqual(list(length));
	});

	test('page 1 is the oldest, and every numbered page is full', () => {
		const [, ...older] = toListPages(list(61));
		expect(older.at(-1)?.entries).toEqual(list(20));
		expect(older.map(({ entries }) => entries.length)).toEqual([20, 20]);
	});

	test('a page, once full, never changes', () => {
		for (let length = 40; length < 120; length++) {
			const before = toListPages(list(length)).slice(1);
			const after = toListPages(list(length + 1)).slice(1);
			for (const page of before)
				expect(after.find(({ number }) => number === page.number)?.entries).toEqual(page.entries);
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
});
