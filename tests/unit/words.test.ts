import { describe, expect, test } from 'vitest';
import { en } from '../../src/words/en.ts';
import { enSearch } from '../../src/words/en-search.ts';
import { enService } from '../../src/words/en-service.ts';
import { kk } from '../../src/words/kk.ts';
import { kkSearch } from '../../src/words/kk-search.ts';
import { kkService } from '../../src/words/kk-service.ts';
import { ru } from '../../src/words/ru.ts';
import { ruSearch } from '../../src/words/ru-search.ts';
import { ruService } from '../../src/words/ru-service.ts';
import { directionOf, dirOf, isLanguage, langOf, nameOfLanguage } from '../../src/words/writing.ts';
import { site } from '../../src/site.ts';

const counts = [0, 1, 2, 4, 5, 11, 14, 21, 22, 25, 101, 111, 1000];

describe('a noun after a number', () => {
	test('has the form that Russian wants', () => {
		const words = (forms: (count: number) => string) => counts.map(forms).join('; ');
		expect(words(ru.articles)).toBe(
			'0 статей; 1 статья; 2 статьи; 4 статьи; 5 статей; 11 статей; 14 статей; 21 статья; 22 статьи; 25 статей; 101 статья; 111 статей; 1000 статей',
		);
		expect([1, 3, 12, 21].map(ru.comments)).toEqual([
			'1 комментарий',
			'3 комментария',
			'12 комментариев',
			'21 комментарий',
		]);
		expect([1, 2, 7].map(ru.correctionCount)).toEqual(['1 исправление', '2 исправления', '7 исправлений']);
		expect([1, 2, 7].map(ru.feedCount)).toEqual(['1 лента', '2 ленты', '7 лент']);
		expect([1, 3, 11].map((count) => ruService.news.subject('X', count))).toEqual([
			'X: 1 новый комментарий',
			'X: 3 новых комментария',
			'X: 11 новых комментариев',
		]);
		expect([1, 3, 11].map(ruService.service.reasons.tooFast).join()).toMatch(/1 секунду .+3 секунды .+11 секунд /);
		expect(ruService.service.textHint(5000)).toContain('не больше 5\u00A0000 знаков');
		expect(ruService.service.isTooLong('Имя', 61, 60)).toContain('61 знак,');
	});

	test('keeps its singular in Kazakh', () => {
		expect([0, 1, 5, 21].map(kk.articles)).toEqual(['0 мақала', '1 мақала', '5 мақала', '21 мақала']);
		expect([1, 5].map(kk.comments)).toEqual(['1 пікір', '5 пікір']);
	});

	test('is one or many in English', () => {
		expect([0, 1, 21].map(en.articles)).toEqual(['0 articles', '1 article', '21 articles']);
	});

	test.each([
		['English', en],
		['Russian', ru],
		['Kazakh', kk],
	])('stands behind the number in plain digits in %s, where the check of an edition looks for it', (_, words) => {
		for (const count of [1, 21, 12_345]) {
			expect(words.articles(count)).toMatch(new RegExp(`^${count} `));
			expect(words.articlesOf(count, 'a', 'b').startsWith(words.articles(count))).toBe(true);
		}
	});
});

/** What fills the places of words, whatever they take. */
const filling = (_: unknown, i: number) => ['3', '4', '5', '6', '7'][i] ?? '8';

/** Every text of words, with its name; those that take something are given numbers. */
function* textsOf(words: unknown, name = ''): Generator<[name: string, text: string]> {
	if (typeof words === 'string') yield [name, words];
	else if (typeof words === 'function') {
		const made: unknown = Reflect.apply(words, undefined, Array.from({ length: words.length }, filling));
		yield [name, String(made)];
	} else if (typeof words === 'object' && words !== null)
		for (const [key, value] of Object.entries(words)) yield* textsOf(value, `${name}.${key}`);
}

describe.each([
	['Russian', { ...ru, service: ruService, search: ruSearch }],
	['Kazakh', { ...kk, service: kkService, search: kkSearch }],
])('the words in %s', (_, words) => {
	const english = new Map(textsOf({ ...en, service: enService, search: enSearch }));

	test('have as many places as the English ones', () => {
		const places = (text: string) => new Set(text.match(/[3-8]/g));
		for (const [name, text] of textsOf(words)) {
			const given = places(english.get(name) ?? '');
			// What only chooses a form is not shown.
			for (const place of places(text)) expect(given, `${name}: ${text}`).toContain(place);
			expect(text, name).not.toMatch(/undefined|\[object/);
		}
	});

	test('leave nothing in English', () => {
		const kept = new Set(['.feedTitle', '.service.news.item', '.service.desk.decided', '.service.desk.meanwhileBy']);
		for (const [name, text] of textsOf(words)) {
			if (kept.has(name) || /keys\.list\.\d\.0$/.test(name)) continue;
			expect(text, name).not.toBe(english.get(name));
			expect(text, name).toMatch(/\p{Script=Cyrillic}|^\P{L}*$/u);
		}
	});
});

test('no words name the first newsroom', () => {
	const all = [en, ru, kk, enService, ruService, kkService, enSearch, ruSearch, kkSearch];
	for (const words of all) for (const [name, text] of textsOf(words)) expect(text, name).not.toContain(site.title);
});

describe('a language', () => {
	test.each(['en', 'en-GB', 'ru', 'kk', 'uz-Cyrl', 'zh-Hant-TW', 'ar'])('is named by %s', (tag) => {
		expect(isLanguage(tag)).toBe(true);
	});

	test.each(['', 'RU', 'en_GB', 'en-gb', 'russian', 'kz', 'Қазақша', 'x', 'ru">'])('is not named by "%s"', (tag) => {
		expect(isLanguage(tag)).toBe(false);
	});

	test('is written in the direction of its script', () => {
		expect(['ar', 'he', 'fa', 'ug', 'kk-Arab'].map(directionOf)).toEqual(Array.from({ length: 5 }, () => 'rtl'));
		expect(['en', 'ru', 'kk', 'uz-Latn', 'zh'].map(directionOf)).toEqual(Array.from({ length: 5 }, () => 'ltr'));
	});

	test('is called as the publication calls it', () => {
		expect(['ru', 'kk', 'uz-Cyrl'].map(nameOfLanguage)).toEqual(['Russian', 'Kazakh', 'Uzbek (Cyrillic)']);
	});

	test('is named on what is not in that of the page', () => {
		expect([site.language, 'ru', 'ar'].map(langOf)).toEqual([undefined, 'ru', 'ar']);
		expect([site.language, 'ru', 'ar'].map(dirOf)).toEqual([undefined, undefined, 'rtl']);
	});
});
