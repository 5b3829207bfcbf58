import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { z } from 'astro/zod';
import { parseJsonFeed, parseOpml, parseRssFeed } from 'feedsmith';
import { beforeAll, describe, expect, test } from 'vitest';
import { mustBuild, openWorkshop, type Workshop } from '../support/build.ts';
import { articleFile, newsroomFiles, writeFilesTo } from '../support/content.ts';
import { attributesOf, readEdition } from '../support/edition.ts';
import { parseJson } from '../support/json.ts';
import { installReaders, readWithFeedparser, runNewsboat } from '../support/readers.ts';
import { type RunningServer, serve } from '../support/serve.ts';

const hostile = 'R&D <b>1</b> < 2 &amp; ]]> “Жаңа” 👩🏽‍💻';
const tags = (china: string, trade: string) => `${china}\n${trade}\nxi-jinping: { name: Xi Jinping, kind: person }\n`;
const story = (title: string, text: string) =>
	articleFile(
		{
			title,
			publishedAt: '2025-06-16T21:40+05:00',
			authors: '[desk, other]',
			tags: '[CHINA, trade]',
			lead: '{ map: { places: [{ name: Astana, at: [71.45, 51.18] }], countries: [KZ], caption: A map. } }',
		},
		text,
	);
const files = {
	...newsroomFiles,
	'tags.yaml': tags('china: { name: China, kind: place }', 'trade: { name: Trade, kind: topic }'),
	'authors/other.yaml': 'name: Zoë O’Neil\ndescription: Writes.\n',
	'articles/2025/06/story.md': story('A “story” of one’s own', 'A fact.[^1]\n\n[^1]: The source.\n'),
	'articles/2025/06/hostile.md': articleFile({ title: JSON.stringify(hostile), publishedAt: '2025-06-15' }),
};
const storyId = 'tag:meridian.example.org,2025:2025/06/story';

let workshop: Workshop;
let server: RunningServer;

/** Returns how a feed was answered of late, and forgets it. */
const statusesOf = (path: string, since: number) =>
	server.answers.slice(since).flatMap((answer) => (answer.path === path ? [answer.status] : []));

beforeAll(async () => {
	await installReaders();
	workshop = await openWorkshop();
	server = await serve(workshop.folder);
	// The list of feeds has whole addresses: the paper must live where it is served.
	const site = join(workshop.folder, 'src/site.ts');
	await writeFile(site, (await readFile(site, 'utf8')).replace(/origin: '.*'/, `origin: '${server.origin}'`));
	await writeFilesTo(join(workshop.folder, 'content'), files);
	await mustBuild(workshop);
	return async () => {
		await server.stop();
		await workshop.remove();
	};
});

const parsed = z.object({
	status: z.number(),
	etag: z.string(),
	modified: z.string(),
	bozo: z.boolean(),
	title: z.string(),
	entries: z.array(
		z.object({
			id: z.string(),
			title: z.string(),
			link: z.string(),
			author: z.string(),
			summary: z.string(),
			published: z.string(),
			tags: z.array(z.string()),
			content: z.string(),
			media: z.array(z.string()),
		}),
	),
});
const feedparser = async (path: string, known?: { etag: string; modified: string }) =>
	parseJson(parsed, await readWithFeedparser(server.origin + path, known));

describe('feedparser', () => {
	test('finds everything in a feed', async () => {
		const feed = await feedparser('/rss.xml');
		expect(feed).toMatchObject({ status: 200, bozo: false, title: 'Meridian' });
		const [first, second] = feed.entries;
		expect(first).toMatchObject({
			id: storyId,
			title: 'A “story” of one’s own',
			link: `${server.origin}/2025/06/story/`,
			author: 'The Desk and Zoë O’Neil',
			summary: 'A standfirst.',
			published: '2025-06-16T16:40',
			tags: ['Politics', 'China', 'Trade'],
			media: [expect.stringMatching(/\/2025\/06\/story\/map-[0-9a-f]{10}\.png$/)],
		});
		expect(first?.content).toMatch(
			/<img alt="[^"]+" height="\d+" src="http[^"]+\/map-[0-9a-f]{10}\.png" width="\d+" \/>/,
		);
		expect(first?.content).toContain(
			`<a href="${server.origin}/2025/06/story/#2025-06-story-fn-1" id="2025-06-story-fnref-1">1</a>`,
		);
		expect(second?.title.replaceAll('\u2060', '')).toBe(hostile);
	});

	test.each(['/rss.xml', '/tags/china/rss.xml', '/sections/politics/rss.xml', '/authors/other/rss.xml'])(
		'is told that %s has not changed',
		async (path) => {
			const { etag, modified } = await feedparser(path);
			expect((await feedparser(path, { etag, modified: '' })).status).toBe(304);
			expect((await feedparser(path, { etag: '', modified })).status).toBe(304);
		},
	);
});

test('feedsmith finds the same in RSS and JSON, and every feed in the list for readers', async () => {
	const edition = await readEdition(workshop.dist);
	const rss = parseRssFeed(await edition.text('rss.xml'));
	const json = parseJsonFeed(await edition.text('feed.json'));
	expect(rss.items?.map(({ guid }) => guid?.value)).toEqual(json.items?.map(({ id }) => id));
	expect(rss.items?.map(({ content }) => content?.encoded)).toEqual(json.items?.map((item) => item.content_html));
	expect(rss.items?.[0]?.dc?.creators).toEqual(['The Desk and Zoë O’Neil']);
	expect(json.items?.[0]?.authors?.map(({ name }) => name)).toEqual(['The Desk', 'Zoë O’Neil']);
	expect(json.items?.[1]?.title).toBe(hostile);
	expect(json.items?.[0]?.date_published).toBe('2025-06-16T21:40:00+05:00');
	expect(rss.items?.[0]?.media?.contents?.[0]?.type).toBe('image/png');
	const groups = parseOpml(await edition.text('feeds.opml')).body?.outlines ?? [];
	expect(groups.map(({ text }) => text)).toEqual([
		'All articles',
		'Corrections',
		'Sections',
		'Authors',
		'Places',
		'Topics',
	]);
	expect(groups.flatMap(({ outlines = [] }) => outlines.map(({ xmlUrl }) => xmlUrl))).toContain(
		`${server.origin}/tags/china/rss.xml`,
	);
});

const rows = z.array(
	z.object({
		guid: z.string(),
		title: z.string(),
		author: z.string(),
		pubDate: z.number(),
		content: z.string(),
		unread: z.number(),
	}),
);

test('newsboat takes all feeds over, asks for none twice, and takes no edited article for a new one', async () => {
	const reader = join(workshop.folder, 'reader');
	await writeFilesTo(reader, { config: 'max-items 0\n', urls: '' });
	const cache = () => new DatabaseSync(join(reader, 'cache.db'));
	/** Newsboat keeps an article once, however many feeds carry it. */
	const readItems = () => {
		const database = cache();
		const query = 'SELECT guid, title, author, pubDate, content, unread FROM rss_item ORDER BY pubDate DESC';
		const found = database.prepare(query).all();
		database.close();
		return rows.parse(found.map((row) => ({ ...row })));
	};
	await runNewsboat(reader, '-i', join(workshop.dist, 'feeds.opml'));
	const subscribed = await readFile(join(reader, 'urls'), 'utf8');
	const opml = await (await readEdition(workshop.dist)).xml('feeds.opml');
	const addresses = attributesOf(opml, 'outline[type=rss]', 'xmlUrl');
	expect(addresses).toHaveLength(7);
	for (const address of addresses) expect(subscribed).toContain(address);

	await runNewsboat(reader, '-x', 'reload');
	const [first, second, ...others] = readItems();
	expect(others).toEqual([]);
	expect(first).toMatchObject({
		guid: storyId,
		title: 'A “story” of one’s own',
		author: 'The Desk and Zoë O’Neil',
		pubDate: Date.parse('2025-06-16T21:40+05:00') / 1000,
	});
	expect(first?.content).toContain('<p>A fact.');
	expect(second?.title.replaceAll('\u2060', '')).toBe(hostile);

	// Newsboat remembers what a server says of a feed from the second time on.
	await runNewsboat(reader, '-x', 'reload');
	const before = server.answers.length;
	await runNewsboat(reader, '-x', 'reload');
	for (const path of ['/rss.xml', '/tags/china/rss.xml']) expect(statusesOf(path, before)).toEqual([304]);

	const database = cache();
	database.exec('UPDATE rss_item SET unread = 0');
	database.close();
	await writeFilesTo(join(workshop.folder, 'content'), {
		// One tag has another name, the other has been merged into a new one.
		'tags.yaml': tags(
			'prc: { name: People’s Republic of China, kind: place, formerly: [china] }',
			'trade: { name: Commerce, kind: topic }',
		),
		'articles/2025/06/story.md': story('A story retold', 'Another fact.\n'),
	});
	await mustBuild(workshop);
	await runNewsboat(reader, '-x', 'reload');
	const items = readItems();
	expect(items.map(({ guid, unread }) => [guid, unread])).toEqual([
		[storyId, 0],
		['tag:meridian.example.org,2025:2025/06/hostile', 0],
	]);
	expect(items[0]?.title).toBe('A story retold');
	expect(items[0]?.content).toContain('Another fact.');
});
