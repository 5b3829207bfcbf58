import { describe, expect, test } from 'vitest';
import { toPaper } from '../../src/domain/paper.ts';
import { findCircles } from '../../src/domain/tag-tree.ts';
import type { Tag } from '../../src/domain/tags.ts';
import { tagSchema } from '../../src/schemas/vocabulary.ts';
import { makeNewsroom } from '../support/newsroom.ts';

/** Makes tags through the real schema, each part of the one that stands after the sign. */
function makeTags(...written: string[]): Tag[] {
	return written.map((text) => {
		const [id = '', broader] = text.split('<');
		return { id, ...tagSchema.parse({ name: id, kind: 'place', broader }) };
	});
}

describe('circles of tags', () => {
	const circlesIn = (...written: string[]) => findCircles(makeTags(...written)).map((tags) => tags.map(({ id }) => id));

	test('are found once each, whatever leads into them', () => {
		expect(circlesIn('z<a', 'a<b', 'b<c', 'c<a', 'x<y', 'y<x', 'y2<x')).toEqual([
			['a', 'b', 'c'],
			['x', 'y'],
		]);
	});

	test('may be of one tag', () => {
		expect(circlesIn('a<a')).toEqual([['a']]);
	});

	test('are not found where many are part of one, or where it is not there', () => {
		expect(circlesIn('a<c', 'b<c', 'c<d', 'd<none')).toEqual([]);
	});

	test('are looked for in a time that grows with the tags alone', () => {
		const chain = makeTags(...Array.from({ length: 20_000 }, (_, i) => `t${i}<t${i + 1}`));
		const started = performance.now();
		expect(findCircles(chain)).toEqual([]);
		expect(performance.now() - started).toBeLessThan(500);
	});
});

describe('tags that are part of others', () => {
	const tags = makeTags(
		'asia',
		'central-asia<asia',
		'kazakhstan<central-asia',
		'astana<kazakhstan',
		'almaty<kazakhstan',
	);
	const paperOf = (...listed: string[]) => {
		const newsroom = makeNewsroom({ '2025/06/x': {} });
		const used = tags.filter(({ id }) => listed.includes(id));
		return toPaper({ ...newsroom, tags, articles: newsroom.articles.map((article) => ({ ...article, tags: used })) });
	};
	const find = (id: string) => {
		const tag = tags.find((one) => one.id === id);
		if (!tag) throw new Error(`There is no tag ${id}.`);
		return tag;
	};

	test('name the listed ones above them, the nearest first', () => {
		const paper = paperOf('asia', 'kazakhstan', 'astana');
		expect(paper.broaderOf(find('astana')).map(({ id }) => id)).toEqual(['kazakhstan', 'asia']);
		expect(paper.broaderOf(find('asia'))).toEqual([]);
	});

	test('are named once, by the nearest listed one above them', () => {
		const paper = paperOf('asia', 'kazakhstan', 'astana', 'almaty');
		const narrower = (id: string) => paper.narrowerOf(find(id)).map(({ subject }) => subject.id);
		expect(narrower('kazakhstan')).toEqual(['almaty', 'astana']);
		expect(narrower('asia')).toEqual(['kazakhstan']);
		expect(narrower('astana')).toEqual([]);
	});
});
