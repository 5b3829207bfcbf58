import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { z } from 'astro/zod';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { readContent } from '../../src/loaders/newsroom.ts';
import { openWorkshop, type Workshop } from '../support/build.ts';
import { articleFile, newsroomFiles, writeFiles, writeFilesTo } from '../support/content.ts';
import { parseJson } from '../support/json.ts';
import { now } from '../support/newsroom.ts';

const vocabulary = `# The vocabulary
china: { name: China, kind: place } # a remark
xi-jinping:
  name: Xi Jinping
  kind: person
  aliases: [XI]

# Topics
trade: { name: Trade, kind: topic, formerly: [commerce] }
treaty:
  name: Treaty
  kind: topic
  description: What states agree on.
treaties:
  name: Treaties
  kind: topic
  aliases:
    - Agreements # of states
  formerly: [accords]
unused: { name: Unused, kind: topic }
`;
const article = 'articles/2025/06/x.md';
let workshop: Workshop;
let content: string;

beforeAll(async () => {
	workshop = await openWorkshop();
	content = join(workshop.folder, 'content');
	await writeFilesTo(content, {
		...newsroomFiles,
		[article]: articleFile({ tags: '[CHINA, Treaty]' }),
		'articles/2025/06/y.md': articleFile({ tags: '[AGREEMENTS, treaty, accords, xi]' }),
		'articles/2025/06/draft.md': articleFile({ tags: '[treaties, commerce]', draft: 'true' }),
	});
});
beforeEach(() => writeFile(join(content, 'tags.yaml'), vocabulary));
afterAll(() => workshop.remove());

const tags = (...options: string[]) => workshop.run('tags', options, { CLOCK: '2025-07-01T00:00:00Z' });
const written = () => readFile(join(content, 'tags.yaml'), 'utf8');

/** Tries an edit of the vocabulary, and expects that it is refused with these sentences and leaves the file as it is. */
async function expectRefusal(file: string, options: readonly string[], ...sentences: string[]): Promise<void> {
	await writeFile(join(content, 'tags.yaml'), file);
	const { status, output } = await tags(...options);
	expect(status).toBe(1);
	for (const sentence of sentences) expect(output).toContain(sentence);
	expect(output).not.toContain('DEBUG');
	expect(output).not.toMatch(/^\s+at /m);
	expect(await written()).toBe(file);
}

/** Returns the tags of every article, as the paper's own loaders read them. */
async function tagsOfArticles(): Promise<Record<string, string[]>> {
	const circumstances = { now, rules: '', publicFolder: 'public' };
	const { articles, problems } = await readContent(content, circumstances);
	expect(problems).toEqual([]);
	return Object.fromEntries(articles.map(({ id, data }) => [id, data.tags]));
}

describe('the report', () => {
	test('names what could be mended, and how', async () => {
		const { status, output } = await tags();
		expect(status).toBe(0);
		expect(output).toBe(
			`6 tags, 3 articles.

Tags that no article has: 1
  unused (Unused)

Tags that only articles have which readers cannot see yet: 1
  trade (Trade)

Tags that one article has: 3
  china (China): content/articles/2025/06/x.md
  trade (Trade): content/articles/2025/06/draft.md
  xi-jinping (Xi Jinping): content/articles/2025/06/y.md

Probable duplicates: 1
  treaty (2 articles), treaties (2 articles): "Treaties" and "Treaty" are singular and plural
    npm run tags -- merge treaty treaties

Articles with fewer than three tags: 2
  content/articles/2025/06/draft.md: 2
  content/articles/2025/06/x.md: 2

Tags without a description: 5
  china (China)
  trade (Trade)
  treaties (Treaties)
  unused (Unused)
  xi-jinping (Xi Jinping)
`,
		);
		expect(await written()).toBe(vocabulary);
	});

	test('is there for programs', async () => {
		const { status, output } = await tags('--json');
		expect(status).toBe(0);
		const count = { id: z.string(), name: z.string(), articles: z.int() };
		const tag = z.strictObject(count);
		const shape = z.strictObject({
			tags: z.int(),
			articles: z.int(),
			unknown: z.array(z.strictObject({ label: z.string(), advice: z.string(), files: z.array(z.string()) })),
			unused: z.array(tag),
			unpublished: z.array(tag),
			once: z.array(z.strictObject({ ...count, file: z.string() })),
			duplicates: z.array(z.strictObject({ from: tag, into: tag, reason: z.string(), command: z.string() })),
			fewTags: z.array(z.strictObject({ file: z.string(), tags: z.int() })),
			undescribed: z.array(tag),
		});
		expect(parseJson(shape, output).duplicates[0]?.command).toBe('npm run tags -- merge treaty treaties');
	});

	test('names tags of articles that are not in the vocabulary, which keep nothing but edits from being made', async () => {
		const folder = await writeFiles({
			...newsroomFiles,
			'articles/2025/06/a.md': articleFile({ tags: '[CHNA, trade]' }),
			'articles/2025/06/b.md': articleFile({ tags: '[Шымкент, chna]' }),
		});
		const run = (...options: string[]) =>
			workshop.run('tags', options, { CONTENT_DIR: folder, CLOCK: '2025-07-01T00:00:00Z' });
		const { status, output } = await run();
		expect([status, output.replaceAll(/\S*meridian-content-\w+\//g, '')]).toEqual([
			0,
			expect.stringContaining(`3 tags, 2 articles.

Tags of articles that are not in content/tags.yaml, so that the paper cannot be published: 2
  CHNA: Did you mean "CHINA"? To add it there, write "chna: { name: CHNA, kind: topic }" with the kind that it has.
    articles/2025/06/a.md
    articles/2025/06/b.md
  Шымкент: To add it there, write "shymkent: { name: Шымкент, kind: topic }" with the kind that it has.
    articles/2025/06/b.md

Tags that no article has: 2
  china (China)
  xi-jinping (Xi Jinping)

Tags that one article has: 1
  trade (Trade)`),
		]);
		const proposal = await run('suggest', 'Шымкент');
		expect([proposal.status, proposal.output]).toEqual([
			0,
			expect.stringContaining('shymkent: { name: Шымкент, kind: topic }'),
		]);
		const refusal = await run('rename', 'trade', 'Commerce');
		expect([refusal.status, refusal.output]).toEqual([
			1,
			expect.stringContaining('"CHNA" is not in content/tags.yaml'),
		]);
	});

	test('gives way to faults of the content', async () => {
		await writeFile(join(content, 'tags.yaml'), vocabulary.replace('kind: person', 'kind: human'));
		const { status, output } = await tags('--json');
		expect(status).toBe(1);
		expect(output).toMatch(/^content\/tags\.yaml:5:3: xi-jinping\.kind: "human" is not one of/);
		expect(output).not.toContain('duplicates');
	});

	test('is made of 6,000 tags in a few seconds', async () => {
		const entries = Array.from(
			{ length: 6000 },
			(_, i) => `t${i}: { name: Subject number ${i}, kind: topic, aliases: [Theme ${i}] }`,
		);
		const folder = await writeFiles({
			...newsroomFiles,
			'tags.yaml': `${newsroomFiles['tags.yaml']}${entries.join('\n')}\n`,
			...Object.fromEntries(
				Array.from({ length: 100 }, (_, i) => [
					`articles/2025/06/a${i}.md`,
					articleFile({ tags: `[t${i}, Theme ${i + 1}, CHINA]` }),
				]),
			),
		});
		const start = performance.now();
		const { status, output } = await workshop.run('tags', ['--json'], { CONTENT_DIR: folder });
		expect(status, output).toBe(0);
		expect(performance.now() - start).toBeLessThan(20_000);
		expect(output).toContain('"tags": 6003');
		expect(output).toContain('"duplicates": []');
	});
});

describe('merging', () => {
	test('keeps all articles as they are, and every other byte of the file', async () => {
		const before = await tagsOfArticles();
		const trial = await tags('merge', 'treaties', 'treaty', '--dry-run');
		expect(trial.status, trial.output).toBe(0);
		expect(await written()).toBe(vocabulary);
		const { status, output } = await tags('merge', 'treaties', 'treaty');
		expect(status).toBe(0);
		expect(output).toContain('+   formerly: [treaties, accords]\n');
		expect(output).toContain('No article needs an edit');
		const gone = vocabulary.slice(vocabulary.indexOf('treaties:'), vocabulary.indexOf('unused:'));
		expect(await written()).toBe(
			vocabulary
				.replace(gone, '')
				.replace(
					'kind: topic\n  description',
					'kind: topic\n  aliases: [Treaties, Agreements]\n  formerly: [treaties, accords]\n  description',
				),
		);
		const merged = Object.entries(before).map(([id, tags]) => [
			id,
			[...new Set(tags.map((tag) => (tag === 'treaties' ? 'treaty' : tag)))],
		]);
		expect(await tagsOfArticles()).toEqual(Object.fromEntries(merged));
		expect(await readdir(content)).not.toContainEqual(expect.stringMatching(/^\./));
	});

	test('keeps Windows line ends', async () => {
		await writeFile(join(content, 'tags.yaml'), vocabulary.replaceAll('\n', '\r\n'));
		expect((await tags('merge', 'unused', 'trade')).status).toBe(0);
		expect(await written()).toBe(
			vocabulary
				.replace('formerly: [commerce]', 'formerly: [commerce, unused]')
				.replace('kind: topic, formerly', 'kind: topic, aliases: [Unused], formerly')
				.replace('unused: { name: Unused, kind: topic }\n', '')
				.replaceAll('\n', '\r\n'),
		);
	});

	test.each([
		[['treatys', 'treaty'], '"treatys" is no id of a tag in content/tags.yaml. Did you mean "treaty"?'],
		[['Agreements', 'treaty'], '"Agreements" is no id of a tag in content/tags.yaml. Did you mean "treaties"?'],
		[['trade', 'volcano'], '"volcano" is no id of a tag in content/tags.yaml.'],
		[['trade', 'trade'], '"trade" cannot be merged into itself. Write two ids.'],
		[
			['xi-jinping', 'trade'],
			'"xi-jinping" is of the kind person, "trade" of the kind topic. If they are one subject, give both one kind in content/tags.yaml before.',
		],
		[['trade'], 'Write two ids: npm run tags -- merge FROM INTO'],
	])('%j is refused in a sentence', (ids, sentence) => expectRefusal(vocabulary, ['merge', ...ids], sentence));

	test('what would leave content that cannot be published is refused', () =>
		expectRefusal(
			`${vocabulary}old: { name: &old Old, kind: topic }\nnew: { name: New, kind: topic, description: *old }\n`,
			['merge', 'old', 'new'],
			'Nothing was written, because the paper could not be published with this change:',
			'content/tags.yaml:1:1: uses a YAML alias (*name) that stands for nothing.',
		));
});

describe('renaming', () => {
	test('keeps the id, the old name as an alias, and the tags of all articles', async () => {
		const before = await tagsOfArticles();
		const { status, output } = await tags('rename', 'china', 'PR', 'China');
		expect(status, output).toBe(0);
		expect(await written()).toBe(
			vocabulary.replace('{ name: China, kind: place }', '{ name: PR China, kind: place, aliases: [China] }'),
		);
		expect(await tagsOfArticles()).toEqual(before);
	});

	test.each([
		[['china', 'Trade'], 'tags.yaml:9:1: trade: "trade" is already an id, a name or an alias of "china".'],
		[['china', 'x'.repeat(61)], 'china.name: has 61 characters; at most 60 are allowed.'],
		[['china', 'China'], '"China" is already the name of the tag.'],
		[['china'], 'Write an id and the new name: npm run tags -- rename ID NEW NAME'],
	])('%j is refused in a sentence', (args, sentence) => expectRefusal(vocabulary, ['rename', ...args], sentence));
});

test('an edit that would change more than was asked for is refused', () =>
	expectRefusal(
		`${vocabulary}one: { name: &one One, kind: topic }\ntwo: { name: Two, kind: topic, description: *one }\n`,
		['rename', 'one', 'First'],
		'Nothing was written: tags.yaml has a form that this command cannot edit. Edit it by hand.',
	));

describe('suggesting', () => {
	test('prints an entry that can be published as it is', async () => {
		const { status, output } = await tags('suggest', 'Шанхай:', 'Ұйым');
		expect(status).toBe(0);
		const [entry = ''] = output.split('\n');
		expect(entry).toBe("shankhay-uyym: { name: 'Шанхай: Ұйым', kind: topic }");
		await writeFile(join(content, 'tags.yaml'), `${vocabulary}${entry}\n`);
		await tagsOfArticles();
	});

	test('tells of an id that is taken, and of a name that is there', async () => {
		expect((await tags('suggest', 'Xí')).output).toContain('"Xí" is already the tag "Xi Jinping" (xi-jinping).');
		const { status, output } = await tags('suggest', '西');
		expect(status).toBe(0);
		expect(output).toContain('"xi" is taken by the tag "Xi Jinping" (xi-jinping). Choose xi-2, xi-person,');
	});
});

test('what the command does not do is refused', async () => {
	expect((await tags('mend')).output).toContain('"mend" is nothing that this command does.');
	expect((await tags('--dry-run')).output).toContain('--dry-run goes with merge and rename alone.');
	expect((await tags('suggest', 'X', '--json')).output).toContain('--json goes with the report alone.');
});

test('the examples of the README can be carried out', async () => {
	const examples = [...(await readFile('README.md', 'utf8')).matchAll(/\| `npm run tags -- ([^`]+)`/g)];
	expect(examples.length).toBe(3);
	for (const [, example = ''] of examples) {
		const words = example.split(' ');
		const options = words[0] === 'suggest' ? words : [...words, '--dry-run'];
		const { status, output } = await workshop.run('tags', options, { CONTENT_DIR: resolve('content') });
		expect(status, output).toBe(0);
	}
});
