import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mustBuild, openWorkshop, type Workshop } from '../support/build.ts';
import { articleFile, newsroomFiles, writeFilesTo } from '../support/content.ts';
import { attributesOf, type Edition, readEdition, textsOf } from '../support/edition.ts';
import { brokenLinksOf, faultsOf } from '../support/page-rules.ts';

const tagsBefore = [
	'railway: { name: Railway, kind: topic }',
	'silk-road: { name: Silk Road, kind: topic, aliases: [OBOR] }',
	'trains: { name: Trains, kind: topic, broader: silk-road }',
	'stations: { name: Stations, kind: topic, broader: trains }',
];
/** One tag has another name, one another id, and one is merged into another. Nothing else is edited. */
const tagsAfter = [
	'railway: { name: Railways, kind: topic, formerly: [trains] }',
	'belt-and-road: { name: Belt and Road, kind: topic, aliases: [OBOR, Silk Road], formerly: [silk-road] }',
	'stations: { name: Stations, kind: topic, broader: trains }',
];

let workshop: Workshop;
let before: Edition;
let after: Edition;

beforeAll(async () => {
	workshop = await openWorkshop();
	const content = join(workshop.folder, 'content');
	const story = (i: number, tags: string) =>
		articleFile({ title: `Story ${i}`, publishedAt: `2025-05-${String(i + 1).padStart(2, '0')}`, tags });
	const long = Array.from({ length: 25 }, (_, i): [string, string] => [
		`articles/2025/05/long-${i}.md`,
		story(i, '[Silk Road]'),
	]);
	await writeFilesTo(content, {
		...newsroomFiles,
		...Object.fromEntries(long),
		...Object.fromEntries(long.map(([path, text]) => [path.replace('long', 'longer'), text])),
		'articles/2025/05/a.md': story(25, '[RAILWAY, stations]'),
		'articles/2025/05/b.md': story(26, '[Trains]'),
		'articles/2025/05/c.md': story(27, '[trains, railway, OBOR]'),
		'tags.yaml': tagsBefore.join('\n'),
	});
	await mustBuild(workshop);
	before = await readEdition(workshop.dist);
	await writeFilesTo(content, { 'tags.yaml': tagsAfter.join('\n') });
	await mustBuild(workshop, { OUT_DIR: join(workshop.folder, 'later') });
	after = await readEdition(join(workshop.folder, 'later'));
});
afterAll(() => workshop.remove());

const guidsOf = async (edition: Edition, file: string) => textsOf(await edition.xml(file), 'item > guid');
const targetOf = (path: string) =>
	attributesOf(after.page(path).document, 'meta[http-equiv=refresh]', 'content').map((text) =>
		text.replace('0; url=', ''),
	);

describe('renaming and merging tags, one edit in one file each,', () => {
	test('leaves whole pages and sound links', () => {
		const pages = after.pages.filter(({ path }) => path.startsWith('/tags/'));
		expect(pages.length).toBeGreaterThan(10);
		expect(pages.flatMap(faultsOf)).toEqual([]);
		expect(brokenLinksOf(after, 'https://meridian.example.org')).toEqual([]);
	});

	test('makes no article look new in any feed', async () => {
		const feeds = (edition: Edition) => edition.files.filter((file) => file.endsWith('rss.xml'));
		const all = async (edition: Edition) =>
			new Set((await Promise.all(feeds(edition).map((file) => guidsOf(edition, file)))).flat());
		expect(await all(after)).toEqual(await all(before));
		expect(await guidsOf(after, 'rss.xml')).toEqual(await guidsOf(before, 'rss.xml'));
		expect(feeds(after)).toEqual(expect.arrayContaining(feeds(before)));
	});

	test('keeps the address of a tag with another name, under which its articles have it', () => {
		expect(textsOf(before.page('/tags/railway/').document, 'h1')).toEqual(['Railway']);
		expect(textsOf(after.page('/tags/railway/').document, 'h1')).toEqual(['Railways']);
		expect(textsOf(after.page('/2025/05/a/').document, '.tags a')).toEqual(['Railways', 'Stations']);
	});

	test('leads from the pages of a former id to those of the new one, and its feed goes on as it was', async () => {
		expect(targetOf('/tags/silk-road/')).toEqual(['/tags/belt-and-road/']);
		expect(before.files).toContain('tags/silk-road/page/1/index.html');
		expect(targetOf('/tags/silk-road/page/1/')).toEqual(['/tags/belt-and-road/page/1/']);
		expect(targetOf('/tags/obor/')).toEqual(['/tags/belt-and-road/']);
		for (const file of ['tags/silk-road/rss.xml', 'tags/belt-and-road/rss.xml'])
			expect(await guidsOf(after, file)).toEqual(await guidsOf(before, 'tags/silk-road/rss.xml'));
		const listed = (edition: Edition, path: string) =>
			attributesOf(edition.page(path).document, 'main li h2 a', 'href');
		expect(listed(after, '/tags/belt-and-road/page/1/')).toEqual(listed(before, '/tags/silk-road/page/1/'));
		const sitemap = textsOf(await after.xml('sitemap-0.xml'), 'loc').join('\n');
		expect(sitemap).toContain('/tags/belt-and-road/page/1/');
		expect(sitemap).not.toContain('silk-road');
	});

	test('leads from a merged tag to the other, whose feed has the items of both at both addresses', async () => {
		expect(targetOf('/tags/trains/')).toEqual(['/tags/railway/']);
		const merged = await guidsOf(after, 'tags/railway/rss.xml');
		expect(await guidsOf(after, 'tags/trains/rss.xml')).toEqual(merged);
		const both = new Set([
			...(await guidsOf(before, 'tags/trains/rss.xml')),
			...(await guidsOf(before, 'tags/railway/rss.xml')),
		]);
		expect(new Set(merged)).toEqual(both);
		expect(merged).toHaveLength(3);
	});

	test('keeps what is part of a merged tag under the other', () => {
		expect(attributesOf(after.page('/tags/stations/').document, 'dl a', 'href')).toEqual(['/tags/railway/']);
		expect(attributesOf(after.page('/tags/railway/').document, 'dl a', 'href')).toContain('/tags/stations/');
	});
});
