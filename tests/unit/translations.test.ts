import { describe, expect, test } from 'vitest';
import { toNewsSitemap } from '../../src/domain/news-sitemap.ts';
import { toNewsroom } from '../../src/domain/newsroom.ts';
import { toPaper } from '../../src/domain/paper.ts';
import { toFeedItem, toJsonItem, toRssItem } from '../../src/domain/feed-items.ts';
import { describeArticle, serialise } from '../../src/domain/structured-data.ts';
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
