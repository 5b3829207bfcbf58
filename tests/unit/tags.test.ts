import { describe, expect, test } from 'vitest';
import { toLabelKey } from '../../src/domain/labels.ts';
import { groupByKind, indexLabels } from '../../src/domain/tags.ts';
import { makeNewsroom } from '../support/newsroom.ts';

const { tags } = makeNewsroom({});

describe('labels of tags', () => {
	test.each([
		['EUROPE/ASIA', 'Europe Asia'],
		['Xi  Jinping', 'XI JINPING'],
		['Café', 'CAFE\u0301'],
		['Жаңа', 'ЖАҢА'],
		['Ёлка', 'Е\u0308ЛКА'],
		['Xi Jinping', 'ＸＩ　ＪＩＮＰＩＮＧ'],
		['São Tomé', 'SAO TOME'],
		['Diyarbakır', 'DIYARBAKIR'],
		['İstanbul', 'Istanbul'],
		['Straße', 'STRASSE'],
		['ẞ', 'ss'],
		['Οδός', 'ΟΔΌΣ'],
		['مُحَمَّد', 'محمد'],
		['محـــمد', 'محمد'],
		['می\u200Cخواهم', 'میخواهم'],
		['Oʻzbekiston', 'O‘ZBEKISTON'],
		['Xi\u00ADJinping', 'XiJinping'],
	])('"%s" and "%s" are one', (a, b) => {
		expect(toLabelKey(a)).toBe(toLabelKey(b));
	});

	test.each([
		['C', 'C++'],
		['Бай', 'Баи'],
		['ёлка', 'елка'],
		['أمر', 'امر'],
		['की', 'कु'],
		['🚀', '🎉'],
	])('"%s" and "%s" are two', (a, b) => {
		expect(toLabelKey(a)).not.toBe(toLabelKey(b));
	});

	test('lead to their tag from id, name, alias and former id', () => {
		const { byLabel, clashes } = indexLabels(tags);
		for (const label of ['xi-jinping', 'Xi Jinping', 'XI', 'си'])
			expect(byLabel.get(toLabelKey(label))?.id).toBe('xi-jinping');
		expect(byLabel.get('agency')?.id).toBe('afp');
		expect(byLabel.get('constructor')).toBeUndefined();
		expect(clashes).toEqual([]);
	});
});

test('tags are grouped by kind in a fixed order', () => {
	expect(groupByKind(tags, (tag) => tag).map(({ kind, entries }) => [kind, entries.map(({ name }) => name)])).toEqual([
		['person', ['Xi Jinping']],
		['place', ['China']],
		['organisation', ['AFP']],
		['topic', ['Treaty']],
	]);
});
