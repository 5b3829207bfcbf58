import { readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mustBuild, openWorkshop, type Workshop } from '../support/build.ts';
import { articleFile, newsroomFiles, writeFilesTo } from '../support/content.ts';
import { attributesOf, type Edition, only, readEdition, textsOf } from '../support/edition.ts';
import { brokenLinksOf, faultsOf } from '../support/page-rules.ts';
import { hiddenWords, makePhotograph } from '../support/photographs.ts';

const origin = 'https://example.com';
const base = '/news/';
const picture = (file: string) =>
	`{ picture: { file: ${file}, alt: Blue above red., caption: A caption., credit: The Desk } }`;

const map = `\`\`\`map
places: [astana, { name: Elsewhere, at: [60, 45] }]
countries: [KZ]
caption: Where it is.
\`\`\``;
const otherMap = map.replace('Elsewhere', 'There');

const text = `Before the map.

${map}

Before the chart.

\`\`\`chart
caption: Trade
unit: billion dollars
bars:
  - { label: China, value: 94.8, year: 2024 }
  - { label: 'A & <B>', value: -47.4, year: 2023, note: about }
source: { name: Customs, url: 'https://customs.example/' }
\`\`\`

\`\`\`table
caption: Goods
columns: [Kind, Tonnes]
rows:
  - [Coal, 1234.5]
  - [Iron, 7]
\`\`\`

\`\`\`timeline
caption: What happened
events:
  - { date: '2024', text: First. }
  - { date: 2025-06, text: Second. }
  - { date: 2025-06-16, text: Third. }
\`\`\`

\`\`\`picture
file: second.jpg
alt: The second picture.
caption: Another caption.
credit: The Desk
\`\`\`

The end.
`;

let workshop: Workshop;
let edition: Edition;

beforeAll(async () => {
	workshop = await openWorkshop(undefined, (site) =>
		site.replace(/origin: '.*'/, `origin: '${origin}'`).replace(/base: '.*'/, `base: '${base}'`),
	);
	const content = join(workshop.folder, 'content');
	await writeFilesTo(content, {
		...newsroomFiles,
		'gazetteer.yaml': 'astana: { name: Astana, at: [71.45, 51.18], country: KZ, source: a gazetteer }\n',
		'articles/2025/06/x/index.md': articleFile({ lead: picture('turned.jpg') }, text),
		// A picture of 30 million points, which a camera held upright has turned.
		'articles/2025/06/x/turned.jpg': await makePhotograph(5000, 6000, 6),
		'articles/2025/06/x/second.jpg': await makePhotograph(800, 600),
		'articles/2025/06/draft/index.md': articleFile({ lead: picture('zzdraft.jpg'), draft: 'true' }),
		'articles/2025/06/draft/zzdraft.jpg': await makePhotograph(400, 300),
		'articles/2025/08/future/index.md': articleFile({ lead: picture('zzfuture.jpg'), publishedAt: '2025-08-16' }),
		'articles/2025/08/future/zzfuture.jpg': await makePhotograph(410, 300),
		'articles/2025/06/twice.md': articleFile(
			{},
			`A table.\n\n\`\`\`table\ncaption: A\ncolumns: [B, C, D, E]\nrows: [[1, 2, 3, 4]]\n\`\`\`\n\n${[map, otherMap, map].join('\n\nBetween.\n\n')}\n`,
		),
		'articles/2025/06/plain.md': articleFile({ title: 'Without figures' }),
	});
	await mustBuild(workshop);
	edition = await readEdition(workshop.dist, base);
});
afterAll(() => workshop.remove());

const article = () => edition.page(`${base}2025/06/x/`).document;
/** Returns the files that the addresses name, relative to the edition. */
const filesOf = (addresses: readonly string[]) =>
	addresses.map((address) => new URL(address, origin).pathname.slice(base.length));

describe('an article with figures', () => {
	test('is a sound page', () => {
		expect(edition.pages.flatMap(faultsOf)).toEqual([]);
		expect(brokenLinksOf(edition, origin, base)).toEqual([]);
	});

	test('shows them between its paragraphs, in their order', () => {
		expect(textsOf(article(), '.prose > p')).toEqual(['Before the map.', 'Before the chart.', 'The end.']);
		expect(only(article(), '.prose').children[1]?.tagName).toBe('FIGURE');
		expect(textsOf(article(), '.prose caption b, .prose caption.label, .prose .caption')).toEqual([
			'Where it is.',
			'Trade',
			'Goods',
			'What happened',
			'Another caption.',
		]);
	});

	test('offers its pictures in two modern formats and several sizes, none larger than the original', () => {
		const [lead, second] = article().querySelectorAll('picture');
		if (!lead || !second) throw new Error('A picture is missing.');
		expect(attributesOf(lead, 'source', 'type')).toEqual(['image/avif', 'image/webp']);
		const widths = (root: ParentNode) =>
			attributesOf(root, 'source', 'srcset').map((set) => [...set.matchAll(/ (\d+)w/g)].map(([, width]) => width));
		expect(widths(lead)).toEqual([
			['360', '640', '960', '1280'],
			['360', '640', '960', '1280'],
		]);
		expect(widths(second)).toEqual([
			['360', '640', '800'],
			['360', '640', '800'],
		]);
		for (const image of article().querySelectorAll('picture img'))
			expect(image.getAttribute('sizes') ?? attributesOf(lead, 'source', 'sizes')[0]).toContain('40rem');
		expect(attributesOf(lead, 'img', 'alt')).toEqual(['Blue above red.']);
	});

	test('wants its first picture at once and the others when they come into view', () => {
		expect(attributesOf(article(), 'picture img', 'loading')).toEqual(['eager', 'lazy']);
		expect(attributesOf(article(), 'picture img', 'fetchpriority')).toEqual(['high', '']);
	});

	test('gives room for each picture before it has come', () => {
		expect(attributesOf(article(), 'picture img', 'width')).toEqual(['5000', '800']);
		expect(attributesOf(article(), 'picture img', 'height')).toEqual(['6000', '600']);
	});

	test('shows pictures upright, and publishes nothing that the camera wrote into them', async () => {
		const sources = attributesOf(article(), 'picture source', 'srcset').flatMap((set) => set.split(', '));
		const files = filesOf([
			...sources.map((source) => source.split(' ')[0] ?? ''),
			...attributesOf(article(), 'picture img', 'src'),
		]);
		expect(files.length).toBeGreaterThan(10);
		for (const file of files) {
			const image = sharp(join(workshop.dist, file));
			const { exif, orientation } = await image.metadata();
			expect([file, exif, orientation]).toEqual([file, undefined, undefined]);
		}
		const { data, info } = await sharp(join(workshop.dist, files[0] ?? ''))
			.raw()
			.toBuffer({ resolveWithObject: true });
		expect(info.height).toBeGreaterThan(info.width);
		const blueAt = (row: number) => data[(row * info.width + 9) * info.channels + 2] ?? 0;
		expect(blueAt(9)).toBeGreaterThan(150);
		expect(blueAt(info.height - 9)).toBeLessThan(90);
		const pictures = edition.files.filter((file) => /\.(?:jpe?g|png|webp|avif)$/.test(file));
		for (const file of pictures)
			expect((await readFile(join(workshop.dist, file), 'latin1')).includes(hiddenWords), file).toBe(false);
	});

	test('draws bars from one zero line, with their figures beside them', () => {
		const [, chart] = article().querySelectorAll('figure:has(table, svg)');
		if (!chart) throw new Error('The chart is missing.');
		expect(textsOf(chart, 'tbody tr')).toEqual(['China 2024 94.8', 'A & <B> 2023 about −47.4']);
		expect(attributesOf(chart, 'rect', 'x')).toEqual(['33.33%', '0%']);
		expect(attributesOf(chart, 'rect', 'width')).toEqual(['66.67%', '33.33%']);
		expect(textsOf(chart, 'thead th')).toEqual(['Year', 'billion dollars']);
		expect(attributesOf(chart, 'figcaption a', 'href')).toEqual(['https://customs.example/']);
	});

	test('has tables that keys can scroll where they are wide', () => {
		expect(attributesOf(edition.page(`${base}2025/06/twice/`).document, '.prose table', 'tabindex')).toEqual(['0']);
		expect(attributesOf(article(), '.prose table[tabindex]', 'class')).toEqual([]);
	});

	test('sets numbers of tables flush right and says dates as exactly as they are known', () => {
		expect(textsOf(article(), '.prose td.right')).toEqual(['1,234.5', '7']);
		expect(textsOf(article(), '.prose time')).toEqual(['2024', 'June 2025', '16 June 2025']);
		expect(attributesOf(article(), '.prose time', 'datetime')).toEqual(['2024', '2025-06', '2025-06-16']);
	});

	test('gives feeds a picture, the map as a picture, the chart as its table, all with whole addresses', async () => {
		const feed = await edition.xml('rss.xml');
		const content = [...feed.querySelectorAll('item')]
			.find((item) => textsOf(item, 'link')[0] === `${origin}${base}2025/06/x/`)
			?.getElementsByTagNameNS('http://purl.org/rss/1.0/modules/content/', 'encoded')[0]?.textContent;
		const html = new (article().defaultView?.DOMParser ?? DOMParser)().parseFromString(content ?? '', 'text/html');
		expect([...html.body.children].map(({ tagName }) => tagName).join(' ')).toMatch(
			/^FIGURE P FIGURE P FIGURE FIGURE FIGURE FIGURE P/,
		);
		const sources = attributesOf(html, 'img', 'src');
		expect(sources).toHaveLength(3);
		for (const [i, file] of filesOf(sources).entries()) {
			expect(sources[i]).toMatch(/^https:\/\/example\.com\/news\//);
			const { width, height } = await sharp(join(workshop.dist, file)).metadata();
			expect([String(width), String(height)]).toEqual([
				attributesOf(html, 'img', 'width')[i],
				attributesOf(html, 'img', 'height')[i],
			]);
		}
		expect(attributesOf(html, 'img', 'alt')[1]).toContain('Astana');
		expect(textsOf(html, 'figure:nth-of-type(3) tr')).toEqual([
			'Yearbillion dollars',
			'China202494.8',
			'A & <B>2023about −47.4',
		]);
		expect(textsOf(html, 'figcaption')[0]).toBe('A caption. The Desk');
		expect(html.querySelector('svg, [class], [style]')).toBeNull();
	});
});

test('pictures of drafts and of articles of the future are published nowhere', () => {
	expect(edition.files.filter((file) => /zzdraft|zzfuture|\/draft\/|\/future\//.test(file))).toEqual([]);
});

test('a picture is published once its article is', async () => {
	await mustBuild(workshop, { CLOCK: '2025-09-01T00:00:00Z', OUT_DIR: join(workshop.folder, 'later') });
	const later = await readEdition(join(workshop.folder, 'later'), base);
	expect(later.files.some((file) => file.includes('zzfuture'))).toBe(true);
	expect(later.files.filter((file) => file.includes('zzdraft'))).toEqual([]);
	await mustBuild(workshop, { OUT_DIR: join(workshop.folder, 'earlier') });
	const earlier = await readEdition(join(workshop.folder, 'earlier'), base);
	expect(earlier.files.filter((file) => file.includes('zzfuture'))).toEqual([]);
});

test('every article has a share card of the size and weight that is asked for', async () => {
	for (const [slug, card] of [
		['x', '2025/06/x/card.png'],
		['plain', '2025/06/plain/card.png'],
	] as const) {
		const { document } = edition.page(`${base}2025/06/${slug}/`);
		const path = join(workshop.dist, card);
		const { width, height, format } = await sharp(path).metadata();
		expect([width, height, format]).toEqual([1200, 630, 'png']);
		expect((await readFile(path)).length).toBeLessThan(65_000);
		const content = (property: string) => attributesOf(document, `meta[property="${property}"]`, 'content')[0];
		expect(content('og:image')).toBe(`${origin}${base}${card}`);
		expect([content('og:image:width'), content('og:image:height')]).toEqual(['1200', '630']);
		expect(content('og:image:alt')).toContain(textsOf(document, 'h1')[0]);
	}
});

test('an address of a map’s picture means one map, and a map that stands twice has one picture', () => {
	const maps = () => edition.files.filter((file) => /^2025\/06\/(?:x|twice)\/map-/.test(file));
	const [map, ...others] = maps().filter((file) => file.includes('/x/'));
	const twice = maps().filter((file) => file.includes('/twice/'));
	expect(others).toEqual([]);
	expect(map).toMatch(/\/map-[0-9a-f]{10}\.png$/);
	expect(twice).toHaveLength(2);
	// The map of the other article, which a figure precedes there.
	expect(twice.map((file) => file.replace('twice', 'x'))).toContain(map);
});

test('a build that changed nothing draws nothing, and drawings that long were of no use go', async () => {
	const folder = join(workshop.folder, '.cache/pictures');
	const names = await readdir(folder);
	expect(new Set(names.map((name) => name.replace(/.*\./, '')))).toEqual(new Set(['png', 'svg']));
	const days = (count: number) => new Date(Date.now() - count * 24 * 60 * 60 * 1000);
	for (const name of names) {
		await writeFile(join(folder, name), `kept ${name}`);
		await utimes(join(folder, name), days(20), days(20));
	}
	await writeFilesTo(folder, { 'old.png': '', 'older.png': '', 'used.png': '' });
	await utimes(join(folder, 'old.png'), days(40), days(40));
	await utimes(join(folder, 'older.png'), days(60), days(60));
	const { dist } = workshop;
	await mustBuild(workshop, { OUT_DIR: join(workshop.folder, 'again') });
	const cards = edition.files.filter((file) => file.endsWith('/card.png') || /\/map-.*\.png$/.test(file));
	expect(cards.length).toBeGreaterThan(4);
	for (const file of cards) {
		expect(await readFile(join(workshop.folder, 'again', file), 'utf8'), file).toMatch(/^kept \w+\.png$/);
		expect((await stat(join(dist, file))).size).toBeGreaterThan(1000);
	}
	expect(await readFile(join(workshop.folder, 'again/2025/06/x/index.html'), 'utf8')).toMatch(/kept \w+\.svg/);
	expect((await readdir(folder)).sort()).toEqual([...names, 'used.png'].sort());
	// Those of the article of the future are there, but were not used.
	const uses = await Promise.all(names.map(async (name) => (await stat(join(folder, name))).mtimeMs));
	expect(uses.filter((usedAt) => usedAt > days(1).getTime()).length).toBeGreaterThan(cards.length / 2);
	await rm(folder, { recursive: true });
});

test('a picture that changes under its old name is published anew', async () => {
	const page = () => attributesOf(article(), 'picture img', 'src')[1];
	const before = page();
	await writeFile(join(workshop.folder, 'content/articles/2025/06/x/second.jpg'), await makePhotograph(900, 600));
	await mustBuild(workshop);
	edition = await readEdition(workshop.dist, base);
	expect(page()).not.toBe(before);
	expect(attributesOf(article(), 'picture img', 'width')[1]).toBe('900');
});
