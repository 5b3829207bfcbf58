import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, test } from 'vitest';
import { figuresOf } from '../../src/domain/figures.ts';
import { readGuide } from '../../src/guide/guide.ts';
import { splitFrontMatter } from '../../src/markdown/front-matter.ts';
import { figureSchemas } from '../../src/schemas/figure.ts';

let frontMatter: string;
let body: string;
/** What the boxes of the guide hold: parts of a text, and fields. */
let sources: { isText: boolean; source: string; behind: string }[];

beforeAll(async () => {
	const parts = splitFrontMatter(await readFile('src/guide/content/articles/2025/06/guide/index.md', 'utf8'));
	[frontMatter, body] = [parts?.frontMatter ?? '', parts?.body ?? ''];
	sources = [...body.matchAll(/^(`{3,})(\w*)\n(.*?)\n\1\n/gms)]
		.filter(([, , kind]) => kind === '')
		.map((match) => ({
			isText: match[1] === '````',
			source: match[3] ?? '',
			behind: body.slice(match.index + match[0].length),
		}));
});

describe('the guide for editors', { timeout: 30_000 }, () => {
	test('can be published as it is', async () => {
		expect((await readGuide()).title).toBe('A guide for editors');
	});

	test('shows behind every source what it becomes: the same words once more, as text, in the front matter or in the gazetteer', async () => {
		const fields = frontMatter + (await readFile('src/guide/content/gazetteer.yaml', 'utf8'));
		expect(sources).toHaveLength(10);
		for (const { isText, source, behind } of sources)
			if (isText) expect(behind.slice(0, source.length + 2)).toBe(`\n${source}\n`);
			else expect(fields).toContain(`${source}\n`);
	});

	test('has every kind of figure, a quotation, a footnote, a correction and a table of markdown', async () => {
		const article = await readGuide();
		const kinds = new Set(figuresOf(article).map(({ kind }) => kind));
		expect([...kinds].sort()).toEqual(Object.keys(figureSchemas).sort());
		expect(article.corrections).toHaveLength(1);
		const shown = sources.map(({ source }) => source).join('\n');
		for (const form of [/^> /m, /^\[\^\w+\]: /m, /^\| --/m, /^corrections:$/m, /^lead:$/m]) expect(shown).toMatch(form);
	});
});
