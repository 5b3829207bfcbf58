import { describe, expect, test } from 'vitest';
import { describeArticle, describeTagPage, serialise, type StructuredData } from '../../src/domain/structured-data.ts';
import { graph, parseJson } from '../support/json.ts';
import { makeArticle } from '../support/newsroom.ts';

function newsArticle(data: StructuredData): Record<string, unknown> {
	const { '@graph': things } = parseJson(graph, serialise(data));
	const found = things.find((thing) => thing['@type'] === 'NewsArticle');
	if (!found) throw new Error('There is no NewsArticle.');
	return found;
}

const source = { name: 'Elsewhere', title: 'An original', url: 'https://elsewhere.example/', relation: 'retold' };

describe('the subjects of an article in structured data', () => {
	const subjectsOf = (title: string, tags: string[]) => {
		const { about, mentions } = newsArticle(describeArticle(makeArticle({ title, tags }), 1, 0, []));
		return { about, mentions };
	};
	const china = { '@type': 'Place', name: 'China' };
	const xi = { '@type': 'Person', name: 'Xi Jinping' };
	const url = (id: string) => `https://meridian.example.org/tags/${id}/`;

	test('are what it is about where the headline names them or an alias, else what it mentions, each with its type', () => {
		expect(subjectsOf('CHINA’s XI signs', ['afp', 'treaty', 'china', 'xi-jinping'])).toEqual({
			about: [
				{ ...xi, url: url('xi-jinping') },
				{ ...china, url: url('china') },
			],
			mentions: [
				{ '@type': 'Organization', name: 'AFP' },
				{ '@type': 'DefinedTerm', name: 'Treaty' },
			],
		});
	});

	test('are not named by a part of a word', () => {
		expect(subjectsOf('Taxi drivers of Indochina', ['china', 'xi-jinping'])).toEqual({
			about: undefined,
			mentions: [xi, china],
		});
	});

	test('are not named by a longer name', () => {
		const asia = { name: 'Asia', id: 'asia' };
		const article = makeArticle({ title: 'Central Asia waits' });
		const [tag] = article.tags;
		if (!tag) throw new Error('The article has no tag.');
		const tags = [
			{ ...tag, ...asia },
			{ ...tag, name: 'Central Asia', id: 'central-asia' },
		];
		const { about, mentions } = newsArticle(describeArticle({ ...article, tags }, 1, 0, []));
		expect(about).toMatchObject([{ name: 'Central Asia' }]);
		expect(mentions).toMatchObject([{ name: 'Asia' }]);
	});
});

test('the page of a tag describes it as a term of the paper’s vocabulary', () => {
	const [tag] = makeArticle({ tags: ['xi-jinping'] }).tags;
	if (!tag) throw new Error('The article has no tag.');
	const sameAs = 'https://www.wikidata.org/wiki/Q15031';
	const data = serialise(describeTagPage({ ...tag, description: 'President of <China>.', sameAs }, []));
	expect(parseJson(graph, data)['@graph'][0]).toMatchObject({
		'@type': 'CollectionPage',
		about: {
			'@type': 'DefinedTerm',
			name: 'Xi Jinping',
			url: 'https://meridian.example.org/tags/xi-jinping/',
			alternateName: ['XI', 'Си'],
			description: 'President of <China>.',
			sameAs,
			inDefinedTermSet: { '@type': 'DefinedTermSet', url: 'https://meridian.example.org/tags/' },
		},
	});
});

describe('structured data of an article', () => {
	test('names its people as authors where it is their own', () => {
		const data = newsArticle(describeArticle(makeArticle({ authors: ['a', 'b'] }), 700, 2, []));
		expect(data).toMatchObject({
			author: [{ '@type': 'Person', name: 'Anna Author' }, { name: 'Bela Byline' }],
			datePublished: '2025-06-16',
			wordCount: 700,
			commentCount: 2,
			articleSection: 'Politics',
		});
		expect(data['isBasedOn']).toBeUndefined();
	});

	test('names the organisation as author where it retells, and the original with its author', () => {
		const data = newsArticle(describeArticle(makeArticle({ source }), 700, 0, []));
		expect(data).toMatchObject({
			author: { '@id': 'https://meridian.example.org/#organisation' },
			isBasedOn: {
				headline: 'An original',
				url: source.url,
				author: [{ name: 'Anna Author' }],
				publisher: { name: 'Elsewhere' },
			},
		});
	});

	test('gives a time with its zone, and the day of an update', () => {
		const article = makeArticle({ publishedAt: '2025-06-16T21:40:00+05:00', updatedAt: '2025-06-18' });
		expect(newsArticle(describeArticle(article, 1, 0, []))).toMatchObject({
			datePublished: '2025-06-16T21:40:00+05:00',
			dateModified: '2025-06-18',
		});
	});

	test('cannot be left by any headline', () => {
		const title = '</script><script>alert(1)</script><!-- &amp; "x"';
		const json = serialise(describeArticle(makeArticle({ title }), 1, 0, []));
		expect(json).not.toMatch(/[<>&]/);
		expect(newsArticle(describeArticle(makeArticle({ title }), 1, 0, []))['headline']).toBe(title);
	});
});
