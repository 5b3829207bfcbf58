import { hash } from 'node:crypto';
import { cp, mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'astro/zod';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { readManifest } from '../../src/edition/check/manifest.ts';
import { flight, headers, isMonth, secondFlight } from '../../src/edition/check/weight.ts';
import { mustBuild, openWorkshop, peoplesEnvironment, type Workshop } from '../support/build.ts';
import { attributesOf, type Edition, only, readEdition, textsOf } from '../support/edition.ts';
import { graph, parseJson } from '../support/json.ts';
import { brokenLinksOf, faultsOf } from '../support/page-rules.ts';
import { ask, serve, weigh } from '../support/serve.ts';
import { start } from '../support/store.ts';

const origin = 'https://meridian.example.org';
const mainPath = '/2025/06/china-xi-kazakhstan-central-asia-ties/';
const mainFile = 'content/articles/2025/06/china-xi-kazakhstan-central-asia-ties.md';

/** Tells whether search engines may list a page: it is neither the 404 nor does it lead elsewhere. */
function isIndexed({ document }: { document: Document }): boolean {
	return !document.querySelector('meta[content=noindex], meta[http-equiv=refresh]');
}

let workshop: Workshop;
let edition: Edition;

beforeAll(async () => {
	workshop = await openWorkshop('content');
	await mustBuild(workshop);
	edition = await readEdition(workshop.dist);
});
afterAll(() => workshop.remove());

describe('every page', () => {
	test('is whole, light and without script', () => {
		expect(edition.pages.length).toBeGreaterThan(50);
		expect(edition.pages.flatMap(faultsOf)).toEqual([]);
	});

	test.each(['gzip', 'br'])('comes at once from our server as %s, with the headers that it sends', async (coding) => {
		const server = await serve(workshop.folder);
		try {
			for (const { path } of edition.pages.filter(isIndexed)) {
				const { headers: sent, body } = await ask(server, path, { 'Accept-Encoding': coding });
				expect([sent['content-encoding'], sent['content-length']]).toEqual([coding, String(body.length)]);
				const bytes = await weigh(server, path, coding);
				expect(bytes, path).toBeLessThanOrEqual(isMonth(path) ? flight + secondFlight : flight);
				expect(bytes - body.length, path).toBeGreaterThan(400);
				expect(bytes - body.length, path).toBeLessThanOrEqual(headers);
			}
		} finally {
			await server.stop();
		}
	});

	test('fades into the next where readers do not mind motion', () => {
		for (const { path, html } of edition.pages)
			if (!/http-equiv="?refresh/.test(html))
				expect(html, path).toContain(
					'@media (prefers-reduced-motion:no-preference){@view-transition{navigation:auto}}',
				);
	});

	test('links only to what is there', () => {
		expect(brokenLinksOf(edition, origin)).toEqual([]);
	});

	test('has a canonical address of its own and names the feed', () => {
		const indexed = edition.pages.filter(isIndexed);
		for (const { path, document } of indexed)
			expect(attributesOf(document, 'link[rel=canonical]', 'href')).toEqual([origin + path]);
		for (const { document } of edition.pages)
			expect(attributesOf(document, 'link[rel=alternate]', 'href')).toContain('/rss.xml');
	});

	test('has structured data that parses', () => {
		for (const { path, document } of edition.pages) {
			if (!isIndexed({ document })) continue;
			const data: unknown = JSON.parse(only(document, 'script[type="application/ld+json"]').textContent);
			expect(data, path).toMatchObject({ '@context': 'https://schema.org' });
		}
	});
});

describe('the first article', () => {
	test('shows everything that its page elsewhere has', () => {
		const { document } = edition.page(mainPath);
		expect(textsOf(document, 'h1')).toEqual(['China’s Xi in Kazakhstan to Cement Central Asia Ties']);
		expect(textsOf(document, 'article > header .section')).toEqual(['Politics']);
		expect(textsOf(document, '.facts > p')).toEqual([
			'By Sophia Klein, retold by Meridian',
			'Published 16 June 2025 3 min read 0 Comments',
		]);
		expect(attributesOf(document, '.facts time', 'datetime')).toEqual(['2025-06-16']);
		expect(document.querySelectorAll('.prose > p')).toHaveLength(9);
		expect(textsOf(document, 'aside h2')).toEqual(['Original Source: www.mykxlg.com']);
		expect(textsOf(document, 'aside p')).toEqual([
			'Meridian retells in its own words an article that Sophia Klein signed at www.mykxlg.com. That page was itself a rewrite of a report by the news agency AFP.',
		]);
		expect(textsOf(document, '#comments h2, #comments a')).toEqual(['0 Comments', 'Post Comment']);
		expect(attributesOf(document, '#comments a', 'href')).toEqual([`/comments${mainPath}`]);
		expect(document.querySelector('main :is(form, input, button)')).toBeNull();
		expect(textsOf(document, 'nav ol a')).toEqual(['Home', '2025', 'June 2025']);
	});

	test('lists 38 tags, and each of its 41 labels leads back to it', async () => {
		const { document } = edition.page(mainPath);
		expect(new Set(attributesOf(document, '.tags a', 'href')).size).toBe(38);
		expect(textsOf(document, '.tags h3')).toEqual(['People', 'Places', 'Organisations', 'Topics']);
		const [, frontMatter = ''] = (await readFile(mainFile, 'utf8')).split('---\n');
		const { tags } = z.object({ tags: z.array(z.string()) }).parse(parse(frontMatter));
		expect(tags).toHaveLength(41);
		for (const label of tags) {
			const slug = label.toLowerCase().replace(/[^a-z]+/g, '-');
			const page = edition.page(`/tags/${slug}/`);
			const [refresh] = attributesOf(page.document, 'meta[http-equiv=refresh]', 'content');
			const target = refresh === undefined ? page : edition.page(refresh.replace('0; url=', ''));
			expect(attributesOf(target.document, 'main li a', 'href'), label).toContain(mainPath);
		}
	});

	test('gives each of its paragraphs an address and a link that shows it, but not in the feed', async () => {
		const { document } = edition.page(mainPath);
		const ids = attributesOf(document, '.prose > p', 'id');
		expect(ids[0]).toBe('six-presidents-are-gathering-in-astana-xi-jinping');
		expect(new Set(ids).size).toBe(9);
		expect(attributesOf(document, '.prose > p > a.anchor:last-child', 'href')).toEqual(ids.map((id) => `#${id}`));
		expect(new Set(attributesOf(document, 'a.anchor', 'aria-label'))).toEqual(new Set(['Link to this paragraph']));
		expect(await edition.text('rss.xml')).not.toMatch(/anchor|six-presidents|¶/);
	});

	test('leads to related articles that say why, between its tags and its comments', () => {
		const { document } = edition.page(mainPath);
		expect(attributesOf(document, 'section[aria-labelledby]', 'aria-labelledby')).toEqual([
			'tags',
			'related',
			'comments-title',
		]);
		const links = attributesOf(document, '[aria-labelledby=related] a', 'href');
		expect(new Set(links).size).toBe(4);
		expect(links).not.toContain(mainPath);
		const reasons = textsOf(document, '[aria-labelledby=related] p');
		for (const reason of reasons) expect(reason).toMatch(/^\d+ \w+ \d{4} Also about [A-Z].+ and [A-Z]/);
		expect(reasons[0]).toBe('17 June 2025 Also about Astana, Diplomatic visit and Strategic partnership');
	});

	test('stands beside the newest article, which no heading calls chosen', () => {
		const { document } = edition.page('/');
		const pinned = ['/2024/12/railway-work-starts/'];
		expect(attributesOf(document, '[aria-labelledby=pinned] h3 a', 'href')).toEqual(pinned);
		expect(textsOf(document, '.side h2')).toEqual(['Chosen by the editor', 'Latest']);
		const links = attributesOf(document, '.side :is(h2, h3) a', 'href');
		expect(attributesOf(document, '[aria-labelledby=latest] h3 a', 'href')).toEqual(links.slice(1));
		expect(links).toHaveLength(2);
	});

	test('leads the home page, as the editor has chosen', () => {
		expect(attributesOf(edition.page('/').document, 'main article.lead h2 a', 'href')).toEqual([mainPath]);
	});

	test('names the paper as author and the original as its basis in structured data', () => {
		const json = only(edition.page(mainPath).document, 'script').textContent;
		const { '@graph': things } = parseJson(graph, json);
		const find = (type: string) => things.find((thing) => thing['@type'] === type);
		expect(find('NewsArticle')).toMatchObject({
			author: { '@id': `${origin}/#organisation` },
			datePublished: '2025-06-16',
			isBasedOn: {
				author: [{ name: 'Sophia Klein' }],
				headline: 'China’s Xi in Kazakhstan to Cement Central Asia Ties',
			},
			about: ['Xi Jinping', 'Central Asia', 'China', 'Kazakhstan'].map((name) => ({ name })),
			articleSection: 'Politics',
			mainEntityOfPage: { '@id': origin + mainPath },
		});
		expect(find('NewsArticle')?.['mentions']).toHaveLength(34);
		expect(find('BreadcrumbList')).toBeDefined();
		expect(find('NewsMediaOrganization')).toBeDefined();
	});

	test('is announced to those who share it', () => {
		const { document } = edition.page(mainPath);
		const property = (name: string) => attributesOf(document, `meta[property="${name}"]`, 'content');
		expect(property('og:type')).toEqual(['article']);
		expect(property('og:title')).toEqual(textsOf(document, 'h1'));
		expect(property('og:image')).toEqual([`${origin}${mainPath}card.png`]);
		expect(property('og:url')).toEqual([origin + mainPath]);
		expect(property('article:published_time')).toEqual(['2025-06-16']);
		expect(attributesOf(document, 'meta[name=robots]', 'content')).toEqual(['max-image-preview:large']);
		expect(attributesOf(document, 'meta[name=theme-color]', 'media')).toHaveLength(2);
	});
});

describe('lists', () => {
	test.each(['/', '/2025/06/', '/tags/xi-jinping/', '/sections/politics/', '/authors/sophia-klein/', '/404.html'])(
		'%s leads to the article',
		(path) => {
			expect(attributesOf(edition.page(path).document, 'main a', 'href')).toContain(mainPath);
		},
	);

	test('the year leads to the month, with a count', () => {
		expect(textsOf(edition.page('/2025/').document, '.calendar caption').join('\n')).toMatch(
			/^June [1-9]\d* articles?$/m,
		);
	});

	test('tags are grouped by kind, with counts', () => {
		const { document } = edition.page('/tags/');
		expect(textsOf(document, 'h2')).toEqual(['People', 'Places', 'Organisations', 'Topics']);
		expect(textsOf(document, 'main li').join('\n')).toMatch(/^Xi Jinping [1-9]\d*$/m);
	});

	test.each([
		['/tags/xi-jinping/', ['rss.xml']],
		['/sections/politics/', ['rss.xml', 'feed.json']],
		['/authors/sophia-klein/', ['rss.xml', 'feed.json']],
	])('%s names its own feeds', (path, feeds) => {
		const { document } = edition.page(path);
		const addresses = feeds.map((feed) => path + feed);
		expect(attributesOf(document, 'main a[type="application/rss+xml"]', 'href')).toEqual([`${path}rss.xml`]);
		expect(attributesOf(document, 'link[rel=alternate]', 'href')).toEqual([...addresses, '/rss.xml', '/feed.json']);
		expect(attributesOf(document, 'link[rel=alternate]', 'type').slice(0, feeds.length)).toEqual(
			['application/rss+xml', 'application/feed+json'].slice(0, feeds.length),
		);
		for (const title of attributesOf(document, 'link[rel=alternate]', 'title').slice(0, feeds.length))
			expect(title).toContain(`Meridian: ${textsOf(document, 'h1').join()}`);
	});

	test('the author’s page says what is known and that no more is', () => {
		const [first] = textsOf(edition.page('/authors/sophia-klein/').document, 'main header p:not(.label)');
		expect(first).toBe(
			'Sophia Klein signed the article at www.mykxlg.com that Meridian has retold. No more is known of her here.',
		);
	});
});

describe('the page of a tag', () => {
	const rows = (path: string) => textsOf(edition.page(path).document, 'main header dl > div');

	test('says what it is part of, what is part of it, and what it often comes with', () => {
		const [partOf, narrower, oftenWith] = rows('/tags/kazakhstan/');
		expect(partOf).toBe('Part of Central Asia Asia');
		expect(narrower).toMatch(/^Narrower subjects Astana [1-9]\d*$/);
		expect(oftenWith).toMatch(/^Often together with (?:[A-Z][\w ]+ [1-9]\d* ){7}[A-Z][\w ]+ [1-9]\d*$/);
		const counts = (oftenWith?.match(/\d+/g) ?? []).map(Number);
		expect(counts).toEqual([...counts].sort((a, b) => b - a));
		expect(attributesOf(edition.page('/tags/kazakhstan/').document, 'dl a', 'href')).not.toContain('/tags/kazakhstan/');
		expect(rows('/tags/guo-jiakun/')).toEqual([]);
	});

	test('shows how its articles lie in time, in words too; one month needs no drawing', () => {
		const { document } = edition.page('/tags/central-asia/');
		expect(textsOf(document, 'main header .facts > p:first-child')[0]).toMatch(
			/^\d+ articles, 19 May 2023 to \d+ \w+ \d{4}$/,
		);
		const [label = ''] = attributesOf(document, 'main header svg[role=img]', 'aria-label');
		const [, most] = /^Articles by month, May 2023 to \w+ \d{4}: at most (\d+), as in \w+ \d{4}\.$/.exec(label) ?? [];
		const heights = [
			...(only(document, 'main header svg path')
				.getAttribute('d')
				?.matchAll(/v-([\d.]+)/g) ?? []),
		];
		expect(Math.max(...heights.map(([, height]) => Number(height)))).toBe(36);
		expect(heights.filter(([, height]) => Math.abs(Number(height) - 36 / Number(most)) < 0.1)).not.toEqual([]);
		expect(edition.page('/tags/guo-jiakun/').document.querySelector('main header svg')).toBeNull();
		expect(textsOf(edition.page('/tags/guo-jiakun/').document, '.facts > p:first-child')).toEqual([
			'1 article of 16 June 2025',
		]);
	});

	test('has its feed, the search and what is known elsewhere in one row of links', () => {
		expect(attributesOf(edition.page('/tags/china/').document, '.facts .row a', 'href')).toEqual([
			'/tags/china/rss.xml',
			'/feeds/',
			'/search/?tag=china',
			'https://www.wikidata.org/wiki/Q148',
		]);
	});
});

describe('the index of tags from A to Z', () => {
	test('has a page for every letter that has tags, each with all of them, and links to no other', () => {
		const pages = edition.pages.filter(({ path }) => path.startsWith('/tags/a-z/'));
		const addresses = pages.map(({ path }) => path).sort();
		const listed = pages.flatMap(({ document }) => attributesOf(document, 'main > ul a', 'href'));
		const tags = edition.pages.filter(
			({ path, document }) => /^\/tags\/[^/]+\/$/.test(path) && isIndexed({ document }),
		);
		expect(listed.sort()).toEqual(tags.map(({ path }) => path).sort());
		for (const { path, document } of [...pages, edition.page('/tags/')]) {
			const bar = 'nav[aria-label="From A to Z"]';
			expect(textsOf(document, `${bar} li`).join('')).toBe('ABCDEFGHIJKLMNOPQRSTUVWXYZ0–9');
			expect(attributesOf(document, `${bar} a`, 'href').sort()).toEqual(addresses);
			expect(attributesOf(document, `${bar} [aria-current]`, 'href')).toEqual(path === '/tags/' ? [] : [path]);
		}
		const { document } = edition.page('/tags/a-z/k/');
		expect(textsOf(document, 'h1')).toEqual(['Tags: K']);
		expect(textsOf(document, 'nav[aria-label="You are here"] li')).toEqual(['Home', 'Tags']);
	});
});

describe('the feed', () => {
	const childText = (parent: Element, name: string) =>
		[...parent.children].filter(({ nodeName }) => nodeName === name).map(({ textContent }) => textContent);

	test.each(['rss.xml', 'tags/xi-jinping/rss.xml', 'sections/politics/rss.xml', 'authors/sophia-klein/rss.xml'])(
		'%s is well-formed and complete',
		async (file) => {
			const channel = only(await edition.xml(file), 'channel');
			expect(childText(channel, 'language')).toEqual(['en-GB']);
			expect(childText(channel, 'lastBuildDate').join()).toMatch(/^\w{3}, \d{2} \w{3} \d{4} \d{2}:\d{2}:\d{2} \+0500$/);
			const self = [...channel.children].find(({ nodeName }) => nodeName === 'atom:link');
			expect(self?.getAttribute('href')).toBe(`${origin}/${file}`);
			expect(self?.getAttribute('rel')).toBe('self');
			const item = [...channel.querySelectorAll('item')].find((one) => childText(one, 'link')[0] === origin + mainPath);
			if (!item) throw new Error('The feed lacks the article.');
			expect([...item.children].map(({ nodeName }) => nodeName).slice(0, 7)).toEqual([
				'title',
				'link',
				'guid',
				'dc:creator',
				'description',
				'content:encoded',
				'pubDate',
			]);
			expect(childText(item, 'title')).toEqual(['China’s Xi in Kazakhstan to Cement Central Asia Ties']);
			expect(childText(item, 'link')).toEqual([origin + mainPath]);
			expect(childText(item, 'guid')).toEqual([
				'tag:meridian.example.org,2025:2025/06/china-xi-kazakhstan-central-asia-ties',
			]);
			expect(only(item, 'guid').getAttribute('isPermaLink')).toBe('false');
			expect(childText(item, 'pubDate')).toEqual(['Mon, 16 Jun 2025 00:00:00 +0500']);
			expect(childText(item, 'dc:creator')).toEqual(['Sophia Klein, retold by Meridian']);
			expect(childText(item, 'category')).toHaveLength(39);
			const [html = ''] = childText(item, 'content:encoded');
			expect(html.match(/<p>/g)).toHaveLength(10);
			expect(html).toContain('<a href="https://www.mykxlg.com/">www.mykxlg.com</a>. Meridian retells');
		},
	);
});

describe('files for machines', () => {
	test('the sitemap has every page that may be indexed, with the date of its content, and no other', async () => {
		const sitemap = await edition.xml('sitemap-0.xml');
		const indexed = edition.pages.filter(isIndexed);
		expect(textsOf(sitemap, 'loc').sort()).toEqual(indexed.map(({ path }) => origin + path).sort());
		expect(indexed.some(({ path }) => path === '/tags/xi/')).toBe(false);
		const main = [...sitemap.querySelectorAll('url')].find((url) => textsOf(url, 'loc')[0] === origin + mainPath);
		expect(main && textsOf(main, 'lastmod')).toEqual(['2025-06-15T19:00:00.000Z']);
		expect(await edition.text('robots.txt')).toContain(`Sitemap: ${origin}/sitemap-index.xml`);
	});

	test('the manifest names icons that are there', async () => {
		const shape = z.object({ name: z.string(), icons: z.array(z.object({ src: z.string() })) });
		const manifest = parseJson(shape, await edition.text('manifest.webmanifest'));
		expect(manifest.name).toBe('Meridian');
		expect(manifest.icons).not.toEqual([]);
		for (const { src } of manifest.icons) expect(edition.files).toContain(src.slice(1));
	});
});

test('type weighs at most 64 KB on any page, whatever it is written in', async () => {
	const fonts = edition.files.filter((file) => file.endsWith('.woff2'));
	const sizes = await Promise.all(fonts.map(async (file) => (await readFile(join(workshop.dist, file))).length));
	expect(fonts.length).toBeGreaterThan(2);
	expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(65_536);
});

test('pages name what they are in structured data', () => {
	const typesOf = (path: string) => {
		const json = only(edition.page(path).document, 'script').textContent;
		return parseJson(graph, json)['@graph'].map((thing) => thing['@type']);
	};
	expect(typesOf('/')).toEqual(['NewsMediaOrganization', 'WebSite']);
	expect(typesOf('/tags/china/')[0]).toBe('CollectionPage');
	expect(typesOf('/authors/sophia-klein/')[0]).toBe('ProfilePage');
	expect(typesOf('/about/')[0]).toBe('WebPage');
});

test('an alias leads to its tag, and says so', () => {
	const { document } = edition.page('/tags/xi/');
	expect(textsOf(document, 'h1')).toEqual(['XI: see Xi Jinping']);
	expect(attributesOf(document, 'link[rel=canonical]', 'href')).toEqual([`${origin}/tags/xi-jinping/`]);
	expect(attributesOf(document, 'main a', 'href')).toEqual(['/tags/xi-jinping/']);
});

test('editors are offered front matter and tags by the schema that their editor finds', async () => {
	const folder = join(workshop.folder, '.astro/collections');
	const values = z.object({ enum: z.array(z.string()) });
	const shape = z.object({
		properties: z.looseObject({
			tags: z.object({ items: z.object({ anyOf: z.tuple([values, z.unknown()]) }) }),
			section: values,
		}),
	});
	const { properties } = parseJson(shape, await readFile(join(folder, 'articles.schema.json'), 'utf8'));
	for (const label of ['Xi Jinping', 'XI', 'European Union'])
		expect(properties.tags.items.anyOf[0].enum).toContain(label);
	expect(properties.section.enum).toContain('politics');
	expect(properties).not.toHaveProperty('internalLinks');
	const manifest = z.object({ entries: z.record(z.string(), z.string()) });
	const { entries } = parseJson(manifest, await readFile(join(folder, 'collections.json'), 'utf8'));
	const [, collection] = Object.entries(entries).find(([file]) => file.endsWith(`/${mainFile}`)) ?? [];
	expect(collection).toBe('articles');
});

test('the same content at the same clock gives the same bytes, wherever, by whom and however it is built', async () => {
	const other = await openWorkshop();
	try {
		const files = (await readdir('content', { recursive: true, withFileTypes: true })).filter((entry) =>
			entry.isFile(),
		);
		// Written in another order, so that the disk lists them in another.
		for (const { parentPath, name } of files.reverse()) {
			await mkdir(join(other.folder, parentPath), { recursive: true });
			await cp(join(parentPath, name), join(other.folder, parentPath, name));
		}
		const elsewhere = { TZ: 'Pacific/Kiritimati', LC_ALL: 'tr_TR.UTF-8', LANG: 'tr_TR.UTF-8' };
		const env = { ...peoplesEnvironment(), ...elsewhere, CLOCK: '2025-07-01T00:00:00Z' };
		const expected = await readManifest(workshop.dist);
		expect(expected?.digest).toMatch(/^[\da-f]{64}$/);
		// Under another umask, on one processor, with cold caches; and again with warm ones.
		const command = ['sh', '-c', 'umask 077 && exec taskset -c 0 "$@"', 'sh'];
		for (const dist of ['cold', 'warm'].map((name) => join(other.folder, name))) {
			const { ended } = start(['src/commands/build.ts'], command, {
				cwd: other.folder,
				env: { ...env, OUT_DIR: dist },
			});
			expect(await ended).toMatchObject({ how: 0 });
			// The whole of it, so that a failure names the files that differ.
			expect(await readManifest(dist)).toEqual(expected);
		}
	} finally {
		await other.remove();
	}
});

test('the edition tells the hash of each of its files, as sha256sum does', async () => {
	const lines = await Promise.all(
		edition.files
			.filter((file) => file !== 'edition.json')
			.map(async (file) => `${hash('sha256', await readFile(join(workshop.dist, file)))}  ${file}\n`),
	);
	const manifest = await readManifest(workshop.dist);
	expect(Object.entries(manifest?.files ?? {}).map(([file, sum]) => `${sum}  ${file}\n`)).toEqual(lines);
	expect(manifest?.digest).toBe(hash('sha256', lines.join('')));
});
