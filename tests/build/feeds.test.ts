import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mustBuild, openWorkshop, type Workshop } from '../support/build.ts';
import { articleFile, newsroomFiles, writeFilesTo } from '../support/content.ts';
import { attributesOf, type Edition, readEdition, textsOf } from '../support/edition.ts';
import { faultsOfJsonFeed, faultsOfOpml, faultsOfRss } from '../support/feed-rules.ts';
import { brokenLinksOf, faultsOf } from '../support/page-rules.ts';
import { makePhotograph } from '../support/photographs.ts';

const origin = 'https://meridian.example.org';
const now = Date.parse('2025-07-01T00:00:00Z');
const storyCount = 128;
const tagCount = 200;
const kinds = ['person', 'place', 'organisation', 'topic'];

/** The fields that give a story a place of its own in the order of time. */
const storyFile = (i: number, fields: Readonly<Record<string, string>> = {}, text?: string): [string, string] => {
	const day = new Date(Date.UTC(2025, 0, 1 + i)).toISOString().slice(0, 10);
	const tags = [0, 67, 133].map((more) => `tag-${(i + more) % tagCount}`).join(', ');
	const file = articleFile({ title: `Story ${i}`, publishedAt: day, tags: `[${tags}, CHINA]`, ...fields }, text);
	return [`articles/${day.slice(0, 7).replace('-', '/')}/story-${i}/index.md`, file];
};

const hostile = '</b><script>alert(1)</script> &amp; ]]> R&D 👩🏽‍💻 עולם';
const map = '{ map: { places: [{ name: Astana, at: [71.45, 51.18] }], countries: [KZ], caption: A map of <A> & B. } }';
const picture = '{ picture: { file: ship.jpg, alt: A ship., caption: A caption., credit: The Desk } }';
const notes =
	'A fact.[^1] Another.[^b] See [below](#below) and [China](/tags/china/).\n\n## Below\n\n| a | b |\n|--:|---|\n| 1 | `<x>` |\n\n[^1]: One.\n[^b]: Two.\n';
const chart =
	'```chart\ncaption: Trade\nunit: dollars\nyear: 2024\nbars:\n  - { label: "A & <B>", value: 9 }\nsource: { name: Customs, url: "https://customs.example/?a=1&b=2" }\n```\n';

let workshop: Workshop;
let edition: Edition;
/** The edition of the next day, with another article, and an old one corrected. */
let later: Edition;

/** Returns the files of an edition that are feeds of a kind. */
const feedsOf = (pattern: RegExp, { files } = edition) => files.filter((file) => pattern.test(file));
const isRss = /(?:^|\/)rss\.xml$|^feeds\/archive\/\d+\.xml$/;
const relationOf = (feed: Document, rel: string) => attributesOf(feed, `channel > *[rel="${rel}"]`, 'href')[0];
const fileOf = (address: string) => address.replace(`${origin}/`, '');

beforeAll(async () => {
	workshop = await openWorkshop();
	const tags = Array.from({ length: tagCount }, (_, i) => {
		const name = i === 9 ? JSON.stringify('"Mining" & R&D') : `${'A subject with a long name '.repeat(2)}${i}`;
		return `tag-${i}: { name: ${name}, kind: ${kinds[i % 4] ?? ''} }\n`;
	});
	await writeFilesTo(join(workshop.folder, 'content'), {
		...newsroomFiles,
		'tags.yaml': `${newsroomFiles['tags.yaml'] ?? ''}${tags.join('')}`,
		...Object.fromEntries(Array.from({ length: storyCount }, (_, i) => storyFile(i))),
		...Object.fromEntries([
			storyFile(127, { title: JSON.stringify(hostile), standfirst: JSON.stringify(hostile) }, notes),
			storyFile(126, { lead: map }, `${notes}\n${chart}`),
			storyFile(125, { lead: picture, tags: '[trade]' }, notes),
		]),
		'articles/2025/05/story-125/ship.jpg': await makePhotograph(1600, 900),
	});
	await mustBuild(workshop);
	edition = await readEdition(workshop.dist);
	const changes = [storyFile(storyCount), storyFile(60, { updatedAt: '2025-05-08' }, 'Mended.\n')];
	await writeFilesTo(join(workshop.folder, 'content'), Object.fromEntries(changes));
	const folder = join(workshop.folder, 'later');
	await mustBuild(workshop, { OUT_DIR: folder, CLOCK: '2025-05-09T12:00:00Z' });
	later = await readEdition(folder);
});
afterAll(() => workshop.remove());

test('every feed keeps the rules of strict readers', async () => {
	const isFormer = (file: string) => file === 'tags/commerce/rss.xml';
	const rss = feedsOf(isRss).filter((file) => !isFormer(file));
	expect(rss.length).toBeGreaterThan(tagCount);
	for (const file of rss) expect(faultsOfRss(await edition.text(file), `${origin}/${file}`, now)).toEqual([]);
	const json = feedsOf(/feed\.json$/);
	expect(json).toEqual(['authors/desk/feed.json', 'feed.json', 'sections/politics/feed.json']);
	for (const file of json) expect(faultsOfJsonFeed(await edition.text(file), `${origin}/${file}`)).toEqual([]);
	expect(faultsOfOpml(await edition.text('feeds.opml'))).toEqual([]);
});

test('feeds hold as many articles as they should, with a picture of the lead or the card', async () => {
	const feed = await edition.xml('rss.xml');
	expect(textsOf(feed, 'item > title').slice(1, 3)).toEqual(['Story 126', 'Story 125']);
	expect(feed.querySelectorAll('item')).toHaveLength(50);
	expect((await edition.xml('tags/china/rss.xml')).querySelectorAll('item')).toHaveLength(20);
	const media = [...feed.getElementsByTagName('media:content')].slice(0, 3);
	expect(media.map((element) => element.getAttribute('url'))).toEqual([
		`${origin}/2025/05/story-127/card.png`,
		expect.stringMatching(/\/2025\/05\/story-126\/map-[0-9a-f]{10}\.png$/),
		expect.stringMatching(/_astro\/ship\..*\.jpg$/),
	]);
	for (const element of media) expect(edition.files).toContain(fileOf(element.getAttribute('url') ?? ''));
	expect(media[2]?.getAttribute('width')).toBe('1280');
});

describe('the history of the site’s feed', () => {
	test('leads from the current document to the first article, and back', async () => {
		const guids = (feed: Document) => textsOf(feed, 'guid');
		let document = await edition.xml('rss.xml');
		const all = new Set(guids(document));
		const seen: string[] = [];
		for (let next = relationOf(document, 'prev-archive'); next !== undefined;) {
			document = await edition.xml(fileOf(next));
			expect(document.getElementsByTagName('fh:archive')).toHaveLength(1);
			expect(relationOf(document, 'current')).toBe(`${origin}/rss.xml`);
			seen.push(next);
			for (const guid of guids(document)) all.add(guid);
			next = relationOf(document, 'prev-archive');
		}
		expect(all.size).toBe(storyCount);
		expect(seen.map(fileOf)).toEqual(['feeds/archive/2.xml', 'feeds/archive/1.xml']);
		for (const address of seen) {
			const next = relationOf(await edition.xml(fileOf(address)), 'next-archive') ?? '';
			expect(relationOf(await edition.xml(fileOf(next)), 'prev-archive')).toBe(address);
		}
		expect((await edition.xml('feeds/archive/3.xml')).getElementsByTagName('fh:archive')).toHaveLength(0);
	});

	test('changes no archive but that of a corrected article, which also comes to the current document', async () => {
		expect(await later.text('feeds/archive/1.xml')).toBe(await edition.text('feeds/archive/1.xml'));
		expect(await later.text('feeds/archive/2.xml')).not.toBe(await edition.text('feeds/archive/2.xml'));
		expect(await later.text('feeds/archive/2.xml')).toContain('Mended.');
		const titles = textsOf(await later.xml('rss.xml'), 'item > title');
		expect([titles[0], titles.at(-1), titles.length]).toEqual(['Story 128', 'Story 60', 51]);
	});
});

describe('the page of all feeds', () => {
	test('is light, and leads to every group and its feeds, those of most articles where there are many', () => {
		const page = edition.page('/feeds/');
		expect(faultsOf(page)).toEqual([]);
		expect(brokenLinksOf({ ...edition, pages: [page] }, origin)).toEqual([]);
		expect(textsOf(page.document, 'main h2')).toEqual([
			'All articles 1 feed',
			'Corrections 1 feed',
			'Sections 1 feed',
			'Authors 1 feed',
			'People 50 feeds',
			'Places 51 feeds',
			'Organisations 50 feeds',
			'Topics 51 feeds',
		]);
		const feeds = attributesOf(page.document, 'main li a', 'href');
		for (const path of ['/rss.xml', '/feed.json', '/sections/politics/rss.xml', '/authors/desk/feed.json'])
			expect(feeds).toContain(path);
		expect(feeds).toContain('/tags/china/rss.xml');
		expect(feeds.filter((path) => path.startsWith('/tags/'))).toHaveLength(160);
		expect(attributesOf(page.document, 'main a[type="text/x-opml"]', 'href')).toEqual(['/feeds.opml']);
		const [explanation = ''] = textsOf(page.document, 'main header p');
		expect(explanation.match(/\.(?: |$)/g)).toHaveLength(3);
	});

	test('is led to from the foot of every page and from the feed that a page names', () => {
		expect(attributesOf(edition.page('/about/').document, 'footer a', 'href')).toContain('/feeds/');
		expect(attributesOf(edition.page('/tags/china/').document, 'main p a', 'href')).toContain('/feeds/');
	});

	test('has a list for feed readers with every feed that there is', async () => {
		const opml = await edition.xml('feeds.opml');
		const listed = attributesOf(opml, 'outline[type=rss]', 'xmlUrl').map(fileOf);
		const built = feedsOf(/rss\.xml$/).filter((file) => file !== 'tags/commerce/rss.xml');
		expect(listed.sort()).toEqual(built.sort());
		for (const address of attributesOf(opml, 'outline[type=rss]', 'htmlUrl')) edition.page(address.replace(origin, ''));
	});
});

test('search engines are told of news', async () => {
	expect(await edition.text('robots.txt')).toContain(`Sitemap: ${origin}/news-sitemap.xml\n`);
	expect((await edition.xml('news-sitemap.xml')).querySelectorAll('url')).toHaveLength(0);
	expect(textsOf(await later.xml('news-sitemap.xml'), 'loc')).toEqual([
		`${origin}/2025/05/story-128/`,
		`${origin}/2025/05/story-127/`,
	]);
});

test('a paper can keep texts out of its tags’ feeds, and names its hub in every feed', async () => {
	const other = await openWorkshop(undefined, (site) =>
		site.replace(">('full')", ">('standfirst')").replace('(undefined)', "('https://hub.example/')"),
	);
	try {
		await writeFilesTo(join(other.folder, 'content'), {
			...newsroomFiles,
			...Object.fromEntries([storyFile(0, { tags: '[trade]' }, 'The text.')]),
		});
		await mustBuild(other);
		const built = await readEdition(other.dist);
		expect(await built.text('rss.xml')).toContain('The text.');
		expect(await built.text('tags/trade/rss.xml')).not.toContain('The text.');
		for (const file of feedsOf(isRss, built))
			expect(relationOf(await built.xml(file), 'hub'), file).toBe('https://hub.example/');
		expect(await built.text('feed.json')).toContain('"hubs":[{"type":"WebSub","url":"https://hub.example/"}]');
	} finally {
		await other.remove();
	}
});
