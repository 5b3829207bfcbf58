import { describe, expect, test } from 'vitest';
import { suggestId } from '../../src/domain/tag-ids.ts';
import { indexLabels } from '../../src/domain/tags.ts';
import { isId } from '../../src/schemas/text.ts';
import { makeTags } from '../support/newsroom.ts';

const { byLabel } = indexLabels(
	makeTags({
		shanxi: { name: '山西' },
		'xi-jinping': { name: 'Xi Jinping', aliases: ['Си'] },
		'trade-2': { name: 'Trade, the second' },
		commerce: { name: 'Trade', formerly: ['barter'] },
	}),
);

test.each([
	['Қазақстан', 'qazaqstan'],
	['Шымкент', 'shymkent'],
	['Казань', 'kazan'],
	['Kassym-Jomart Tokayev', 'kassym-jomart-tokayev'],
	['Łódź', 'lodz'],
	['Xi’an', 'xian'],
	['Europe/Asia', 'europe-asia'],
	['上海合作组织', 'shanghai-hezuo-zuzhi'],
	['محمد', 'mhmd'],
	['B5+1', 'b5-1'],
	['🚀', 'rocket'],
	['+', 'tag-2b'],
	['⁂⁂', 'tag-2042-2042'],
])('"%s" could have the id %s', (name, id) => {
	expect(suggestId(name, byLabel)).toEqual({ id, clash: undefined, alternatives: [] });
});

test('whatever the name, the id can be an address', () => {
	for (const name of ['', ' ', '\u0301', '上'.repeat(60), 'ab '.repeat(60), '⁂'.repeat(60), '\uD800', 'İ', 'ǆ'])
		expect(isId(suggestId(name, byLabel).id), JSON.stringify(name)).toBe(true);
});

describe('an id that is not free', () => {
	test.each([
		['陕西', 'shanxi', 'is taken by the tag "山西" (shanxi)'],
		['Shanxi', 'shanxi', 'is taken by the tag "山西" (shanxi)'],
		['Barter', 'barter', 'is taken by the tag "Trade" (commerce)'],
		['Page', 'page', 'is an address that the paper needs itself'],
		['A–Z', 'a-z', 'is an address that the paper needs itself'],
	])('%s is told, with others in its place', (name, id, clash) => {
		expect(suggestId(name, byLabel)).toEqual({
			id,
			clash,
			alternatives: [`${id}-2`, `${id}-person`, `${id}-place`, `${id}-organisation`, `${id}-topic`],
		});
	});

	test('gets a number that is free', () => {
		expect(suggestId('Trade', byLabel).alternatives[0]).toBe('trade-3');
	});
});
