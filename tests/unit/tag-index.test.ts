import { describe, expect, test } from 'vitest';
import { formatInitial, initialOf, initials, mostUsed, toIndexPages } from '../../src/domain/tag-index.ts';
import { makeNewsroom } from '../support/newsroom.ts';

describe('the index from A to Z', () => {
	test.each([
		['Kazakhstan', 'k'],
		['ōsaka', 'o'],
		['O\u0304saka', 'o'],
		['Қазақстан', 'q'],
		['Ёлка', 'e'],
		['Яңа', 'y'],
		['北京', 'b'],
		['محمد', 'm'],
		['Ærø', 'a'],
		['“Belt and Road”', 'b'],
		['’s-Hertogenbosch', 's'],
		['Ｘｉ', 'x'],
		['5G', '0-9'],
		['٣ مدن', '0-9'],
		['№ 5', '0-9'],
		['🚀', '0-9'],
		['🚀 Rockets', 'r'],
		['C++', 'c'],
	])('has "%s" under %s', (name, initial) => {
		expect(initialOf(name)).toBe(initial);
		expect(initials).toContain(initial);
	});

	test('shows its groups as readers write them', () => {
		expect(['k', '0-9'].map(formatInitial)).toEqual(['K', '0–9']);
	});

	test('is cut into pages that hold every tag once, in order', () => {
		const many = Array.from({ length: 601 }, (_, i) => i);
		const pages = toIndexPages(many);
		expect(pages.flat()).toEqual(many);
		expect(pages.length).toBe(5);
		expect(toIndexPages(many.slice(0, 150))).toHaveLength(1);
		expect(toIndexPages(many.slice(0, 151))).toHaveLength(2);
	});
});

test('the most used tags are those with most articles, shown by name; equal ones by name', () => {
	const [place, person, organisation, topic] = makeNewsroom({}).tags;
	if (!person || !place || !organisation || !topic) throw new Error('The newsroom has too few tags.');
	const listed = [
		{ subject: person, articles: [1] },
		{ subject: topic, articles: [1, 2] },
		{ subject: place, articles: [1] },
		{ subject: organisation, articles: [] },
	];
	const names = (most: number) => mostUsed(listed, most).map(({ subject }) => subject.name);
	expect(names(2)).toEqual(['China', 'Treaty']);
	expect(names(9)).toEqual(['AFP', 'China', 'Treaty', 'Xi Jinping']);
});
