import { expect, test } from 'vitest';
import { toTagReport } from '../../src/domain/tag-report.ts';
import { makeNewsroom, makeTags } from '../support/newsroom.ts';

const newsroom = makeNewsroom({
	'2025/05/c': { tags: ['xi-jinping', 'treaty'] },
	'2025/06/a': { tags: ['china', 'xi-jinping', 'treaty'] },
	'2025/06/b': { tags: ['china'] },
	'2025/06/d': { tags: ['afp', 'china', 'treaty'], draft: true },
	'2025/08/e': { tags: ['afp', 'china', 'treaty'] },
});
const added = makeTags({
	treaties: { name: 'Treaties', description: 'What states agree on.' },
	zhongguo: { name: '中国' },
});
const report = toTagReport({ ...newsroom, tags: [...added, ...newsroom.tags] });
const idsOf = (tags: readonly { id: string }[]) => tags.map(({ id }) => id);

test('counts tags and all articles', () => {
	expect(report).toMatchObject({ tags: 6, articles: 5 });
});

test('tells tags without an article from those that readers do not see yet', () => {
	expect(report.unused).toEqual([
		{ id: 'treaties', name: 'Treaties', articles: 0 },
		{ id: 'zhongguo', name: '中国', articles: 0 },
	]);
	expect(report.unpublished).toEqual([{ id: 'afp', name: 'AFP', articles: 2 }]);
});

test('does not call a tag unused that a retracted article has', () => {
	const retracted = { at: '2025-06-20', reason: 'It was wrong.' };
	const { unused, unpublished } = toTagReport(makeNewsroom({ '2025/06/a': { tags: ['china'], retracted } }));
	expect([idsOf(unused), idsOf(unpublished)]).toEqual([['afp', 'treaty', 'xi-jinping'], ['china']]);
});

test('names the file of an article that alone has a tag, published or not', () => {
	const { once } = toTagReport(makeNewsroom({ '2025/06/a': { tags: ['china', 'afp'] }, '2025/06/b': { draft: true } }));
	expect(once).toEqual([{ id: 'afp', name: 'AFP', articles: 1, file: 'content/articles/2025/06/a.md' }]);
	expect(report.once).toEqual([]);
});

test('merges the tag of fewer articles into the other, and of equal ones the later id into the earlier', () => {
	expect(report.duplicates).toEqual([
		{
			from: { id: 'treaties', name: 'Treaties', articles: 0 },
			into: { id: 'treaty', name: 'Treaty', articles: 4 },
			reason: '"Treaty" and "Treaties" are singular and plural',
			command: 'npm run tags -- merge treaties treaty',
		},
	]);
	const kinds = makeTags({ a: { name: 'Law' }, b: { name: 'Laws', kind: 'organisation' } });
	expect(toTagReport({ ...newsroom, articles: [], tags: kinds }).duplicates[0]?.reason).toBe(
		'"Law" and "Laws" are singular and plural, of the kinds topic and organisation',
	);
	const tags = makeTags({ b: { name: 'Laws' }, a: { name: 'Law' } });
	expect(toTagReport({ ...newsroom, articles: [], tags }).duplicates[0]?.command).toBe('npm run tags -- merge b a');
});

test('names articles with fewer than three tags, the newest first', () => {
	expect(report.fewTags).toEqual([
		{ file: 'content/articles/2025/06/b.md', tags: 1 },
		{ file: 'content/articles/2025/05/c.md', tags: 2 },
	]);
});

test('names tags without a description', () => {
	expect(idsOf(report.undescribed)).toEqual(['afp', 'china', 'treaty', 'xi-jinping', 'zhongguo']);
});
