import { expect, test } from 'vitest';
import { findLikenesses } from '../../src/domain/tag-likeness.ts';
import { makeTags } from '../support/newsroom.ts';

/** Returns why two names may be one subject. */
function reasonFor(first: string, second: string): string | undefined {
	return findLikenesses(makeTags({ a: { name: first }, b: { name: second } }))[0]?.reason;
}

const order = 'have the same words in another order, or with other small words';
test.each([
	['Treaty', 'Treaties', 'are singular and plural'],
	['Tax law', 'Tax laws', 'are singular and plural'],
	['Bilateral relation', 'Bilateral Relations', 'are singular and plural'],
	['Central Asia Summit', 'Summit of Central Asia', order],
	['Jinping Xi', 'Xi Jinping', order],
	['Belt & Road', 'Belt and Road', order],
	['People’s Assembly of Kazakhstan', 'Assembly of Peoples of Kazakhstan', order],
	['Саммит Азии', 'Азии саммит', order],
	['Xi’an', 'Xian', 'differ by spaces or signs alone'],
	['E-commerce', 'Ecommerce', 'differ by spaces or signs alone'],
	['Łódź', 'Lodz', 'differ by accents alone'],
	['Алёна', 'Алена', 'differ by accents alone'],
	['Шымкент', 'Shymkent', 'are one name in two scripts'],
	['Қазақстан', 'Qazaqstan', 'are one name in two scripts'],
	['上海', 'Shanghai', 'are one name in two scripts'],
	['Казань', 'Kazan', 'are one name in two scripts'],
	['Kyrgyzstan', 'Kyrgystan', 'differ by a letter: kyrgyzstan, kyrgystan'],
	['Turkistan', 'Turkestan', 'differ by a letter: turkistan, turkestan'],
	['Trade with Kazakhstan', 'Trade with Kazkahstan', 'differ by a letter: kazakhstan, kazkahstan'],
])('"%s" and "%s" may be one subject', (first, second, reason) => {
	expect(reasonFor(first, second)).toBe(`"${first}" and "${second}" ${reason}`);
	expect(reasonFor(second, first)).toMatch(/^.+$/);
});

test.each([
	['Iran', 'Iraq'],
	['Austria', 'Australia'],
	['Iceland', 'Ireland'],
	['Slovakia', 'Slovenia'],
	['Gambia', 'Zambia'],
	['Niger', 'Nigeria'],
	['Shanxi', 'Shaanxi'],
	['陕西', '山西'],
	['2024 Olympics', '2028 Olympics'],
	['1990', '1990s'],
	['B5+1', 'B5+2'],
	['G7', 'G20'],
	['C', 'C++'],
	['World War I', 'World War II'],
	['North Korea', 'South Korea'],
	['Xi’an', 'Xi'],
	['Armenia', 'Armenian'],
	['Tourism', 'Tourist'],
	['Migration', 'Emigration'],
	['Bilateral relations', 'Bilateral cooperation'],
	['🚀', '🎉'],
])('"%s" and "%s" are two subjects', (first, second) => {
	expect(reasonFor(first, second)).toBeUndefined();
});

test('no two regions of the world, as the English call them, are taken for one', () => {
	const letters = Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZ');
	const regions = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
	const names = letters.flatMap((a) => letters.map((b) => regions.of(a + b))).filter((name) => name !== undefined);
	const tags = makeTags(
		Object.fromEntries([...new Set(names)].map((name, i) => [`t${i}`, { name: name.slice(0, 60) }])),
	);
	expect(tags.length).toBeGreaterThan(200);
	expect(findLikenesses(tags)).toEqual([]);
});

test('the names of one tag are not compared with each other', () => {
	expect(findLikenesses(makeTags({ a: { name: 'Railways', aliases: ['Railway', 'Rail ways'] } }))).toEqual([]);
});

test('of several reasons the strongest is told, and pairs stand in the order of the vocabulary', () => {
	const tags = makeTags({
		z: { name: 'Treaty' },
		b: { name: 'Xi’an', aliases: ['Law'] },
		a: { name: 'Xian', aliases: ['Laws'] },
		c: { name: 'Treaties' },
	});
	expect(findLikenesses(tags).map(({ first, reason }) => `${first.id}: ${reason}`)).toEqual([
		'z: "Treaty" and "Treaties" are singular and plural',
		'b: "Xi’an" and "Xian" differ by spaces or signs alone',
	]);
});

test('aliases count, and each pair is told once, in the order of the vocabulary', () => {
	const tags = makeTags({
		z: { name: 'Shymkent', aliases: ['Chimkent', 'Çimkent'] },
		a: { name: 'Chimkents', aliases: ['Шымкент'] },
		m: { name: 'Cimkent' },
	});
	expect(findLikenesses(tags).map(({ first, second }) => `${first.id} ${second.id}`)).toEqual(['z a', 'z m']);
});

test('6,000 tags are compared within a few seconds of processor time', () => {
	const letters = 'bdfgklmnprstvz';
	const syllable = (i: number) => `${letters.charAt(i % 14)}${'aeiou'.charAt(i % 5)}`;
	const nameOf = (i: number) =>
		[i * 7, i * 11 + 3, i * 13 + 5, i, Math.floor(i / 14), Math.floor(i / 70)].map(syllable).join('');
	const tags = makeTags(
		Object.fromEntries(
			Array.from({ length: 6000 }, (_, i) => [`t${i}`, { name: `${nameOf(i)} ${nameOf(i + 4000)} ${i}` }]),
		),
	);
	// Other tests may hold the processor: its own time counts.
	const start = process.cpuUsage();
	expect(findLikenesses([...tags, ...makeTags({ x: { name: 'Treaty' }, y: { name: 'Treaties' } })])).toHaveLength(1);
	expect(process.cpuUsage(start).user / 1e6).toBeLessThan(6);
});
