import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readManifest } from '../../src/edition/check/manifest.ts';
import { mustBuild, openWorkshop, type Workshop } from '../support/build.ts';
import { articleFile, newsroomFiles, writeFilesTo } from '../support/content.ts';

/**
 * One story a day, story 1 on 1 April, all of one section, one author and one tag, but for four that have one more: each
 * is related to the two before it and the two behind it, and each list is as long as there are stories.
 */
const count = 59;
const more: Readonly<Record<number, string>> = { 10: 'trade', 11: 'trade', 20: 'transport', 21: 'transport' };

function idOf(story: number): string {
	const date = new Date(Date.UTC(2025, 3, story)).toISOString();
	return `${date.slice(0, 4)}/${date.slice(5, 7)}/s-${story}`;
}

function storyFile(story: number, tag = more[story]): Record<string, string> {
	const publishedAt = new Date(Date.UTC(2025, 3, story)).toISOString().slice(0, 10);
	const tags = `[china${tag === undefined ? '' : `, ${tag}`}]`;
	return {
		[`articles/${idOf(story)}.md`]: articleFile({ title: `Story ${story}`, publishedAt, tags }, `Text ${story}.\n`),
	};
}

const tagsFile = (trade: string, ...others: readonly string[]) =>
	[
		'china: { name: China, kind: place }',
		`trade: { name: Trade, kind: topic, formerly: [${trade}] }`,
		...others,
		'',
	].join('\n');

interface Paper {
	workshop: Workshop;
	write(files: Readonly<Record<string, string>>): Promise<void>;
	/** Builds, and returns the files that are not what they were, or that were not there, or are not any more. */
	changedFiles(): Promise<string[]>;
}

/** Returns the name of a file of the search without what stands in it of the file's bytes. */
const withoutHash = (file: string) => file.replace(/(?:en_)?[\da-f]{5,}(?=\.pf_)/, '*');

async function publish(content: Readonly<Record<string, string>>): Promise<Paper> {
	const workshop = await openWorkshop();
	const write: Paper['write'] = (files) => writeFilesTo(join(workshop.folder, 'content'), files);
	let former: Readonly<Record<string, string>> = {};
	const changedFiles = async () => {
		await mustBuild(workshop);
		const files = (await readManifest(workshop.dist))?.files ?? {};
		const all = Object.keys({ ...former, ...files }).filter((file) => files[file] !== former[file]);
		former = files;
		return [...new Set(all.map(withoutHash))].sort();
	};
	await write({ ...newsroomFiles, ...content });
	await changedFiles();
	return { workshop, write, changedFiles };
}

const pages = (...stories: readonly number[]) => stories.map((story) => `${idOf(story)}/index.html`);
const card = (story: number) => `${idOf(story)}/card.png`;
const page = (number: number) =>
	['', 'sections/politics/', 'authors/desk/', 'tags/china/'].map((list) => `${list}page/${number}/index.html`);

/** The first pages of the lists of all stories, and their feeds. */
const heads = ['index.html', 'sections/politics/index.html', 'authors/desk/index.html', 'tags/china/index.html'];
const feeds = ['', 'sections/politics/', 'authors/desk/'].flatMap((list) => [`${list}rss.xml`, `${list}feed.json`]);
/** What counts the stories, or numbers them. */
const counts = [
	...['sections/index.html', 'authors/index.html', 'tags/index.html', 'tags/a-z/c/index.html', 'feeds/index.html'],
	...['search/facts.json', 'search/often.json', 'search/tags/china.json', 'search/names/63-68.json'],
];
/** By what stories are found: Pagefind's index has the words of headlines too. */
const found = ['pagefind-entry.json', 'fragment/2025-05/*.pf_fragment', 'index/*.pf_index', 'pagefind.*.pf_meta'].map(
	(file) => `search/pagefind/${file}`,
);

/** What any story that is added on the newest day changes, beside its neighbours and numbered pages. */
const ofAddition = [
	...['404.html', '2025/index.html', '2025/05/index.html', ...heads, ...feeds, 'tags/china/rss.xml', 'feeds.opml'],
	...['feeds/archive/2.xml', 'sitemap-0.xml', 'sitemap-index.xml', ...counts, ...found],
];

describe('of lists that all stories are in', () => {
	let paper: Paper;

	beforeAll(async () => {
		const stories = Array.from({ length: count }, (_, i) => Object.entries(storyFile(i + 1)));
		paper = await publish({
			'tags.yaml': tagsFile('commerce', 'transport: { name: Transport, kind: topic }'),
			...Object.fromEntries(stories.flat()),
		});
	});
	afterAll(() => paper.workshop.remove());

	test('another headline changes the story, those that name it, and lists and feeds that hold it', async () => {
		await paper.write({
			[`articles/${idOf(45)}.md`]: articleFile(
				{ title: 'Retold', publishedAt: '2025-05-15', tags: '[china]' },
				'Text 45.\n',
			),
		});
		expect(await paper.changedFiles()).toEqual(
			[
				...[...pages(43, 44, 45, 46, 47), card(45), '2025/05/index.html'],
				...[...heads, ...feeds, 'tags/china/rss.xml', 'feeds/archive/1.xml', ...found],
			].sort(),
		);
	});

	test('the story that fills a page makes that page, and the page before it leads there', async () => {
		await paper.write(storyFile(60));
		expect(await paper.changedFiles()).toEqual(
			[...pages(58, 59, 60), card(60), ...page(1), ...page(2), ...ofAddition].sort(),
		);
	});

	test('any other new story leaves the numbered pages as they are', async () => {
		await paper.write(storyFile(61));
		expect(await paper.changedFiles()).toEqual([...pages(59, 60, 61), card(61), ...ofAddition].sort());
	});

	test('a story deleted of the newest pages leaves the numbered pages as they are', async () => {
		await rm(join(paper.workshop.folder, `content/articles/${idOf(50)}.md`));
		expect(await paper.changedFiles()).toEqual(
			[
				...[...pages(48, 49, 50, 51, 52), card(50), '2025/index.html', '2025/05/index.html'],
				...[...heads, ...feeds, 'tags/china/rss.xml', 'feeds/archive/1.xml', 'feeds/archive/2.xml'],
				...['sitemap-0.xml', ...counts, ...found],
			].sort(),
		);
	});

	test('a merged tag changes the stories of both, what lists or counts tags, and the feeds of its stories', async () => {
		await paper.write({
			'tags.yaml': tagsFile('commerce, transport'),
			...storyFile(20, 'trade'),
			...storyFile(21, 'trade'),
		});
		expect(await paper.changedFiles()).toEqual(
			[
				...[...pages(10, 11, 20, 21), ...heads, ...feeds, 'feeds/archive/1.xml', 'feeds/index.html', 'feeds.opml'],
				...['tags/index.html', 'tags/a-z/t/index.html', 'tags/trade/index.html', 'tags/transport/index.html'],
				...['trade', 'transport', 'commerce'].map((id) => `tags/${id}/rss.xml`),
				...['trade', 'transport', 'commerce'].map((id) => `search/tags/${id}.json`),
				...['sitemap-0.xml', 'search/often.json', 'search/names/74-72.json'],
			].sort(),
		);
	});
});

describe('of what stands on few pages', () => {
	const comment = (text: string) => `name: Reader\nwrittenAt: 2025-06-20\napprovedAt: 2025-06-20\ntext: ${text}\n`;
	const untrue = (reason: string) =>
		articleFile({
			publishedAt: '2025-06-01',
			section: 'culture',
			retracted: `{ at: 2025-06-20, reason: ${reason} }`,
		});
	const tags = (kazakhstan: string) =>
		[
			'china: { name: China, kind: place }',
			`kazakhstan: { name: ${kazakhstan}, kind: place }`,
			'astana: { name: Astana, kind: place, broader: kazakhstan }',
			'',
		].join('\n');
	let paper: Paper;

	beforeAll(async () => {
		paper = await publish({
			'sections.yaml': 'politics: { name: Politics }\nculture: { name: Culture }\n',
			'tags.yaml': tags('Kazakhstan'),
			'articles/2025/03/a.md': articleFile({ publishedAt: '2025-03-01' }),
			'articles/2025/04/b.md': articleFile({ publishedAt: '2025-04-01', tags: '[kazakhstan]' }),
			'articles/2025/05/c.md': articleFile({ publishedAt: '2025-05-01', tags: '[astana]' }),
			'articles/2025/06/untrue.md': untrue('It was untrue.'),
			'comments/2025/03/a/one.yaml': comment('A comment.'),
		});
	});
	afterAll(() => paper.workshop.remove());

	/** Where comments on the article are. */
	const commented = ['comments/index.html', 'comments/rss.xml', 'index.html'].map((file) => `2025/03/a/${file}`);

	test('an edited comment changes the pages where it stands, and its feed', async () => {
		await paper.write({ 'comments/2025/03/a/one.yaml': comment('Edited.') });
		expect(await paper.changedFiles()).toEqual(commented);
	});

	test('an approved comment changes the article, the page of its comments and their feed', async () => {
		await paper.write({ 'comments/2025/03/a/two.yaml': comment('Another.') });
		expect(await paper.changedFiles()).toEqual(commented);
	});

	test('one for which the article has no room changes no more', async () => {
		await paper.write({
			'comments/2025/03/a/long.yaml': `${comment(`Long ${'and longer '.repeat(440)}.`)}replyTo: one\n`,
		});
		expect(await paper.changedFiles()).toEqual(commented);
	});

	test('the first comment on an article makes its page and its feed', async () => {
		await paper.write({ 'comments/2025/04/b/one.yaml': comment('First.') });
		expect(await paper.changedFiles()).toEqual(commented.map((file) => file.replace('03/a', '04/b')));
	});

	test('without its comments, an article has neither', async () => {
		await rm(join(paper.workshop.folder, 'content/comments/2025/04/b/one.yaml'));
		expect(await paper.changedFiles()).toEqual(commented.map((file) => file.replace('03/a', '04/b')));
	});

	test('another reason of a retraction changes the notice, on its page and in feeds', async () => {
		await paper.write({ 'articles/2025/06/untrue.md': untrue('It was invented.') });
		expect(await paper.changedFiles()).toEqual(
			[
				...['2025/06/untrue/index.html', 'corrections/index.html', 'corrections/rss.xml', 'tags/china/rss.xml'],
				...['', 'sections/culture/', 'authors/desk/'].flatMap((list) => [`${list}rss.xml`, `${list}feed.json`]),
			].sort(),
		);
	});

	test('another name of a section changes its page and feeds also where nothing is listed there', async () => {
		await paper.write({ 'sections.yaml': 'politics: { name: Politics }\nculture: { name: Arts }\n' });
		expect(await paper.changedFiles()).toEqual(
			[
				...['sections/index.html', 'sections/culture/index.html', 'feeds/index.html', 'feeds.opml'],
				...['sections/culture/rss.xml', 'sections/culture/feed.json', 'search/facts.json'],
			].sort(),
		);
	});

	test('another name of a tag changes its stories, its parts, the letters, and what names tags', async () => {
		await paper.write({ 'tags.yaml': tags('Qazaqstan') });
		expect(await paper.changedFiles()).toEqual(
			[
				...['2025/04/b', 'tags', 'tags/kazakhstan', 'tags/astana', 'feeds'].map((path) => `${path}/index.html`),
				...['a', 'c', 'k', 'q'].map((letter) => `tags/a-z/${letter}/index.html`),
				...['', 'sections/politics/', 'authors/desk/'].flatMap((list) => [`${list}rss.xml`, `${list}feed.json`]),
				...['index.html', 'tags/kazakhstan/rss.xml', 'feeds.opml', 'sitemap-0.xml'],
				...['often', 'tags/kazakhstan'].map((name) => `search/${name}.json`),
				...['6b-61', '6b', '71-61', '71'].map((letters) => `search/names/${letters}.json`),
			].sort(),
		);
	});
});

describe('of a letter with as many tags as a page holds', () => {
	const tagsOfPage = 150;
	const nameOf = (number: number) => `Kilo ${String(number).padStart(3, '0')}`;
	const idOfTag = (number: number) => nameOf(number).toLowerCase().replace(' ', '-');
	const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i);
	const tagLines = (last: number) =>
		range(1, last).map((tag) => `${idOfTag(tag)}: { name: ${nameOf(tag)}, kind: topic }`);
	const story = (number: number, tags: readonly number[]) => ({
		[`articles/2025/04/k-${number}.md`]: articleFile(
			{ title: `Kilo story ${number}`, publishedAt: `2025-04-0${number}`, tags: `[${tags.map(idOfTag).join(', ')}]` },
			'Text.\n',
		),
	});
	let paper: Paper;

	beforeAll(async () => {
		const stories = range(1, 5).flatMap((number) =>
			Object.entries(story(number, range(30 * number - 29, 30 * number))),
		);
		paper = await publish({
			'tags.yaml': tagsFile('commerce', ...tagLines(tagsOfPage + 2)),
			...Object.fromEntries(stories),
		});
	});
	afterAll(() => paper.workshop.remove());

	const changedLetters = async () => (await paper.changedFiles()).filter((file) => file.startsWith('tags/a-z/k/'));

	test('one more makes a second page, and the first leads there', async () => {
		await paper.write(story(6, [tagsOfPage + 1]));
		expect(await changedLetters()).toEqual(['tags/a-z/k/index.html', 'tags/a-z/k/page/2/index.html']);
	});

	test('yet one more changes the second page alone', async () => {
		await paper.write(story(7, [tagsOfPage + 2]));
		expect(await changedLetters()).toEqual(['tags/a-z/k/page/2/index.html']);
	});
});
