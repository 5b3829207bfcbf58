import { JSDOM } from 'jsdom';
import { expect, test } from 'vitest';
import { lastChangedAt } from '../../src/domain/articles.ts';
import { toRss } from '../../src/domain/feeds.ts';
import { textsOf } from '../support/edition.ts';
import { makeArticle } from '../support/newsroom.ts';

const list = { title: 'A & B', description: 'All <of> it.', path: '/tags/china/' };

async function feedOf(...articles: ReturnType<typeof makeArticle>[]): Promise<Document> {
	const rss = await toRss(
		list,
		articles.map((article) => ({ article, html: '<p>Text &amp; more.</p>' })),
	);
	return new JSDOM(rss, { contentType: 'text/xml' }).window.document;
}

test.each(['Conan O’Neil & <Sons>', "Conan O'Neil", '007', '1e3', '$& $1'])(
	'%s is named as the creator letter by letter',
	async (name) => {
		const article = makeArticle();
		const [author] = article.authors;
		if (!author) throw new Error('The article has no author.');
		const feed = await feedOf({ ...article, authors: [{ ...author, name }] });
		expect(textsOf(feed, 'item > *').filter((text) => text === name)).toEqual([name]);
	},
);

test('an item says who retells whom, what its source is and what was corrected', async () => {
	const feed = await feedOf(
		makeArticle({
			source: { name: 'Elsewhere', url: 'https://elsewhere.example/?a=1&b=2', relation: 'retold', basedOn: 'a report' },
			corrections: [{ at: '2025-06-18', text: 'A <year> was wrong.' }],
		}),
	);
	const texts = textsOf(feed, 'item > *');
	expect(texts).toContain('Anna Author, retold by Meridian');
	expect(texts).toContain(
		'<p>Text &amp; more.</p><p>Original Source: <a href="https://elsewhere.example/?a=1&#38;b=2">Elsewhere</a>. Meridian retells in its own words an article that Anna Author signed at Elsewhere. That page was itself a rewrite of a report.</p><h2>Corrections</h2><ul><li>18 June 2025: A &#60;year&#62; was wrong.</li></ul>',
	);
});

test('a feed is built when its newest change was made, and names itself', async () => {
	const feed = await feedOf(
		makeArticle({ publishedAt: '2025-06-20T09:00+05:00', updatedAt: '2025-06-20' }),
		makeArticle({ corrections: [{ at: '2025-06-25', text: 'Mended.' }] }, '2025/06/y'),
	);
	expect(textsOf(feed, 'lastBuildDate')).toEqual(['Wed, 25 Jun 2025 00:00:00 +0500']);
	expect(textsOf(feed, 'channel > title')).toEqual(['A & B']);
	expect(feed.querySelector('channel > *[rel=self]')?.getAttribute('href')).toBe(
		'https://meridian.example.org/tags/china/rss.xml',
	);
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
