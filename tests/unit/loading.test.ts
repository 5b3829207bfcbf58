import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { digestOfProgram } from '../../src/environment.ts';
import { readContent } from '../../src/loaders/newsroom.ts';
import { writeEditorSchemas } from '../../src/loaders/editor-schemas.ts';
import { articleFile, newsroomFiles, writeFiles } from '../support/content.ts';
import { now } from '../support/newsroom.ts';

type Content = Awaited<ReturnType<typeof readContent>>;

function read(folder: string, former: Content | undefined, rules = 'rules'): Promise<Content> {
	const known = new Map(former?.articles.map((article) => [article.id, article]));
	return readContent(folder, {
		now,
		rules,
		former: (id, digest) => (known.get(id)?.digest === digest ? known.get(id) : undefined),
		publicFolder: 'public',
	});
}

test('an article is read anew only when its file, the vocabulary or the rules have changed', async () => {
	const folder = await writeFiles({
		...newsroomFiles,
		'articles/2025/06/x.md': articleFile(),
		'articles/2025/06/y.md': articleFile(),
	});
	const first = await read(folder, undefined);
	const same = async (rules?: string) => {
		const again = await read(folder, first, rules);
		return again.articles.map((article, i) => article === first.articles[i]);
	};
	expect(await same()).toEqual([true, true]);
	expect(await same('other rules')).toEqual([false, false]);
	await writeFile(join(folder, 'articles/2025/06/x.md'), articleFile({ title: 'Another headline' }));
	expect(await same()).toEqual([false, true]);
	const unlike = async (path: string, content: string) => {
		await writeFile(join(folder, path), content);
		expect(await same(), path).toEqual([false, false]);
		await writeFile(join(folder, path), newsroomFiles[path] ?? '');
	};
	await writeFile(join(folder, 'articles/2025/06/x.md'), articleFile());
	await unlike('tags.yaml', 'china: { name: PR China, kind: place }\n');
	await unlike('sections.yaml', 'politics: { name: Politics }\ntrade: { name: Trade }\n');
	await writeFile(join(folder, 'authors/new.yaml'), 'name: New\ndescription: Writes.\n');
	expect(await same()).toEqual([false, false]);
});

test('the digest of the program changes with its code, templates, data, configuration and packages, and with the parts that were asked for', async () => {
	const files = {
		'package-lock.json': '{}',
		'astro.config.mjs': 'config',
		'src/maps/a.ts': 'a',
		'src/maps/lakes.json': '[]',
		'src/b.ts': 'b',
		'src/c.astro': 'c',
	};
	const all = await digestOfProgram(await writeFiles(files));
	const maps = await digestOfProgram(await writeFiles(files), ['maps']);
	const changes = async (path: string) => {
		const folder = await writeFiles({ ...files, [path]: 'other' });
		return [(await digestOfProgram(folder)) !== all, (await digestOfProgram(folder, ['maps'])) !== maps];
	};
	expect(await changes('src/maps/a.ts')).toEqual([true, true]);
	expect(await changes('src/maps/lakes.json')).toEqual([true, true]);
	expect(await changes('package-lock.json')).toEqual([true, true]);
	expect(await changes('src/b.ts')).toEqual([true, false]);
	expect(await changes('src/c.astro')).toEqual([true, false]);
	expect(await changes('astro.config.mjs')).toEqual([true, false]);
});

test('a link to a part of an article is checked anew when that article alone has changed', async () => {
	const folder = await writeFiles({
		...newsroomFiles,
		'articles/2025/06/x.md': articleFile({}, '[y](/2025/06/y/#a-part)'),
		'articles/2025/06/y.md': articleFile({}, '## A part\n\nText.'),
	});
	const first = await read(folder, undefined);
	expect(first.problems).toEqual([]);
	await writeFile(join(folder, 'articles/2025/06/y.md'), articleFile({}, '## A piece\n\nText.'));
	const again = await read(folder, first);
	expect(again.articles[0]).toBe(first.articles[0]);
	expect(again.problems.map(({ message }) => message)).toEqual([
		expect.stringContaining('links to #a-part of /2025/06/y/, which no heading and no paragraph there has.'),
	]);
});

test('two labels of one tag in an article count once, in the order of writing', async () => {
	const folder = await writeFiles({
		...newsroomFiles,
		'articles/2025/06/x.md': articleFile({ tags: '[XI JINPING, CHINA, XI, commerce]' }),
	});
	const { articles } = await read(folder, undefined);
	expect(articles[0]?.data.tags).toEqual(['xi-jinping', 'china', 'trade']);
});

test('JSON schemas complete front matter and tags, and describe every field', async () => {
	const folder = await writeFiles({ ...newsroomFiles, 'articles/2025/06/x.md': articleFile() });
	const schemas = pathToFileURL(`${folder}/schemas/`);
	await writeEditorSchemas(await read(folder, undefined), schemas);
	const article: unknown = JSON.parse(await readFile(new URL('article.json', schemas), 'utf8'));
	expect(article).toMatchObject({
		additionalProperties: false,
		required: ['title', 'standfirst', 'publishedAt', 'section', 'authors', 'tags'],
		properties: {
			title: { type: 'string', maxLength: 150 },
			section: { enum: ['politics'] },
			authors: { items: { enum: ['desk'] } },
			tags: { items: { anyOf: [{ enum: ['China', 'Xi Jinping', 'XI', 'Trade'] }, { type: 'string' }] } },
		},
	});
	const front: unknown = JSON.parse(await readFile(new URL('front.json', schemas), 'utf8'));
	const offersArticles = { article: { enum: ['2025/06/x'] } };
	expect(front).toMatchObject({
		properties: { lead: { properties: offersArticles }, pins: { items: { properties: offersArticles } } },
	});
	for (const name of ['article', 'author', 'comment', 'front', 'gazetteer', 'page', 'sections', 'tags']) {
		const text = await readFile(new URL(`${name}.json`, schemas), 'utf8');
		for (const [field, schema] of fieldsOf(JSON.parse(text)))
			expect(schema, `${name}.json: ${field}`).toHaveProperty('description');
	}
});

function fieldsOf(schema: unknown): [string, unknown][] {
	if (typeof schema !== 'object' || schema === null) return [];
	const properties = 'properties' in schema && typeof schema.properties === 'object' ? schema.properties : {};
	return [...Object.entries(properties ?? {}), ...Object.values(schema).flatMap(fieldsOf)];
}
