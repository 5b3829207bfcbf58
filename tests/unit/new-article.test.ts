import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type ArticlePlan, guessPlan } from '../../src/domain/new-article.ts';
import { writeNewArticle } from '../../src/loaders/new-article.ts';
import { readContent } from '../../src/loaders/newsroom.ts';
import { articleFile, newsroomFiles, writeFiles } from '../support/content.ts';
import { circumstances, problemsOf } from '../support/problems.ts';

const plan: ArticlePlan = { title: 'A new story', section: 'politics', authors: ['desk'], tags: ['china'] };
const noon = Date.parse('2025-07-01T12:00:00Z');

/** Writes an article into a newsroom with these files beside the usual ones. */
async function make(
	files: Readonly<Record<string, string>> = {},
	fields: Partial<ArticlePlan> = {},
	now = noon,
): Promise<{ folder: string; path: string; text: string }> {
	const folder = await writeFiles({ ...newsroomFiles, ...files });
	const content = await readContent(folder, circumstances);
	const path = await writeNewArticle(folder, content, { ...plan, ...fields }, now, 'Asia/Almaty');
	return { folder, path, text: await readFile(join(folder, path), 'utf8') };
}

test.each([
	['A new story', 'articles/2025/07/a-new-story.md'],
	['Қазақстан мен Қытай', 'articles/2025/07/qazaqstan-men-qytay.md'],
	['China’s “rail”: 100%?', 'articles/2025/07/chinas-rail-100.md'],
	['../../../etc/passwd', 'articles/2025/07/etc-passwd.md'],
])('the article “%s” is the file %s', async (title, path) => {
	expect((await make({}, { title })).path).toBe(path);
});

test('it has the time that it is in the newsroom’s zone, so that later ones of a day come before it', async () => {
	const { path, text } = await make({}, {}, Date.parse('2025-06-30T20:01:59Z'));
	expect(path).toBe('articles/2025/07/a-new-story.md');
	expect(text).toContain('\npublishedAt: 2025-07-01T01:01+05:00 ');
});

test.each(['A new story', 'Rail: the "long" way', "It's #1", '- [x] {y}', 'null', '2025', '# Title', 'a: b'])(
	'with the headline “%s” it is a draft that nothing is wrong with',
	async (title) => {
		const { folder, text } = await make({}, { title, slug: 'x' });
		expect(text).toContain('\ndraft: true');
		expect(await problemsOf(folder)).toEqual([]);
	},
);

test('it is not published before an editor has written it', async () => {
	const { folder, path, text } = await make();
	await writeFile(join(folder, path), text.replace(/^draft:.*\n/m, ''));
	expect(await problemsOf(folder)).toEqual([
		`${path}:4:1: standfirst: is not written yet. Write it.`,
		`${path}:14:1: The text is not written yet. Write it.`,
	]);
});

describe('an address that something else has', () => {
	test.each<[what: string, files: Record<string, string>, fields: Partial<ArticlePlan>, reason: string]>([
		['a file', { 'articles/2025/07/a-new-story.md': 'mine' }, {}, 'articles/2025/07/a-new-story.md is there'],
		['a folder', { 'articles/2025/07/a-new-story/index.md': 'mine' }, {}, 'articles/2025/07/a-new-story is there'],
		[
			'an article that has moved from it',
			{ 'articles/2025/06/y.md': articleFile({ formerPaths: '[2025/07/a-new-story]' }) },
			{},
			'y.md stood there before',
		],
		['the paper itself', {}, { title: 'Comments' }, '"comments" is an address that the paper needs itself'],
		['no letter', {}, { title: '…' }, 'no letter and no digit'],
		['a path', {}, { slug: '../../x' }, '"../../x" is no address'],
	])('is refused: %s', async (_, files, fields, reason) => {
		await expect(make(files, fields)).rejects.toThrow(reason);
	});

	test('stays as it was, also where it was taken meanwhile', async () => {
		const folder = await writeFiles(newsroomFiles);
		const content = await readContent(folder, circumstances);
		await mkdir(join(folder, 'articles/2025/07'), { recursive: true });
		const made = await Promise.allSettled(
			Array.from({ length: 8 }, (_, i) =>
				writeNewArticle(folder, content, { ...plan, tags: i === 0 ? ['trade'] : plan.tags }, noon, 'Asia/Almaty'),
			),
		);
		expect(made.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
	});
});

test('a headline that cannot be published is refused, and nothing written', async () => {
	await expect(make({}, { title: 'x'.repeat(151), slug: 'x' })).rejects.toThrow('151 characters; at most 150');
});

describe('what is not given', () => {
	const files = {
		...newsroomFiles,
		'sections.yaml': 'politics: { name: Politics }\neconomy: { name: Economy }\n',
		'authors/ann.yaml': 'name: Ann\ndescription: Writes.\n',
		'articles/2025/06/a.md': articleFile({ section: 'economy', tags: '[trade, china]' }),
		'articles/2025/06/b.md': articleFile({ section: 'economy', tags: '[trade]' }),
	};

	test.each([
		[{ title: 'Xi in town' }, { section: 'politics', authors: ['desk'], tags: ['xi-jinping'] }],
		[
			{ title: 'News', section: 'economy' },
			{ section: 'economy', authors: ['desk'], tags: ['trade'] },
		],
		[{ title: 'News' }, { section: 'politics', authors: ['desk'], tags: ['china'] }],
		[
			{ title: 'Trade', authors: ['ann'], tags: ['china'] },
			{ authors: ['ann'], tags: ['china'] },
		],
	])('is guessed: %j', async (given, guess) => {
		const content = await readContent(await writeFiles(files), circumstances);
		expect(guessPlan(given, content)).toMatchObject({ ...given, ...guess });
	});

	test('is asked for by name where the newsroom has none at all', () => {
		const nothing = { articles: [], authors: [], sections: [], tags: [] };
		expect(() => guessPlan({ title: 'News' }, nothing)).toThrow('Write one into content/sections.yaml.');
	});
});
