import { describe, expect, test } from 'vitest';
import { describeArticle, serialise, type StructuredData } from '../../src/domain/structured-data.ts';
import { graph, parseJson } from '../support/json.ts';
import { makeArticle } from '../support/newsroom.ts';

function newsArticle(data: StructuredData): Record<string, unknown> {
	const { '@graph': things } = parseJson(graph, serialise(data));
	const found = things.find((thing) => thing['@type'] === 'NewsArticle');
	if (!found) throw new Error('There is no NewsArticle.');
	return found;
}

const source = { name: 'Elsewhere', title: 'An original', url: 'https://elsewhere.example/', relation: 'retold' };

describe('structured data of an article', () => {
	test('names its people as authors where it is their own', () => {
		const data = newsArticle(describeArticle(makeArticle({ authors: ['a', 'b'] }), 700, 2, []));
		expect(data).toMatchObject({
			author: [{ '@type': 'Person', name: 'Anna Author' }, { name: 'Bela Byline' }],
			datePublished: '2025-06-16',
			wordCount: 700,
			commentCount: 2,
			keywords: ['China'],
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
		const title = '</script><script>alert(1)</script><!-- \u2028 &amp; "x"';
		const json = serialise(describeArticle(makeArticle({ title }), 1, 0, []));
		expect(json).not.toMatch(/[<>&\u2028]/);
		expect(newsArticle(describeArticle(makeArticle({ title }), 1, 0, []))['headline']).toBe(title);
	});
});
