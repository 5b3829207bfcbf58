import { describe, expect, test } from 'vitest';
import { toNewsSitemap } from '../../src/domain/news-sitemap.ts';
import { toNewsroom } from '../../src/domain/newsroom.ts';
import { toPaper } from '../../src/domain/paper.ts';
import { toMendings } from '../../src/domain/corrections.ts';
import { toFeedItem, toJsonItem, toRssItem } from '../../src/domain/feed-items.ts';
import { toMendingItem } from '../../src/domain/feed-notices.ts';
import { toFeedHtml } from '../../src/domain/figures.ts';
import { describeArticle, serialise } from '../../src/domain/structured-data.ts';
import { toHtml } from '../../src/markdown/html.ts';
import { readText } from '../../src/markdown/text.ts';
import { type Figure, figureSchemas } from '../../src/schemas/figure.ts';
import { articleFile } from '../support/content.ts';
import { makeArticle, makeEntries, now, type Written } from '../support/newsroom.ts';
import { problemsIn } from '../support/problems.ts';

const inRussian = { lang: 'ru', translationOf: '2025/06/x' };
const inKazakh = { lang: 'kk', translationOf: '2025/06/x' };

function versionsIn(articles: Readonly<Record<string, Written>>, showUnpublished = false) {
	const paper = toPaper(toNewsroom(makeEntries(articles), now), showUnpublished);
	return Object.fromEntries(
		paper.articles.map((article) => [article.id, paper.translationsOf(article).map(({ id, lang }) => `${lang} ${id}`)]),
	);
}

describe('the versions of an article', () => {
	test('lead to each other, whichever was named by which', () => {
		expect(versionsIn({ '2025/06/x': {}, '2025/06/r': inRussian, '2025/05/k': inKazakh, '2025/06/other': {} })).toEqual(
			{
				'2025/06/x': ['ru 2025/06/r', 'kk 2025/05/k'],
				'2025/06/r': ['en-GB 2025/06/x', 'kk 2025/05/k'],
				'2025/05/k': ['en-GB 2025/06/x', 'ru 2025/06/r'],
				'2025/06/other': [],
			},
		);
	});

	test.each<[what: string, fields: Written]>([
		['a draft', { draft: true }],
		['in the future', { publishedAt: '2025-06-30T23:59:59-12:00' }],
		['retracted', { retracted: { at: '2025-06-20', reason: 'It was wrong.' } }],
	])('do not lead to one that is %s, and the others still do', (_, fields) => {
		const [original, translation] = [{ '2025/06/x': fields }, { '2025/06/r': { ...inRussian, ...fields } }];
		expect(versionsIn({ ...original, '2025/06/r': inRussian, '2025/05/k': inKazakh })).toEqual({
			'2025/06/r': ['kk 2025/05/k'],
			'2025/05/k': ['ru 2025/06/r'],
		});
		expect(versionsIn({ '2025/06/x': {}, ...translation })).toEqual({ '2025/06/x': [] });
	});

	test('are seen by editors before readers see them', () => {
		expect(versionsIn({ '2025/06/x': {}, '2025/06/r': { ...inRussian, draft: true } }, true)['2025/06/x']).toEqual([
			'ru 2025/06/r',
		]);
	});

	test('are not related, but the same', () => {
		const articles = { '2025/06/x': {}, '2025/06/r': inRussian, '2025/05/other': {} };
		const paper = toPaper(toNewsroom(makeEntries(articles), now));
		for (const article of paper.articles.filter(({ id }) => id !== '2025/05/other'))
			expect(paper.relatedTo(article).map((related) => related.article.id)).toEqual(['2025/05/other']);
	});
});

describe('a translation is refused', () => {
	const at = 'articles/2025/06/y.md';
	const original = { 'articles/2025/06/x.md': articleFile() };
	test.each<[what: string, files: Record<string, string>, message: string]>([
		[
			'of what is not there',
			{ [at]: articleFile({ lang: 'ru', translationOf: '2025/06/z' }) },
			`${at}: translationOf: "2025/06/z" is no article. Did you mean "2025/06/x"?`,
		],
		[
			'of itself',
			{ [at]: articleFile({ lang: 'ru', translationOf: '2025/06/y' }) },
			`${at}: translationOf: "2025/06/y" is the article itself. Remove the field.`,
		],
		[
			'into a language into which there is one',
			{
				'articles/2025/06/v.md': articleFile({ lang: 'ru', translationOf: '2025/06/x' }),
				[at]: articleFile({ lang: 'ru', translationOf: '2025/06/x' }),
			},
			`${at}: translationOf: "2025/06/x" has a translation into "ru" already, articles/2025/06/v.md. Keep one of the two.`,
		],
		[
			'of a translation',
			{
				[at]: articleFile({ lang: 'ru', translationOf: '2025/06/x' }),
				'articles/2025/06/v.md': articleFile({ lang: 'kk', translationOf: '2025/06/y' }),
			},
			'articles/2025/06/v.md: translationOf: "2025/06/y" is a translation itself. Name what it translates, "2025/06/x".',
		],
		[
			'in the language of its original',
			{ [at]: articleFile({ translationOf: '2025/06/x' }) },
			`${at}: lang: the article is in "en-GB", as is what it translates. Write the language of each that is not in that of the paper.`,
		],
	])('%s', async (_, files, message) => {
		expect(await problemsIn({ ...original, ...files })).toEqual([message]);
	});

	test('in a circle', async () => {
		const files = {
			'articles/2025/06/x.md': articleFile({ lang: 'ru', translationOf: '2025/06/y' }),
			[at]: articleFile({ lang: 'kk', translationOf: '2025/06/x' }),
		};
		expect(await problemsIn(files)).toEqual([
			'articles/2025/06/x.md: translationOf: "2025/06/y" is a translation of this one. Remove the field from one of the two.',
			`${at}: translationOf: "2025/06/x" is a translation of this one. Remove the field from one of the two.`,
		]);
	});

	test('in what is no language', async () => {
		expect(await problemsIn({ [at]: articleFile({ lang: 'kz' }) })).toEqual([
			`${at}:8:1: lang: "kz" is not the tag of a language. Write it in its usual form, such as ru, kk or en-GB.`,
		]);
	});

	test('not where the other one into its language is retracted', async () => {
		const retracted = '{ at: 2025-06-19, reason: It was wrong. }';
		const files = {
			...original,
			'articles/2025/06/v.md': articleFile({ lang: 'ru', translationOf: '2025/06/x', retracted }),
			[at]: articleFile({ lang: 'ru', translationOf: '2025/06/x' }),
		};
		expect(await problemsIn(files)).toEqual([]);
	});

	test('not where its original is a draft', async () => {
		const files = {
			'articles/2025/06/x.md': articleFile({ draft: 'true' }),
			[at]: articleFile({ lang: 'ru', translationOf: '2025/06/x' }),
		};
		expect(await problemsIn(files)).toEqual([]);
	});
});

describe('an article in another language', () => {
	const article = makeArticle({ lang: 'ru' });
	const item = (one: typeof article) => toFeedItem(one, '<p>Text.</p>', undefined);

	test('says so in feeds', () => {
		expect(toRssItem(item(article), 'full')).toMatch(/^<item xml:lang="ru"><title>/);
		expect(toJsonItem(item(article))).toMatchObject({ language: 'ru' });
	});

	test('names the language of the paper’s own words in the text, for pages and for feeds', () => {
		const { tree } = readText('A b.[^1]\n\n[^1]: A note.\n');
		for (const isForFeed of [false, true]) {
			const ownIn = (lang: string) =>
				[...toHtml(tree, { linkTo: (path) => path, isForFeed, lang }).matchAll(/<(h2|a)\b[^>]* lang="(.*?)"/g)].map(
					([, element, language]) => `${element} ${language}`,
				);
			expect(ownIn('ru')).toEqual([...(isForFeed ? [] : ['a en-GB']), 'h2 en-GB', 'a en-GB']);
			expect(ownIn('en-GB')).toEqual([]);
		}
		expect(toHtml(tree, { linkTo: (path) => path, lang: 'ar' })).toContain('lang="en-GB" dir="ltr"');
	});

	test('names the language of the paper’s own words in the figures of feeds', () => {
		const own = (words: string) => `<span lang="en-GB">${words}</span>`;
		const image = { src: 'https://example.org/a.png', width: 1, height: 1 };
		const inFeed = (figure: Figure, lang?: string) => toFeedHtml(figure, image, 'Map', lang);
		const bars = [{ label: 'Ввоз', value: 1, year: 2024 }];
		const fields = { caption: 'Торговля', unit: 'тонн', bars, source: { name: 'Служба' } };
		const chart: Figure = { kind: 'chart', ...figureSchemas.chart.parse(fields) };
		expect(inFeed(chart, 'ru')).toContain(`<th>${own('Year')}</th><th>тонн</th>`);
		expect(inFeed(chart, 'ru')).toContain(`Торговля. ${own('Source:')} Служба.`);
		expect(inFeed(chart)).not.toContain('lang=');
		const map: Figure = { kind: 'map', places: [], route: [], countries: [], shows: [], caption: 'Где мост.' };
		expect(inFeed(map, 'ru')).toMatch(
			/^<figure><span lang="en-GB"><img [^>]*><\/span>.*мост\. <span lang="en-GB">Map: /,
		);
		const events = [{ date: '2025-06', text: 'Начало.' }];
		const timeline: Figure = { kind: 'timeline', ...figureSchemas.timeline.parse({ caption: 'Как было', events }) };
		expect(inFeed(timeline, 'ru')).toContain(`<b>${own('June 2025')}</b>: Начало.`);
	});

	test('names in feeds the language of what stands below it', () => {
		const corrections = [{ at: '2025-06-18', text: 'Неверно.\n\nДа.', was: 'Одно', is: 'Два' }];
		const corrected = makeArticle({ lang: 'ru', corrections });
		const their = (words: string) => `<span lang="ru">${words}</span>`;
		const said = `It said “${their('Одно')}”. It now says “${their('Два')}”.`;
		expect(item(corrected).html).toBe(
			`<p>Text.</p><div lang="en-GB"><h2>Corrections</h2><ul><li>18 June 2025: ${their('Неверно.\n\nДа.')} ${said}</li></ul></div>`,
		);
		expect(toMendings([corrected]).map((mending) => toMendingItem(mending).html)).toEqual([
			`<p>${their('Неверно.')}</p><p>${their('Да.')} ${said}</p>`,
		]);
	});

	test('says so in the sitemap for news', () => {
		expect(toNewsSitemap([article], Date.parse('2025-06-16T12:00Z'))).toContain('<news:language>ru</news:language>');
	});

	test('says so to search engines, with what it translates', () => {
		const [original, other] = [makeArticle(), makeArticle({ ...inRussian, title: 'По-русски' }, '2025/06/r')];
		const describe = (one: typeof article, versions: (typeof article)[]) =>
			serialise(describeArticle(one, 1, 0, [], versions));
		expect(describe(other, [original])).toContain(
			'"inLanguage":"ru","translationOfWork":{"@id":"https://meridian.example.org/2025/06/x/#article"}',
		);
		expect(describe(original, [other])).toContain(
			'"inLanguage":"en-GB","workTranslation":[{"@id":"https://meridian.example.org/2025/06/r/#article"}]',
		);
	});
});

test('an article in the language of the paper says nothing of it in feeds', () => {
	const item = toFeedItem(makeArticle(), '<p>Text.</p>', undefined);
	expect(toRssItem(item, 'full')).toMatch(/^<item><title>/);
	expect(toJsonItem(item)).not.toHaveProperty('language');
});
