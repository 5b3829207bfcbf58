import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { collect } from '../../src/export/collect.ts';
import { makeFolder } from '../../src/export/folder.ts';
import { exportMarkdown } from '../../src/export/markdown.ts';
import { exportWxr } from '../../src/export/wxr.ts';
import { readMarkdownFolder } from '../../src/import/files/markdown.ts';
import { moveIn } from '../../src/import/move-in.ts';
import { recordsOf } from '../../src/import/mover.ts';
import type { Source } from '../../src/import/post.ts';
import { toSource } from '../../src/import/raw.ts';
import { openWordPress } from '../../src/import/wordpress/wordpress.ts';
import { type Content, readContent } from '../../src/loaders/newsroom.ts';
import { splitFrontMatter } from '../../src/markdown/front-matter.ts';
import { articleFile, newsroomFiles, writeFiles, writeFilesTo } from '../support/content.ts';
import { now } from '../support/newsroom.ts';
import { makePhotograph } from '../support/photographs.ts';
import { circumstances, problemsOf } from '../support/problems.ts';

const text = `A *first* paragraph with a note[^one] and [a link](/2025/06/second/). {#start}

## Figures

\`\`\`picture
file: harbour.jpg
alt: A harbour.
caption: Cranes & ships.
credit: The Desk
\`\`\`

\`\`\`chart
caption: Sums.
unit: dollars
bars: [{ label: One, value: 1234.5, year: 2024, note: about }]
source: { name: The Office, url: https://a.example/ }
\`\`\`

\`\`\`table
caption: A table.
columns: [Year, Sum]
rows: [['a | b', 13.7]]
\`\`\`

\`\`\`timeline
caption: What came.
events: [{ date: 2025-06, text: It began. }]
\`\`\`

\`\`\`map
places: [almaty]
countries: [KZ]
caption: Where it was.
\`\`\`

| a | b |
| --- | ---: |
| 1 | 2 |

[^one]: The note, with ~~more~~ *less*.
`;

const files = async () => ({
	...newsroomFiles,
	'sections.yaml': 'politics: { name: Politics, description: Of states. }\ntrade: { name: Trade & more }\n',
	'tags.yaml': [
		'asia: { name: Asia, kind: place }',
		'china: { name: China, kind: place, aliases: [PRC], description: A state., broader: asia, sameAs: https://a.example/, formerly: [cathay] }',
		'xi-jinping: { name: Xi Jinping, kind: person, aliases: [XI] }',
		'',
	].join('\n'),
	'authors/ann.yaml': 'name: Ann Example\ndescription: Writes of <bread>.\nurl: https://ann.example/\n',
	'gazetteer.yaml': 'almaty: { name: Almaty, at: [76.92, 43.25], country: KZ, source: GeoNames }\n',
	'articles/2025/06/x/index.md': articleFile(
		{
			title: '"Bread & <salt>" – ]]> told'.replace(/.*/, (title) => `'${title}'`),
			standfirst: 'Of 1 < 2 & more.',
			publishedAt: '2025-06-16T21:40+05:00',
			updatedAt: '2025-06-17T10:00+05:00',
			section: 'trade',
			authors: '[desk, ann]',
			tags: '[CHINA, XI, asia]',
			source: '{ name: AFP, title: The original, url: https://a.example/, relation: retold, basedOn: A report }',
			lead: '{ picture: { file: mill.jpg, alt: A mill., caption: The mill., credit: Ann } }',
			sources: '[{ name: The Times, title: A story, url: https://b.example/, date: 2025-06-10 }]',
			corrections: '[{ at: 2025-06-18, text: A year was wrong., was: "2023", is: "2024" }]',
			formerPaths: '[2025/05/older, 2025/05/old]',
		},
		text,
	),
	'articles/2025/06/x/harbour.jpg': await makePhotograph(40, 30),
	'articles/2025/06/x/mill.jpg': await makePhotograph(30, 40),
	'articles/2025/06/second.md': articleFile(
		{ title: 'The second', authors: '[ann]', lead: '{ map: { places: [almaty], caption: A map. } }' },
		'Back to [the first](/2025/06/x/#figures).\n',
	),
	'articles/2025/06/draft.md': articleFile({ title: 'A draft', draft: 'true' }),
	'articles/2025/08/later.md': articleFile({ title: 'Of the future', publishedAt: '2025-08-16' }),
	'articles/2025/06/wrong.md': articleFile({
		title: 'A wrong story',
		retracted: '{ at: 2025-06-20T10:00+05:00, reason: It was wrong. }',
	}),
	'comments/2025/06/x/one.yaml':
		'name: Ann & co\nwrittenAt: 2025-06-17T10:00Z\napprovedAt: 2025-06-18\ntext: "1 < 2 & https://a.example/\\n\\n]]> ends\\nhere"\n',
	'comments/2025/06/x/two.yaml':
		'name: Desk\nwrittenAt: 2025-06-18T10:00Z\napprovedAt: 2025-06-19\ntext: Yes.\nreplyTo: one\nisDesk: true\n',
	'comments/2025/06/x/three.yaml':
		'name: Bob\nwrittenAt: 2025-06-19\napprovedAt: 2025-06-19\ntext: No.\nreplyTo: two\nisEdited: true\n',
});

/** A newsroom that has nothing of what is brought in. */
const empty = {
	'content/sections.yaml': 'other: { name: Other }\n',
	'content/tags.yaml': 'other: { name: Other, kind: topic }\n',
	'content/authors/other.yaml': 'name: Other\ndescription: Another.\n',
};

/** Brings a paper into an empty newsroom, and returns its content folder. */
async function bring(source: Source, media: string): Promise<string> {
	const content = join(await writeFiles(empty), 'content');
	await moveIn(source, { content, comments: join(content, 'comments'), now, media: { folder: media } });
	return content;
}

/** What a newsroom has of one kind: the values of each field by the ids of the things that have it. */
type Values = ReadonlyMap<string, ReadonlyMap<string, unknown>>;

/** Returns all values of a newsroom by `kind.field`, without what another newsroom had before. */
async function valuesOf(content: Content): Promise<Values> {
	const values = new Map<string, Map<string, unknown>>();
	const add = (kind: string, id: string, data: object) => {
		for (const [field, value] of Object.entries(data))
			if (value !== undefined && !(Array.isArray(value) && value.length === 0))
				values.getOrInsertComputed(`${kind}.${field}`, () => new Map()).set(id, value);
	};
	for (const { id, file, data } of content.articles) {
		const { version: _, ...fields } = data;
		add('article', id, { ...fields, text: await textOf(file) });
	}
	for (const { id, file, data } of content.pages) add('page', id, { ...data, text: await textOf(file) });
	for (const kind of ['sections', 'authors', 'tags', 'comments'] as const)
		for (const { id, data } of content[kind]) if (id !== 'other') add(kind.replace(/s$/, ''), id, data);
	return values;
}

/** Returns the text of a file without its figures, whose places may be written otherwise and which are fields of their own. */
async function textOf(file: string): Promise<string> {
	const body = splitFrontMatter(await readFile(file, 'utf8'))?.body ?? '';
	return body.replace(/^```\w+\n.*?^```$/gms, '[figure]').trim();
}

const read = (folder: string) => readContent(folder, circumstances);

/** Returns a table of all fields of two newsrooms: how many have them, and how many are equal. */
function compare(before: Values, after: Values): { field: string; there: number; equal: number }[] {
	const fields = [...new Set([...before.keys(), ...after.keys()])].sort();
	return fields.map((field) => {
		const [old, now] = [before.get(field) ?? new Map(), after.get(field) ?? new Map()];
		const ids = [...new Set([...old.keys(), ...now.keys()])];
		const isEqual = (id: string) => JSON.stringify(old.get(id)) === JSON.stringify(now.get(id));
		return { field, there: ids.length, equal: ids.filter(isEqual).length };
	});
}

describe('an export for WordPress that is imported again', { timeout: 30_000 }, () => {
	let from: string;
	let folder: string;
	let xml: string;

	beforeAll(async () => {
		[from, folder] = await Promise.all([
			mkdtemp(join(tmpdir(), 'meridian-content-')),
			mkdtemp(join(tmpdir(), 'meridian-content-')),
		]);
		await writeFilesTo(from, await files());
		await exportWxr(await collect(from, circumstances, { drafts: true, retracted: true }), folder);
		xml = await readFile(join(folder, 'export.xml'), 'utf8');
	}, 30_000);
	afterAll(() => Promise.all([from, folder].map((path) => rm(path, { recursive: true }))));

	/** Imports the export, and returns the content folder of the newsroom that it was brought into. */
	const go = async (edit = (whole: string) => whole) => {
		const copy = await writeFiles({ 'export.xml': edit(xml) });
		const content = await bring(await openWordPress([join(copy, 'export.xml')]), join(folder, 'wp-content/uploads'));
		expect(await problemsOf(content)).toEqual([]);
		return content;
	};

	test('is equal in every field', async () => {
		const content = await go();
		const table = compare(await valuesOf(await read(from)), await valuesOf(await read(content)));
		console.table(table);
		expect(table.filter(({ there, equal }) => there !== equal)).toEqual([]);
		expect(table.length).toBeGreaterThan(35);
		for (const file of ['harbour.jpg', 'mill.jpg'])
			expect(await readFile(join(content, 'articles/2025/06/x', file))).toEqual(
				await readFile(join(from, 'articles/2025/06/x', file)),
			);
	});

	test('takes the text that WordPress has where somebody has edited it there, and keeps the fields', async () => {
		const content = await go((whole) => whole.replace('>first</em> paragraph', '>edited</em> paragraph'));
		const text = await readFile(join(content, 'articles/2025/06/x/index.md'), 'utf8');
		expect(text).toContain('A *edited* paragraph');
		expect(text).toContain('relation: retold');
		expect(text).not.toContain('Original Source');
		expect(text).not.toContain('retells in its own words');
	});

	test('takes from a field only what an article can have, and no original that does not come', async () => {
		const content = await go((whole) =>
			whole.replaceAll('"fields":{', '"fields":{"cheese":"blue","translationOf":"2025/06/nowhere",'),
		);
		const text = await readFile(join(content, 'articles/2025/06/x/index.md'), 'utf8');
		expect(text).toContain('relation: retold');
		expect(text).not.toMatch(/cheese|nowhere/);
	});

	test('keeps the words alone of links to what does not come', async () => {
		const links = [
			'Back to [the *first*](/2025/06/x/#figures), [gone *away*](/2025/06/gone/), [a draft](/2025/06/draft/),',
			'[of China](/tags/china/), [in June](/2025/06/), [its feed](/tags/china/rss.xml), [of nothing](/tags/nothing/),',
			'[by name][x], [a file](/files/a.pdf)[](/2025/06/gone/) and [elsewhere](https://b.example/).\\n\\n[x]: /2025/06/gone/ (Title)',
		];
		const content = await go((whole) => {
			expect(whole).toContain('"text":"Back to [the first](/2025/06/x/#figures).');
			return whole.replace('"text":"Back to [the first](/2025/06/x/#figures).', `"text":"${links.join(' ')}`);
		});
		expect(await readFile(join(content, 'articles/2025/06/second.md'), 'utf8')).toContain(
			[
				'Back to [the *first*](/2025/06/x/#figures), gone *away*, a draft,',
				'[of China](/tags/china/), [in June](/2025/06/), [its feed](/tags/china/rss.xml), of nothing,',
				'by name, a file and [elsewhere](https://b.example/).',
			].join(' '),
		);
		expect(await readFile(join(recordsOf(content), 'report.md'), 'utf8')).toContain(
			'the link “by name” to /2025/06/gone/ was taken out: it leads nowhere here',
		);
	});

	test.each([
		'{',
		'[]',
		'{"text":1}',
		'{"text":"<script>","content":"x","fields":{"tags":7},"authors":[{"id":"../x"}]}',
	])('takes nothing from a field that holds %s', async (json) => {
		const content = await go((whole) =>
			whole.replace(
				/(<wp:meta_key><!\[CDATA\[_meridian\]\]><\/wp:meta_key>\s*<wp:meta_value>).*?(?=<\/wp:meta_value>)/gs,
				`$1<![CDATA[${json}]]>`,
			),
		);
		const text = await readFile(join(content, 'articles/2025/06/x/index.md'), 'utf8');
		expect(text).toContain('A *first* paragraph');
		expect(text).not.toContain('script');
	});
});

test(
	'an export as markdown that is imported again has its texts, dates, tags, pictures and old addresses',
	{ timeout: 30_000 },
	async () => {
		const from = await writeFiles(await files());
		const folder = join(await writeFiles({}), 'out');
		await makeFolder(folder);
		await exportMarkdown(await collect(from, circumstances, { drafts: true, retracted: false }), folder);
		const content = await bring(toSource(await readMarkdownFolder(folder)), folder);
		expect(await problemsOf(content)).toEqual([]);
		const [before, after] = [await valuesOf(await read(from)), await valuesOf(await read(content))];
		for (const field of ['title', 'standfirst', 'publishedAt', 'draft', 'formerPaths']) {
			const known = new Map([...(before.get(`article.${field}`) ?? [])].filter(([id]) => id !== '2025/06/wrong'));
			expect(after.get(`article.${field}`), field).toEqual(known);
		}
		const article = await readFile(join(content, 'articles/2025/06/x/index.md'), 'utf8');
		expect(article).toContain('tags: [china, xi-jinping, asia]');
		expect(article).toContain('[a link](/2025/06/second/)');
		expect(await readFile(join(recordsOf(content), 'report.md'), 'utf8')).not.toContain('cannot be read');
	},
);
