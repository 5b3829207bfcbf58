import { JSDOM } from 'jsdom';
import { describe, expect, test } from 'vitest';
import { type Article, lastChangedAt } from '../../src/domain/articles.ts';
import { toRfc822 } from '../../src/domain/dates.ts';
import { toOpml } from '../../src/domain/feed-groups.ts';
import { type HistoryDocument, toArchives, toCurrentDocument } from '../../src/domain/feed-history.ts';
import { toFeedItem } from '../../src/domain/feed-items.ts';
import { toMendingItem, toNoticeItem } from '../../src/domain/feed-notices.ts';
import { toJsonFeed, toRss } from '../../src/domain/feeds.ts';
import { toNewsSitemap } from '../../src/domain/news-sitemap.ts';
import { type Paper, toPaper } from '../../src/domain/paper.ts';
import { isRetraction } from '../../src/domain/retractions.ts';
import { toMoment } from '../../src/schemas/moment.ts';
import { site } from '../../src/site.ts';
import { attributesOf, only, textsOf } from '../support/edition.ts';
import { faultsOfJsonFeed, faultsOfOpml, faultsOfRss } from '../support/feed-rules.ts';
import { makeArticle, makeNewsroom, now, type Written } from '../support/newsroom.ts';

const list = { title: 'A & B', description: 'All <of> it.', path: '/tags/china/' };
const address = 'https://meridian.example.org/tags/china/rss.xml';

const parse = (xml: string) => new JSDOM(xml, { contentType: 'text/xml' }).window.document;
const itemOf = (article: Article, html = '<p>Text &amp; more.</p>') => toFeedItem(article, html, undefined);

async function feedOf(...articles: Article[]): Promise<Document> {
	return parse(
		await toRss(
			list,
			articles.map((article) => itemOf(article)),
		),
	);
}

describe('an RSS feed', () => {
	test.each(['Conan O’Neil & <Sons>', "Conan O'Neil", '007', '1e3', '$& $1'])(
		'names %s as the creator letter by letter',
		async (name) => {
			const article = makeArticle();
			const [author] = article.authors;
			if (!author) throw new Error('The article has no author.');
			const feed = await feedOf({ ...article, authors: [{ ...author, name }] });
			expect(textsOf(feed, 'item > *').filter((text) => text === name)).toEqual([name]);
		},
	);

	test('says of an item who retells whom, what its source is and what was corrected', async () => {
		const feed = await feedOf(
			makeArticle({
				source: {
					name: 'Elsewhere',
					url: 'https://elsewhere.example/?a=1&b=2',
					relation: 'retold',
					basedOn: 'a report',
				},
				corrections: [{ at: '2025-06-18', text: 'A <year> was wrong.', was: '2024', is: '<2025>' }],
			}),
		);
		const texts = textsOf(feed, 'item > *');
		expect(texts).toContain('Anna Author, retold by Meridian');
		expect(texts).toContain(
			'<p>Text &amp; more.</p><p>Original Source: <a href="https://elsewhere.example/?a=1&#38;b=2">Elsewhere</a>. Meridian retells in its own words an article that Anna Author signed at Elsewhere. That page was itself a rewrite of a report.</p><h2>Corrections</h2><ul><li>18 June 2025: A &#60;year&#62; was wrong. It said “2024”. It now says “&#60;2025&#62;”.</li></ul>',
		);
	});

	test('is built when its newest change was made, and names itself', async () => {
		const feed = await feedOf(
			makeArticle({ publishedAt: '2025-06-20T09:00+05:00', updatedAt: '2025-06-20' }),
			makeArticle({ corrections: [{ at: '2025-06-25', text: 'Mended.' }] }, '2025/06/y'),
		);
		expect(textsOf(feed, 'lastBuildDate')).toEqual(['Wed, 25 Jun 2025 00:00:00 +0500']);
		expect(textsOf(feed, 'channel > title')).toEqual(['A & B']);
		expect(attributesOf(feed, 'channel > *[rel]', 'rel')).toEqual(['self']);
		expect(attributesOf(feed, 'channel > *[rel=self]', 'href')).toEqual([address]);
	});

	test.each([
		'</script><script>alert(1)</script> <b>bold</b>',
		'Fish &amp; chips &#60;b&#62; &lt',
		'A ]]> B <![CDATA[ C <!-- D',
		'👩🏽‍💻 R&D, 1 < 2 > 0',
		'שלום <i>עולם</i> السلام',
	])('keeps every rule and every word where texts are %s', async (text) => {
		const article = makeArticle({ title: text, standfirst: text });
		const tags = article.tags.map((tag) => ({ ...tag, name: text }));
		const html = `<p>${text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</p>`;
		const hostile = { title: text, description: text, path: list.path };
		const rss = await toRss(hostile, [itemOf({ ...article, tags }, html)]);
		expect(faultsOfRss(rss, address, now)).toEqual([]);
		const feed = parse(rss);
		for (const selector of ['channel > title', 'item > title', 'channel > description', 'category:last-of-type'])
			expect(only(feed, selector).textContent.replaceAll('\u2060', ''), selector).toBe(text);
		for (const { textContent } of [only(feed, 'item > description'), only(feed, 'item > *:nth-child(6)')])
			expect(new JSDOM(textContent).window.document.body.textContent).toBe(text);
	});

	test('holds standfirsts alone where that is asked for', async () => {
		const rss = await toRss({ ...list, holds: 'standfirst' }, [itemOf(makeArticle())]);
		expect(rss).not.toContain('content:encoded');
		expect(faultsOfRss(rss, address, now)).toEqual([]);
	});

	test('names its hub', async () => {
		const feed = parse(await toRss(list, [], 'https://hub.example/?a=1&b=2'));
		expect(attributesOf(feed, '*[rel=hub]', 'href')).toEqual(['https://hub.example/?a=1&b=2']);
		expect(toJsonFeed(list, [], 'https://hub.example/')).toContain(
			'"hubs":[{"type":"WebSub","url":"https://hub.example/"}]',
		);
	});

	test.each([
		['Asia/Almaty', '2025-06-16', 'Mon, 16 Jun 2025 00:00:00 +0500'],
		['Asia/Kolkata', '2025-06-16', 'Mon, 16 Jun 2025 00:00:00 +0530'],
		['Asia/Kathmandu', '2025-06-16', 'Sun, 15 Jun 2025 18:15:00 GMT'],
		['Asia/Almaty', '1920-01-02', 'Thu, 01 Jan 1920 18:52:12 GMT'],
	])('gives days of %s in its zone, unless no reader knows that: %s', (timeZone, day, date) => {
		const moment = toMoment(day, timeZone);
		expect(moment && toRfc822(moment, timeZone)).toBe(date);
	});
});

test('a JSON Feed gives words as they are, and the byline where it says more than names', () => {
	const title = '<b>A</b> &amp; B';
	const retold = { name: 'Elsewhere', url: 'https://elsewhere.example/', relation: 'retold' };
	const json = toJsonFeed({ ...list, path: '/sections/politics/' }, [
		itemOf(makeArticle({ title, authors: ['a', 'b'] })),
		itemOf(makeArticle({ source: retold }, '2025/06/y')),
	]);
	expect(faultsOfJsonFeed(json, 'https://meridian.example.org/sections/politics/feed.json')).toEqual([]);
	const anna = { name: 'Anna Author', url: 'https://meridian.example.org/authors/a/' };
	const bela = { name: 'Bela Byline', url: 'https://meridian.example.org/authors/b/' };
	expect(JSON.parse(json)).toMatchObject({
		items: [
			{ title, date_published: '2025-06-16T00:00:00+05:00', authors: [anna, bela], tags: ['Politics', 'China'] },
			{ authors: [{ name: 'Anna Author, retold by Meridian' }] },
		],
	});
});

/** Returns a paper with an article on each day since 1 January 2024. */
function daily(count: number, changes: Readonly<Record<number, Written>> = {}): Paper {
	const entries = Array.from({ length: count }, (_, i): [string, Written] => {
		const day = new Date(Date.UTC(2024, 0, 1 + i)).toISOString().slice(0, 10);
		return [`${day.slice(0, 7).replace('-', '/')}/story-${i}`, { publishedAt: day, ...changes[i] }];
	});
	return toPaper(makeNewsroom(Object.fromEntries(entries)));
}

describe('the history of the site’s feed', () => {
	const rssOf = ({ document, places }: HistoryDocument) =>
		toRss(
			document,
			places.map((place) => (isRetraction(place) ? toNoticeItem(place) : itemOf(place))),
		);

	test('leads from the current document through all archives to the first article', () => {
		const paper = daily(130);
		const archives = toArchives(paper);
		const current = toCurrentDocument(paper);
		const found = new Set(current.places);
		let path = current.document.links?.['prev-archive'];
		while (path !== undefined) {
			const archive = [...archives.values()].find(({ document }) => document.ownPath === path);
			if (!archive?.document.isArchive) throw new Error(`${path} is no archive.`);
			for (const place of archive.places) found.add(place);
			path = archive.document.links?.['prev-archive'];
		}
		expect(found.size).toBe(130);
		expect([...archives.values()].map(({ places }) => places.length)).toEqual([50, 50, 30]);
	});

	test('has no archive before there is enough for one', () => {
		expect(toArchives(daily(49)).size).toBe(0);
		expect(toCurrentDocument(daily(49)).document.links).toEqual({});
		expect([...toArchives(daily(50)).keys()]).toEqual([1, 2]);
	});

	test.each([100, 130, 149])(
		'changes no archive when article %i comes, and every neighbour that one names is there',
		async (count) => {
			const before = toArchives(daily(count));
			const after = toArchives(daily(count + 1));
			for (const [number, archive] of before) {
				if (!archive.document.isArchive) continue;
				const later = after.get(number);
				expect(later && (await rssOf(later))).toBe(await rssOf(archive));
				expect(archive.document.links?.['next-archive']).toBe(before.get(number + 1)?.document.ownPath);
				expect(archive.document.links?.['current']).toBe('/rss.xml');
			}
		},
	);

	test('has a notice in the place of a retracted article, whose number stays, and lately at present too', () => {
		const retracted = (at: string) => ({ retracted: { at, reason: 'It was wrong.' } });
		const before = toArchives(daily(130));
		const paper = daily(130, { 3: retracted('2024-05-01'), 60: retracted('2024-04-01') });
		const idsIn = (documents: ReadonlyMap<number, HistoryDocument>) =>
			[...documents.values()].map(({ places }) => places.map(({ id }) => id));
		expect(idsIn(toArchives(paper))).toEqual(idsIn(before));
		expect(
			toCurrentDocument(paper)
				.places.slice(50)
				.map(({ id }) => id),
		).toEqual(['2024/01/story-3']);
	});

	test('keeps the rules of strict readers', async () => {
		const origin = 'https://meridian.example.org';
		for (const archive of toArchives(daily(130)).values())
			expect(faultsOfRss(await rssOf(archive), origin + (archive.document.ownPath ?? ''), now)).toEqual([]);
	});

	test('has what was corrected lately in the current document, at its place by date, and not for good', () => {
		const correction = (at: string) => ({ corrections: [{ at, text: 'Mended.' }] });
		const ids = (changes: Record<number, Written>) =>
			toCurrentDocument(daily(130, changes)).places.map(({ id }) => Number(id.split('-')[1]));
		const newest = Array.from({ length: 50 }, (_, i) => 129 - i);
		expect(ids({})).toEqual(newest);
		// The newest article is of 9 May 2024.
		expect(ids({ 3: { updatedAt: '2024-04-15' }, 60: correction('2024-05-01') })).toEqual([...newest, 60, 3]);
		expect(ids({ 60: correction('2024-04-01') })).toEqual(newest);
		expect(ids({ 60: correction('2024-05-01'), 129: correction('2024-06-15') })).toEqual(newest);
		const many = Object.fromEntries(
			Array.from({ length: 30 }, (_, i) => [i, correction(`2024-05-${i < 20 ? '08' : '01'}`)]),
		);
		expect(ids(many)).toEqual([...newest, ...Array.from({ length: 20 }, (_, i) => 19 - i)]);
	});
});

describe('the notice of a retracted article', () => {
	const before = makeArticle({ title: 'Zztitle', standfirst: 'Zzstandfirst', authors: ['b'], tags: ['xi-jinping'] });
	const [retraction] = makeNewsroom({
		'2025/06/x': {
			title: 'Zztitle',
			authors: ['b'],
			tags: ['xi-jinping'],
			corrections: [{ at: '2025-06-18', text: 'Zzcorrection' }],
			retracted: { at: '2025-06-20', reason: 'It was <wrong>.\n\nWe regret it & more.' },
		},
	}).retracted;
	if (!retraction) throw new Error('No retraction was made.');
	const notice = toNoticeItem(retraction);

	test('is the item that readers have, with the reason and nothing that the article said', async () => {
		const rss = await toRss(list, [notice]);
		expect(faultsOfRss(rss, address, now)).toEqual([]);
		const feed = parse(rss);
		expect([...only(feed, 'item').children].map(({ nodeName, textContent }) => [nodeName, textContent])).toEqual([
			['title', 'This article has been retracted'],
			['link', 'https://meridian.example.org/2025/06/x/'],
			['guid', itemOf(before).id],
			['description', 'It was &#60;wrong&#62;.\n\nWe regret it &#38; more.'],
			[
				'content:encoded',
				'<p>Published 16 June 2025, retracted 20 June 2025.</p><p>It was &#60;wrong&#62;.</p><p>We regret it &#38; more.</p>',
			],
			['pubDate', 'Mon, 16 Jun 2025 00:00:00 +0500'],
		]);
		expect(textsOf(feed, 'lastBuildDate')).toEqual(['Fri, 20 Jun 2025 00:00:00 +0500']);
	});

	test('is so in JSON Feed too', () => {
		const json = toJsonFeed({ ...list, path: '/sections/politics/' }, [notice]);
		expect(faultsOfJsonFeed(json, 'https://meridian.example.org/sections/politics/feed.json')).toEqual([]);
		expect(json).toContain('"date_modified":"2025-06-20T00:00:00+05:00"');
		expect(json).not.toMatch(/Zz|authors|tags|image/);
	});

	test('stands in the list of corrections with where to read it', async () => {
		const item = toMendingItem({
			at: retraction.retractedAt,
			place: retraction,
			correction: undefined,
			number: 1,
			key: 'retraction',
		});
		expect(item).toMatchObject({
			id: `${itemOf(before).id}/retraction`,
			path: '/2025/06/x/',
			title: 'This article has been retracted',
			summary: retraction.reason,
		});
		expect(faultsOfRss(await toRss(list, [item]), address, now)).toEqual([]);
	});
});

test('an article that has moved, whatever its day is now, is known by its first path', () => {
	const moved = { formerPaths: ['2025/05/first', '2025/06/second'], publishedAt: '2025-06-30' };
	expect(itemOf(makeArticle(moved)).id).toBe('tag:meridian.example.org,2025:2025/05/first');
	expect(itemOf(makeArticle()).id).toBe('tag:meridian.example.org,2025:2025/06/x');
});

test('all feeds can be taken over by feed readers, in groups, whatever their names', () => {
	const newsroom = makeNewsroom({ '2025/06/x': { tags: ['china', 'treaty'] } });
	const tags = newsroom.tags.map((tag) => (tag.id === 'china' ? { ...tag, name: '<b>R&D</b> &amp; "C"' } : tag));
	const articles = newsroom.articles.map((article) => ({
		...article,
		tags: tags.filter(({ id }) => article.tags.some((tag) => tag.id === id)),
	}));
	const opml = toOpml(toPaper({ ...newsroom, articles, tags }));
	expect(faultsOfOpml(opml)).toEqual([]);
	expect(attributesOf(parse(opml), 'body > outline', 'text')).toEqual([
		'All articles',
		'Corrections',
		'Sections',
		'Authors',
		'Places',
		'Topics',
	]);
	expect(attributesOf(parse(opml), 'outline[type=rss]', 'xmlUrl')).toContain(address);
});

describe('the news sitemap', () => {
	test('has the articles of two days, with their names for search engines', () => {
		const { articles } = daily(10);
		const sitemap = parse(toNewsSitemap(articles, Date.parse('2024-01-10T12:00:00+05:00')));
		expect(textsOf(sitemap, 'loc')).toEqual([9, 8].map((i) => `${site.origin}/2024/01/story-${i}/`));
		const [news] = sitemap.getElementsByTagNameNS('http://www.google.com/schemas/sitemap-news/0.9', 'news');
		expect(news && [...news.children].map(({ textContent }) => textContent)).toEqual([
			'Meridianen',
			'2024-01-10',
			'Headline of 2024/01/story-9',
		]);
	});

	test('stays a sitemap where nothing is new', () => {
		const { documentElement } = parse(toNewsSitemap(daily(10).articles, now));
		expect(documentElement.namespaceURI).toBe('http://www.sitemaps.org/schemas/sitemap/0.9');
		expect(documentElement.children).toHaveLength(0);
	});
});

test('the last change is the latest of publication, update and corrections', () => {
	const changed = (fields: Record<string, unknown>) => lastChangedAt(makeArticle(fields)).iso;
	expect(changed({})).toBe('2025-06-16');
	expect(changed({ updatedAt: '2025-06-17' })).toBe('2025-06-17');
	expect(changed({ updatedAt: '2025-06-17', corrections: [{ at: '2025-06-18', text: 'x' }] })).toBe('2025-06-18');
	expect(changed({ publishedAt: '2025-06-20T09:00:00+05:00', updatedAt: '2025-06-20' })).toBe(
		'2025-06-20T09:00:00+05:00',
	);
});
