import { expect, test } from 'vitest';
import { findTags } from '../../src/domain/tag-matches.ts';
import { makeTags } from '../support/newsroom.ts';

const tags = makeTags({
	'xi-jinping': { name: 'Xi Jinping', aliases: ['Си Цзиньпин'] },
	kazakhstan: { name: 'Kazakhstan', aliases: ['Қазақстан', 'Казахстан'] },
	'european-union': { name: 'European Union', aliases: ['EU'] },
	union: { name: 'Union' },
	'united-states': { name: 'United States', aliases: ['US'] },
	turkiye: { name: 'Türkiye' },
	china: { name: 'China', aliases: ['中国'] },
});

test.each<[text: string, found: string[]]>([
	['Nothing of all this.', []],
	['XI JINPING, and xi  jinping’s visit', ['xi-jinping']],
	['В Казахстан прибыл Си Цзиньпин', ['kazakhstan', 'xi-jinping']],
	['Қазақстан', ['kazakhstan']],
	['Казахстанский', []],
	['Kazakhstani', []],
	['non-Union', ['union']],
	['They told us so.', []],
	['The U.S. and the US', ['united-states']],
	['The Eu', ['european-union']],
	['Turkiye', ['turkiye']],
	['他在中国工作', ['china']],
])('“%s” names %j', (text, found) => {
	expect(findTags(text, tags).map(({ tag }) => tag.id)).toEqual(found);
});

test('of two names at one place the longer counts', () => {
	const found = findTags('The European Union, the EU, and a union', tags);
	expect(found.map(({ tag, count }) => [tag.id, count])).toEqual([
		['european-union', 2],
		['union', 1],
	]);
});

test('names side by side are each found, the most frequent tag first', () => {
	const found = findTags('China Kazakhstan China Kazakhstan China', tags);
	expect(found.map(({ tag, count }) => [tag.id, count])).toEqual([
		['china', 3],
		['kazakhstan', 2],
	]);
});
