import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { JSDOM } from 'jsdom';
import sharp from 'sharp';
import { afterAll, describe, expect, onTestFinished, test } from 'vitest';
import { z } from 'astro/zod';
import { collect, type Extent } from '../../src/export/collect.ts';
import { makeFolder } from '../../src/export/folder.ts';
import { exportJson } from '../../src/export/json.ts';
import { withBase } from '../../src/domain/paths.ts';
import { applySplices } from '../../src/domain/splices.ts';
import { exportMarkdown } from '../../src/export/markdown.ts';
import { toPlainLinks } from '../../src/export/plain-links.ts';
import { toFrontMatter } from '../../src/export/records.ts';
import { exportedArticleSchema, exportedPageSchema, exportedSchemas } from '../../src/export/shape.ts';
import { exportWxr } from '../../src/export/wxr.ts';
import { escapeMarkdown } from '../../src/markdown/escape.ts';
import { readText } from '../../src/markdown/text.ts';
import { toPlainText } from '../../src/markdown/plain.ts';
import { toCdata, toXmlCharacters } from '../../src/markdown/xml.ts';
import { articleFile, newsroomFiles, writeFiles, writeFilesTo } from '../support/content.ts';
import { parseJson } from '../support/json.ts';
import { circumstances } from '../support/problems.ts';

const readable: Extent = { drafts: false, retracted: false };
const everything: Extent = { drafts: true, retracted: true };

const blue = () =>
	sharp({ create: { width: 40, height: 30, channels: 3, background: 'blue' } })
		.jpeg()
		.toBuffer();

const text = `The first *paragraph*, with a note.[^one] {#start}

<!-- Ask the printer whether this is right. -->

## A part

\`\`\`picture
file: blue.jpg
alt: Blue | blue.
caption: All of it is blue.
credit: The Desk
\`\`\`

\`\`\`chart
caption: Sums.
unit: dollars
bars:
  - { label: One, value: 1234.5, year: 2024, note: about }
source: { name: The Office, url: https://a.example/(1) }
\`\`\`

\`\`\`table
caption: A table.
columns: [Year, Sum]
rows: [['a | b', 13.7]]
\`\`\`

\`\`\`timeline
caption: What came.
events: [{ date: 2025-06, text: It *began*. }]
\`\`\`

\`\`\`map
places: [almaty]
countries: [KZ]
caption: Where it was.
\`\`\`

> Поезда пойдут
> через год. {lang=ru}

More at [the second](/2025/06/second/), [*above*][start] and in [a part](#a-part).

[start]: #start

[^one]: The note.
`;

const files = async () => ({
	...newsroomFiles,
	'tags.yaml': `${newsroomFiles['tags.yaml'] ?? ''}secret: { name: Secret, kind: topic }\n`,
	'gazetteer.yaml': 'almaty: { name: Almaty, at: [76.92, 43.25], country: KZ, source: GeoNames }\n',
	'articles/2025/06/x/index.md': articleFile(
		{
			title: 'Bread & <salt>',
			publishedAt: '2025-06-16T21:40+05:00',
			tags: '[CHINA, XI]',
			source: '{ name: AFP, url: https://a.example/, relation: retold }',
			sources: '[{ name: The Times, title: A story, url: https://b.example/, date: 2025-06-10 }]',
			corrections:
				'[{ at: 2025-06-18, text: A year was wrong., was: "2023", is: "2024" }, { at: 2025-08-01, text: Of the future. }]',
			formerPaths: '[2025/05/old]',
		},
		text,
	),
	'articles/2025/06/x/blue.jpg': await blue(),
	'articles/2025/06/second.md': articleFile({ title: 'The second' }),
	'articles/2025/06/draft.md': articleFile({ title: 'A draft', draft: 'true', tags: '[secret]' }),
	'articles/2025/08/later.md': articleFile({ title: 'Of the future', publishedAt: '2025-08-16' }),
	'articles/2025/06/wrong.md': articleFile({
		title: 'A wrong story',
		retracted: '{ at: 2025-06-20, reason: It was wrong. }',
	}),
	'comments/2025/06/x/one.yaml':
		'name: Ann & co\nwrittenAt: 2025-06-17T10:00Z\napprovedAt: 2025-06-18\ntext: "1 < 2\\n\\n]]> ends"\n',
	'comments/2025/06/x/two.yaml':
		'name: Desk\nwrittenAt: 2025-06-18T10:00Z\napprovedAt: 2025-06-19\ntext: Yes.\nreplyTo: one\nisDesk: true\n',
	'comments/2025/06/x/late.yaml': 'name: C\nwrittenAt: 2025-06-18\napprovedAt: 2025-08-01\ntext: Not yet.\n',
});

/** Folders of exports by what is in them, each made once: it takes a while to draw the first map. */
const kept = new Map<string, Promise<string>>();
const root = await mkdtemp(join(tmpdir(), 'meridian-export-'));
afterAll(() => rm(root, { recursive: true }));

/** Exports the newsroom in one form, and returns the folder. */
function exportAs(write: typeof exportJson, extent = readable): Promise<string> {
	return kept.getOrInsertComputed(`${write.name} ${JSON.stringify(extent)}`, () => exportAnew(write, extent));
}

async function exportAnew(write: typeof exportJson, extent: Extent): Promise<string> {
	const [content, folder] = await Promise.all(['content-', 'out-'].map((name) => mkdtemp(join(root, name))));
	if (content === undefined || folder === undefined) throw new Error('There are no folders.');
	await writeFilesTo(content, await files());
	await write(await collect(content, circumstances, extent), folder);
	return folder;
}

async function allTextOf(folder: string): Promise<string> {
	const paths = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
	const texts = await Promise.all(paths.map(({ parentPath, name }) => readFile(join(parentPath, name), 'utf8')));
	return [...paths.map(({ name }) => name), ...texts].join('\n');
}

const forms = { markdown: exportMarkdown, json: exportJson, wxr: exportWxr };

describe.each(Object.entries(forms))('an export as %s', { timeout: 30_000 }, (_, write) => {
	test('holds what readers can see and nothing else', async () => {
		const all = await allTextOf(await exportAs(write));
		expect(all).toContain('The second');
		for (const secret of ['A draft', 'secret', 'Of the future', 'A wrong story', 'Not yet', 'Ask the printer'])
			expect(all).not.toContain(secret);
	});

	test('holds drafts, the future and what was retracted where that is asked for', async () => {
		const all = await allTextOf(await exportAs(write, everything));
		for (const part of ['A draft', 'Of the future', 'A wrong story', 'Not yet']) expect(all).toContain(part);
		expect(all).not.toContain('Ask the printer');
		const drafts = await allTextOf(await exportAs(write, { drafts: true, retracted: false }));
		expect(drafts).not.toContain('A wrong story');
		const retracted = await allTextOf(await exportAnew(write, { drafts: false, retracted: true }));
		expect(retracted).toContain('A wrong story');
		expect(retracted).not.toContain('A draft');
	});

	test('is the same whenever it is made', async () => {
		expect(await allTextOf(await exportAnew(write, everything))).toBe(
			await allTextOf(await exportAs(write, everything)),
		);
	});
});

test('nothing is overwritten: an export takes a folder of its own', async () => {
	await expect(makeFolder(await writeFiles({ 'a.txt': 'a' }))).rejects.toThrow('is not empty');
	const folder = await writeFiles({ 'a.txt': 'a' });
	await expect(makeFolder(join(folder, 'a.txt'))).rejects.toThrow('is not empty');
});

describe('an article as markdown', { timeout: 30_000 }, () => {
	const read = async () => readFile(join(await exportAs(exportMarkdown), 'articles/2025/06/x/index.md'), 'utf8');

	test('has plain front matter', async () => {
		expect((await read()).split('---\n')[1]).toBe(
			[
				'title: Bread & <salt>',
				'description: A standfirst.',
				'date: 2025-06-16T21:40:00+05:00',
				'lastmod: 2025-06-18',
				'url: /2025/06/x/',
				'aliases:',
				'  - /2025/05/old/',
				'categories:',
				'  - Politics',
				'tags:',
				'  - China',
				'  - Xi Jinping',
				'authors:',
				'  - The Desk',
				'source:',
				'  name: AFP',
				'  url: https://a.example/',
				'  relation: retold',
				'sources:',
				'  - name: The Times',
				'    title: A story',
				'    url: https://b.example/',
				'    date: 2025-06-10',
				'corrections:',
				'  - at: 2025-06-18',
				'    text: A year was wrong.',
				'    was: "2023"',
				'    is: "2024"',
				'',
			].join('\n'),
		);
	});

	test('has pictures, tables and lists where its figures were, and says below whose it is', async () => {
		const markdown = (await read()).split('---\n').slice(2).join('---\n');
		for (const part of [
			'The first *paragraph*, with a note.[^one]\n',
			'![Blue \\| blue.](blue.jpg)\n\n*All of it is blue.* The Desk\n',
			'|  | Year | dollars |\n| --- | --- | --- |\n| One | 2024 | about 1,234.5 |\n\n*Sums.* Source: [The Office](<https://a.example/(1)>)\n',
			'| Year | Sum |\n| --- | --- |\n| a \\| b | 13.7 |\n',
			'- **June 2025**: It \\*began\\*.\n',
			'![Map of Kazakhstan, with Almaty marked](map-1.png)\n\n*Where it was.*',
			'Original Source: [AFP](https://a.example/).',
			'- The Times: [A story](https://b.example/) (10 June 2025)',
			'> Поезда пойдут\n> через год.\n',
			'More at [the second](/2025/06/second/), *above* and in [a part](#a-part).\n',
			'It said “2023”. It now says “2024”.',
		])
			expect(markdown).toContain(part);
		expect(markdown).not.toMatch(/\{#|\{lang=|```/);
	});

	test('has its pictures beside it, maps drawn', async () => {
		const folder = join(await exportAs(exportMarkdown), 'articles/2025/06/x');
		expect((await readdir(folder)).sort()).toEqual(['blue.jpg', 'index.md', 'map-1.png']);
		expect(await readFile(join(folder, 'blue.jpg'))).toEqual(await blue());
		expect(await sharp(join(folder, 'map-1.png')).metadata()).toMatchObject({ format: 'png', width: 720, height: 500 });
	});
});

test('links of plain markdown have the base, and lead to no part of a text that others do not know', () => {
	const written = [
		'[A *b*](/tags/a/#x "A \\"tip\\""), [b][ref], [ref], [c](</b (c)/>), [d](https://a.example/), [e](mailto:a@b.example).[^1]',
		'> [f](#second-part), [g](#the-end), [h](#a-paragraph-of-some-words-and-two-more).',
		'## Second *part*',
		'A paragraph of some words and two more here. [i](#first)',
		'## Its end, {#the-end}',
		'- [1. m](#first)\n- [2](#first)\n- [# n](#first)\n- [* o](#first)\n- [*p*](#first)',
		'| [j](#first) | [k](/a/) |\n| --- | --- |',
		'A first part. {#first}',
		'[ref]: /ref/ "T"',
		'[^1]: [l](/note/).',
	].join('\n\n');
	const { tree, findings } = readText(written);
	expect(findings).toEqual([]);
	const plain = applySplices(
		written,
		toPlainLinks(written, tree, (path) => withBase(path, '/news/')),
	);
	expect(plain.split('\n\n')).toEqual([
		'[A *b*](/news/tags/a/#x "A \\"tip\\""), [b](/news/ref/ "T"), [ref](/news/ref/ "T"), [c](</news/b%20(c)/>), [d](https://a.example/), [e](mailto:a@b.example).[^1]',
		'> [f](#second-part), g, h.',
		'## Second *part*',
		'A paragraph of some words and two more here. i',
		'## Its end, {#the-end}',
		'- 1\\. m\n- 2\n- \\# n\n- \\* o\n- *p*',
		'| j | [k](/news/a/) |\n| --- | --- |',
		'A first part. {#first}',
		'[ref]: /ref/ "T"',
		'[^1]: [l](/news/note/).',
	]);
});

describe('an export as JSON', { timeout: 30_000 }, () => {
	const readJson = async (name: string, extent = readable) =>
		readFile(join(await exportAs(exportJson, extent), `${name}.json`), 'utf8');

	test('has the shape that its schema describes, which the paper itself can read', async () => {
		const folder = await exportAs(exportJson, everything);
		const paths = (await readdir(folder, { recursive: true })).filter((path) =>
			/^(?:articles|pages)\/.*\.json$/.test(path),
		);
		expect(paths).toHaveLength(8);
		for (const path of paths) {
			const schema = path.startsWith('articles/') ? exportedArticleSchema : exportedPageSchema;
			parseJson<unknown>(schema, await readFile(join(folder, path), 'utf8'));
		}
		for (const [name, schema] of Object.entries(exportedSchemas))
			if (!name.endsWith('*')) parseJson<unknown>(schema, await readFile(join(folder, `${name}.json`), 'utf8'));
		const described = parseJson(z.record(z.string(), z.unknown()), await readFile(join(folder, 'schema.json'), 'utf8'));
		expect(Object.keys(described)).toEqual(Object.keys(exportedSchemas).map((name) => `${name}.json`));
	});

	test('has all fields of an article, with tags by id and places by their position', async () => {
		const { frontMatter, text, status } = parseJson(exportedArticleSchema, await readJson('articles/2025/06/x'));
		expect(status).toBe('published');
		expect(frontMatter).toMatchObject({ tags: ['china', 'xi-jinping'], formerPaths: ['2025/05/old'] });
		expect(frontMatter.corrections).toHaveLength(1);
		expect(text.source).toContain('places:\n  - name: Almaty\n    at:\n      - 76.92\n      - 43.25\n');
		expect(readText(text.source).findings).toEqual([]);
		for (const part of ['{#start}', '{lang=ru}', '[*above*][start]']) expect(text.source).toContain(part);
	});

	test('has the text as HTML with whole addresses and its pictures', async () => {
		const { text, pictures } = parseJson(exportedArticleSchema, await readJson('articles/2025/06/x'));
		const { document } = new JSDOM(text.html).window;
		const sources = [...document.querySelectorAll('img')].map((image) => image.getAttribute('src'));
		expect(sources).toEqual(['x/blue.jpg', 'x/map-1.png']);
		expect(pictures.map(({ file, width }) => [file, width])).toEqual([
			['blue.jpg', 40],
			['map-1.png', 720],
		]);
		expect(text.html).toContain('href="https://meridian.example.org/2025/06/second/"');
	});

	test('says of a retracted article what its notice says', async () => {
		expect(JSON.parse(await readJson('retractions'))).toEqual([
			{
				id: '2025/06/wrong',
				reason: 'It was wrong.',
				address: 'https://meridian.example.org/2025/06/wrong/',
				publishedAt: '2025-06-16',
				at: '2025-06-20',
				formerPaths: [],
			},
		]);
	});

	test('has comments with what they answer', async () => {
		expect(JSON.parse(await readJson('comments'))).toEqual([
			expect.objectContaining({ id: 'one', article: '2025/06/x', text: '1 < 2\n\n]]> ends' }),
			expect.objectContaining({ id: 'two', replyTo: 'one', isDesk: true }),
		]);
	});
});

describe('an export for WordPress', { timeout: 30_000 }, () => {
	const parse = async (extent = readable) => {
		const xml = await readFile(join(await exportAs(exportWxr, extent), 'export.xml'), 'utf8');
		const { window } = new JSDOM(xml, { contentType: 'text/xml' });
		onTestFinished(() => window.close());
		return window.document;
	};
	const items = (document: Document, type: string) =>
		[...document.querySelectorAll('item')].filter((item) => valueOf(item, 'wp:post_type') === type);
	const valueOf = (item: Element, name: string) => item.getElementsByTagName(name)[0]?.textContent;

	test('has posts, pages, sections, tags, authors and attachments', async () => {
		const document = await parse();
		expect(items(document, 'post').map((item) => valueOf(item, 'title'))).toEqual([
			'The second',
			'Bread &amp; &lt;salt&gt;',
		]);
		expect(items(document, 'page').map((item) => valueOf(item, 'wp:post_name'))).toEqual([
			'about',
			'accessibility',
			'privacy',
		]);
		const attachments = items(document, 'attachment').map((item) => valueOf(item, 'wp:attachment_url'));
		const uploads = 'https://meridian.example.org/wp-content/uploads/2025/06/x';
		expect(attachments).toEqual([`${uploads}/blue.jpg`, `${uploads}/map-1.png`]);
		const names = (tag: string) => [...document.getElementsByTagName(tag)].map(({ textContent }) => textContent);
		expect(names('wp:tag_slug')).toEqual(['china', 'xi-jinping']);
		expect(names('wp:category_nicename')).toEqual(['politics']);
		expect(names('wp:author_login')).toEqual(['desk']);
	});

	test('has dates in the zone of the newsroom and in that of Greenwich', async () => {
		const [, x] = items(await parse(), 'post');
		expect(x && ['wp:post_date', 'wp:post_date_gmt', 'pubDate'].map((name) => valueOf(x, name))).toEqual([
			'2025-06-16 21:40:00',
			'2025-06-16 16:40:00',
			'Mon, 16 Jun 2025 21:40:00 +0500',
		]);
	});

	test('has comments with threads, escaped as HTML, and not broken by the end of CDATA', async () => {
		const comments = [...(await parse()).getElementsByTagName('wp:comment')];
		expect(
			comments.map((comment) =>
				['wp:comment_id', 'wp:comment_parent', 'wp:comment_author', 'wp:comment_content'].map((name) =>
					valueOf(comment, name),
				),
			),
		).toEqual([
			['1', '0', 'Ann &amp; co', '1 &lt; 2\n\n]]&gt; ends'],
			['2', '1', 'Desk', 'Yes.'],
		]);
	});

	test('says of drafts, of the future and of what was retracted that readers must not see it', async () => {
		const found = items(await parse(everything), 'post').map((item) => [
			valueOf(item, 'title'),
			valueOf(item, 'wp:status'),
		]);
		expect(new Map(found.map(([title = '', status]) => [title, status]))).toEqual(
			new Map([
				['A draft', 'draft'],
				['Of the future', 'future'],
				['A wrong story', 'private'],
				['The second', 'publish'],
				['Bread &amp; &lt;salt&gt;', 'publish'],
			]),
		);
	});
});

test('what XML cannot hold does not reach it', () => {
	const document = new JSDOM(`<a>${toCdata(toXmlCharacters('a\u0000\u0008\uFFFE\uD800b]]>c😀'))}</a>`, {
		contentType: 'text/xml',
	}).window.document;
	expect(document.documentElement.textContent).toBe('a\uFFFD\uFFFD\uFFFD\uFFFDb]]>c😀');
});

test.each([
	'# a',
	'1. a',
	'- a',
	'*a* _b_ `c` [d](e) <f> ~~g~~ &amp; | \\*',
	'+ a',
	'2) a',
	'a {#b}',
	'a {lang=ru}',
	'=== a',
])('%j is plain text as markdown too', (plain) => {
	const { tree, findings } = readText(escapeMarkdown(plain));
	expect(findings).toEqual([]);
	expect(toPlainText(tree)).toBe(plain);
});

test('a translation does not name an original that is no part of the export', async () => {
	const folder = await writeFiles({
		...newsroomFiles,
		'articles/2025/06/original.md': articleFile({ draft: 'true' }),
		'articles/2025/06/other.md': articleFile({ lang: 'ru', translationOf: '2025/06/original' }),
	});
	const originals = async (extent: Extent) =>
		(await collect(folder, circumstances, extent)).holdings.map(
			(holding) => toFrontMatter(holding, extent).translationOf,
		);
	expect(await originals(readable)).toEqual([undefined]);
	expect(await originals(everything)).toContain('2025/06/original');
});
