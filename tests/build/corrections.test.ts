import { realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'astro/zod';
import { readManifest } from '../../src/edition/check/manifest.ts';
import { mustBuild, openWorkshop, type Workshop } from '../support/build.ts';
import { articleFile, newsroomFiles, writeFilesTo } from '../support/content.ts';
import { attributesOf, type Edition, only, readEdition, textsOf } from '../support/edition.ts';
import { faultsOfJsonFeed, faultsOfOpml, faultsOfRss } from '../support/feed-rules.ts';
import { graph, parseJson } from '../support/json.ts';
import { brokenLinksOf, faultsOf } from '../support/page-rules.ts';
import { makePhotograph } from '../support/photographs.ts';
import { findTraces } from '../support/traces.ts';

const origin = 'https://meridian.example.org';
const clock = '2025-07-01T00:00:00Z';
const gone = '2025/06/gone';
const corrected = '2025/06/corrected';

/** Every word that only the retracted article has. */
const secrets = [
	...['zztitle', 'zzstandfirst', 'zzperson', 'zztag', 'zzformer', 'zzgone', 'zzalt', 'zzlead', 'zzcredit'],
	...['zzsource', 'zzcited', 'zzcorrection', 'zztext', 'zzplace', 'zzcaption', 'zzend', 'zzreader', 'zzcomment'],
];
/** Returns the files of an edition in which any of them stands, by the word. */
const findSecrets = (edition: string) =>
	findTraces(edition, { words: Object.fromEntries(secrets.map((word) => [word, word])), colours: {} });

const goneText = `Zztext of a paragraph.

\`\`\`map
places: [{ name: Zzplace, at: [60, 45] }]
countries: [KZ]
caption: Zzcaption.
\`\`\`

Zzend.
`;

/** Sixty-one later articles, with lists of their own. */
const others = Object.fromEntries(
	Array.from({ length: 61 }, (_, i) => [
		`articles/2025/06/story-${i}.md`,
		articleFile({
			title: `Story ${i}`,
			publishedAt: `2025-06-${String(2 + (i % 20)).padStart(2, '0')}`,
			section: 'trade',
			authors: '[other]',
			tags: '[XI]',
		}),
	]),
);

let workshop: Workshop;
/** From before the article was retracted, and where it is kept. */
let before: Edition;
let folder: string;
let edition: Edition;

beforeAll(async () => {
	workshop = await openWorkshop();
	await writeFilesTo(join(workshop.folder, 'content'), {
		...newsroomFiles,
		...others,
		'sections.yaml': 'politics:\n  name: Politics\ntrade:\n  name: Trade\n',
		'tags.yaml': `${newsroomFiles['tags.yaml'] ?? ''}zztag: { name: Zztag, kind: topic, formerly: [zzformer] }\n`,
		'authors/other.yaml': 'name: Other Author\ndescription: Writes.\n',
		'authors/zzperson.yaml': 'name: Zzperson\ndescription: Writes.\n',
		[`articles/${gone}/index.md`]: articleFile(
			{
				title: 'Zztitle',
				standfirst: 'Zzstandfirst.',
				publishedAt: '2025-06-01',
				authors: '[zzperson, desk]',
				tags: '[CHINA, zztag]',
				lead: '{ picture: { file: zzgone.jpg, alt: Zzalt., caption: Zzlead., credit: Zzcredit } }',
				source: '{ name: Zzsource, url: https://zzsource.example/, relation: reported }',
				sources: '[{ name: Zzcited, title: Zzcited, url: https://zzcited.example/ }]',
				corrections: '[{ at: 2025-06-10, text: Zzcorrection. }]',
				formerPaths: '[2025/05/gone-before]',
				retracted: '{ at: 2025-06-25T10:00+05:00, reason: "The report was <invented>.\\n\\nWe regret it." }',
			},
			goneText,
		),
		[`articles/${gone}/zzgone.jpg`]: await makePhotograph(420, 300),
		[`comments/${gone}/one.yaml`]: 'name: Zzreader\nwrittenAt: 2025-06-02\napprovedAt: 2025-06-03\ntext: Zzcomment.\n',
		[`articles/${corrected}.md`]: articleFile({
			title: 'A corrected story',
			publishedAt: '2025-06-16',
			updatedAt: '2025-06-17',
			corrections:
				'[{ at: 2025-06-18, text: A year was wrong., was: In <2024>., is: In 2025. }, { at: 2025-06-20T09:30+05:00, text: A name was wrong. }, { at: 2025-08-20, text: Xxfuture. }]',
			formerPaths: '[2025/05/first, 2025/06/second]',
		}),
		'articles/2025/06/linking.md': articleFile(
			{ title: 'A story with links' },
			`[a](/${gone}/) [b](/2025/05/first/) [c](/corrections/)`,
		),
		'articles/2025/06/draft.md': articleFile({ title: 'Xxdraft', formerPaths: '[2025/05/xxdraft]', draft: 'true' }),
	});
	await mustBuild(workshop, { CLOCK: '2025-06-24T00:00:00Z' });
	folder = await realpath(workshop.dist);
	before = await readEdition(folder);
	await mustBuild(workshop, { CLOCK: clock });
	edition = await readEdition(workshop.dist);
});
afterAll(() => workshop.remove());

const guidsIn = async (from: Edition, file: string) =>
	new Map(
		[...(await from.xml(file)).querySelectorAll('item')].map((item) => [
			only(item, 'link').textContent,
			only(item, 'guid').textContent,
		]),
	);

test('every page is sound, and all links lead somewhere', () => {
	expect(edition.pages.flatMap(faultsOf)).toEqual([]);
	expect(brokenLinksOf(edition, origin)).toEqual([]);
});

describe('a retracted article', () => {
	test('was published with everything, so that its words can be looked for', async () => {
		expect(Object.keys(await findSecrets(folder)).sort()).toEqual(secrets.toSorted());
		for (const part of ['card.png', 'map-', 'index.html'])
			expect(
				before.files.some((file) => file.startsWith(`${gone}/${part}`)),
				part,
			).toBe(true);
		expect(before.files.some((file) => file.includes('zzgone'))).toBe(true);
		expect(before.files).toContain('tags/zztag/rss.xml');
	});

	test('says nothing any more in any file, not even the name of one', async () => {
		expect(await findSecrets(workshop.dist)).toEqual({});
		expect(edition.files.filter((file) => /zz|gone/.test(file))).toEqual([
			'2025/05/gone-before/index.html',
			`${gone}/index.html`,
		]);
	});

	test('leaves a notice at its address, with both dates and the reason, that is indexed nowhere', async () => {
		const { document } = edition.page(`/${gone}/`);
		expect(textsOf(document, 'h1')).toEqual(['This article has been retracted']);
		expect(textsOf(document, 'title')).toEqual(['This article has been retracted – Meridian']);
		expect(attributesOf(document, 'main time', 'datetime')).toEqual(['2025-06-01', '2025-06-25T10:00:00+05:00']);
		expect(only(document, '.reason').textContent).toBe('The report was <invented>.\n\nWe regret it.');
		expect(attributesOf(document, 'meta[name=robots]', 'content')).toEqual(['noindex']);
		expect(attributesOf(document, 'link[rel=canonical]', 'href')).toEqual([`${origin}/${gone}/`]);
		expect(attributesOf(document, 'meta[property="og:image"]', 'content')).toEqual([`${origin}/icon-512.png`]);
		const data = parseJson(graph, only(document, 'script').textContent);
		expect(data['@graph'].map((thing) => thing['@type'])).not.toContain('NewsArticle');
		for (const file of ['sitemap-0.xml', 'news-sitemap.xml', 'feeds.opml', 'search/records.jsonl'])
			if (edition.files.includes(file)) expect(await edition.text(file), file).not.toContain('gone');
	});

	test('is led to from where it stood before, and by the list of corrections', () => {
		expect(attributesOf(edition.page('/2025/05/gone-before/').document, 'meta[http-equiv=refresh]', 'content')).toEqual(
			[`0; url=/${gone}/`],
		);
		expect(edition.pages.filter(({ html }) => html.includes(`/${gone}/`)).map(({ path }) => path)).toEqual([
			'/2025/05/gone-before/',
			`/${gone}/`,
			'/2025/06/linking/',
			'/corrections/',
		]);
	});

	test('is the same item in every feed that had it, with the notice in the place of its text', async () => {
		const files = [
			'rss.xml',
			'feeds/archive/1.xml',
			'sections/politics/rss.xml',
			'authors/desk/rss.xml',
			'tags/china/rss.xml',
		];
		for (const file of files) {
			const address = `${origin}/${gone}/`;
			const guid = (await guidsIn(edition, file)).get(address);
			expect(guid, file).toBe('tag:meridian.example.org,2025:2025/05/gone-before');
			if (file !== 'rss.xml') expect((await guidsIn(before, file)).get(address), file).toBe(guid);
			expect(faultsOfRss(await edition.text(file), `${origin}/${file}`, Date.parse(clock))).toEqual([]);
		}
		const items = [...(await edition.xml('rss.xml')).querySelectorAll('item')];
		const notice = items.find((item) => only(item, 'link').textContent.includes(gone));
		expect(notice && textsOf(notice, 'title, pubDate, category')).toEqual([
			'This article has been retracted',
			'Sun, 01 Jun 2025 00:00:00 +0500',
		]);
		const json = await edition.text('sections/politics/feed.json');
		expect(faultsOfJsonFeed(json, `${origin}/sections/politics/feed.json`)).toEqual([]);
		expect(parseJson(jsonFeed, json).items.find(({ url }) => url.includes(gone))).toMatchObject({
			title: 'This article has been retracted',
			date_modified: '2025-06-25T10:00:00+05:00',
		});
	});

	test('moves no other article to another page', () => {
		const pages = (from: Edition) =>
			from.pages
				.filter(({ path }) => /^\/(?:.+\/)?page\/\d+\/$/.test(path))
				.map(({ path, document }) => ({
					path,
					links: attributesOf(document, 'main article a[href^="/2025/"]', 'href').filter(
						(link) => link !== `/${gone}/`,
					),
				}));
		expect(pages(before).map(({ path }) => path)).toContain('/page/1/');
		expect(attributesOf(before.page('/page/1/').document, 'main article a', 'href')).toContain(`/${gone}/`);
		expect(pages(edition)).toEqual(pages(before));
	});

	test('comes back by no rollback', async () => {
		expect((await readManifest(workshop.dist))?.retracted).toEqual(['2025/05/gone-before/', `${gone}/`]);
		const { status, output } = await workshop.run('rollback');
		expect([status, output]).toEqual([
			1,
			expect.stringContaining(`would bring back what was retracted since: 2025/05/gone-before/, ${gone}/.`),
		]);
		expect(textsOf((await readEdition(workshop.dist)).page(`/${gone}/`).document, 'h1')).toEqual([
			'This article has been retracted',
		]);
	});
});

describe('a corrected article', () => {
	test('shows what was wrong and what is right, and nothing of the future', () => {
		const { document } = edition.page(`/${corrected}/`);
		expect(textsOf(document, '[aria-labelledby=corrections] li')).toEqual([
			'18 June 2025: A year was wrong. It said In <2024>. It now says In 2025.',
			'20 June 2025, 09:30 (UTC+5): A name was wrong.',
		]);
		expect(textsOf(document, 'del, ins')).toEqual(['In <2024>.', 'In 2025.']);
		expect(edition.pages.filter(({ html }) => /Xx(?:draft|future)/.test(html))).toEqual([]);
	});

	test('has one last change, on which its page, the sitemap and all feeds agree', async () => {
		const changed = '2025-06-20T09:30:00+05:00';
		const address = `${origin}/${corrected}/`;
		const { document } = edition.page(`/${corrected}/`);
		expect(attributesOf(document, '.facts time', 'datetime')).toEqual(['2025-06-16', changed]);
		expect(attributesOf(document, 'meta[property="article:modified_time"]', 'content')).toEqual([changed]);
		const data = parseJson(graph, only(document, 'script').textContent)['@graph'];
		expect(data.find((thing) => thing['@type'] === 'NewsArticle')).toMatchObject({ dateModified: changed });
		const entry = [...(await edition.xml('sitemap-0.xml')).querySelectorAll('url')].find(
			(url) => only(url, 'loc').textContent === address,
		);
		expect(Date.parse(entry ? only(entry, 'lastmod').textContent : '')).toBe(Date.parse(changed));
		for (const file of ['feed.json', 'sections/politics/feed.json', 'authors/desk/feed.json'])
			expect(
				parseJson(jsonFeed, await edition.text(file)).items.find(({ url }) => url === address),
				file,
			).toMatchObject({
				date_modified: changed,
			});
	});

	test('is led to from all its former paths, and known in feeds by the first', async () => {
		for (const path of ['2025/05/first', '2025/06/second']) {
			const { document } = edition.page(`/${path}/`);
			expect(attributesOf(document, 'meta[http-equiv=refresh]', 'content')).toEqual([`0; url=/${corrected}/`]);
			expect(attributesOf(document, 'main a', 'href')).toEqual([`/${corrected}/`]);
		}
		expect((await guidsIn(edition, 'rss.xml')).get(`${origin}/${corrected}/`)).toBe(
			'tag:meridian.example.org,2025:2025/05/first',
		);
		expect(await edition.text('sitemap-0.xml')).not.toMatch(/first|second|gone-before/);
	});
});

describe('the corrections of the paper', () => {
	test('are listed by month, newest first, and lead to their articles', () => {
		const { document } = edition.page('/corrections/');
		expect(textsOf(document, 'main h2')).toEqual(['June 2025']);
		expect(textsOf(document, 'main section li h3')).toEqual([
			'This article has been retracted',
			'A corrected story',
			'A corrected story',
		]);
		expect(attributesOf(document, 'main section li a', 'href')).toEqual([
			`/${gone}/`,
			`/${corrected}/#corrections`,
			`/${corrected}/#corrections`,
		]);
		expect(textsOf(document, 'main section li time')).toEqual([
			'25 June 2025, 10:00 (UTC+5)',
			'20 June 2025, 09:30 (UTC+5)',
			'18 June 2025',
		]);
	});

	test('have a feed that their page, the page of feeds and OPML name', async () => {
		const path = '/corrections/rss.xml';
		expect(faultsOfRss(await edition.text('corrections/rss.xml'), origin + path, Date.parse(clock))).toEqual([]);
		const feed = await edition.xml('corrections/rss.xml');
		expect(textsOf(feed, 'item > title')).toEqual([
			'This article has been retracted',
			'Correction: A corrected story',
			'Correction: A corrected story',
		]);
		expect(textsOf(feed, 'item > guid')).toEqual([
			'tag:meridian.example.org,2025:2025/05/gone-before/retraction',
			'tag:meridian.example.org,2025:2025/05/first/correction/2025-06-20T04:30:00.000Z',
			'tag:meridian.example.org,2025:2025/05/first/correction/2025-06-18',
		]);
		const { document } = edition.page('/corrections/');
		expect(attributesOf(document, 'link[rel=alternate]', 'href')).toEqual([path, '/rss.xml', '/feed.json']);
		expect(attributesOf(document, 'main a', 'href')).toContain(path);
		expect(attributesOf(edition.page('/feeds/').document, 'main a', 'href')).toContain(path);
		const opml = await edition.text('feeds.opml');
		expect(faultsOfOpml(opml)).toEqual([]);
		expect(opml).toContain(`xmlUrl="${origin}${path}"`);
		expect(attributesOf(edition.page('/about/').document, 'footer a', 'href')).toContain('/corrections/');
	});
});

const jsonFeed = z.object({ items: z.array(z.looseObject({ url: z.string() })) });
