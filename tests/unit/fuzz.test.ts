import fc from 'fast-check';
import { JSDOM, VirtualConsole } from 'jsdom';
import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { toParagraphs } from '../../src/domain/comments.ts';
import { toFeedItem } from '../../src/domain/feed-items.ts';
import { toRss } from '../../src/domain/feeds.ts';
import { toLabelKey } from '../../src/domain/labels.ts';
import { readMarkdown } from '../../src/loaders/markdown.ts';
import { toHtml } from '../../src/markdown/html.ts';
import { readText } from '../../src/markdown/text.ts';
import { articleSchema } from '../../src/schemas/article.ts';
import { commentSchema } from '../../src/schemas/comment.ts';
import { toMoment } from '../../src/schemas/moment.ts';
import { tagSchema } from '../../src/schemas/vocabulary.ts';
import { hostileText, markdown, runs } from '../support/hostile.ts';
import { makeArticle } from '../support/newsroom.ts';

const settings = { numRuns: runs };
const timeout = 60_000 + runs * 20;
const { document, DOMParser } = new JSDOM('', { virtualConsole: new VirtualConsole() }).window;
const parser = new DOMParser();
const allowed =
	/^(?:A|BLOCKQUOTE|BR|CODE|DEL|EM|FIGURE|H[234]|HR|LI|OL|P|PRE|SECTION|STRONG|SUP|TABLE|TBODY|TD|TH|THEAD|TR|UL)$/;
const allowedAttribute =
	/^(?:href|title|id|class|scope|start|aria-(?:label|describedby)|data-footnote(?:s|-ref|-backref))$/;
const allowedAddress = /^(?:https?:\/\/|mailto:|tel:|#|\/(?![/\\]))/i;

/** What an independent parser finds in HTML that no text may hold. */
function faultsIn(html: string): string[] {
	const template = document.createElement('template');
	template.innerHTML = html;
	return [...template.content.querySelectorAll('*')].flatMap((element) => [
		...(allowed.test(element.tagName) ? [] : [element.outerHTML]),
		...[...element.attributes]
			.filter(({ name, value }) => !allowedAttribute.test(name) || (name === 'href' && !allowedAddress.test(value)))
			.map(({ name, value }) => `${name}="${value}"`),
	]);
}

describe('whatever somebody writes', { timeout }, () => {
	test('as a text is refused, or becomes HTML with nothing but what is allowed, for pages and feeds', () => {
		let published = 0;
		fc.assert(
			fc.property(markdown, fc.boolean(), (source, isForFeed) => {
				const { tree, findings } = readText(source);
				if (findings.length > 0) return;
				published++;
				expect(faultsIn(toHtml(tree, { linkTo: (path) => path, isForFeed }))).toEqual([]);
			}),
			settings,
		);
		expect(published).toBeGreaterThan(runs / 10);
	});

	test('as front matter and YAML is read or refused', () => {
		const field = fc.constantFrom(
			'title',
			'standfirst',
			'publishedAt',
			'section',
			'authors',
			'tags',
			'source',
			'lead',
			'x',
		);
		fc.assert(
			fc.property(
				fc.option(fc.dictionary(field, fc.oneof(hostileText, fc.array(hostileText, { maxLength: 3 }), fc.jsonValue()))),
				hostileText,
				(fields, text) => {
					const yaml = fields ? stringify(fields) : text;
					readMarkdown(`---\n${yaml}\n---\n${text}`, 'x.md', articleSchema, []);
				},
			),
			settings,
		);
	});

	test('as a tag, a comment or a date is read or refused', () => {
		fc.assert(
			fc.property(hostileText, (text) => {
				tagSchema.safeParse({ name: text, kind: 'topic', aliases: [text], description: text, sameAs: text });
				const comment = { name: text, text, writtenAt: '2025-06-16', approvedAt: '2025-06-16' };
				const read = commentSchema.safeParse(comment);
				if (read.success) expect(toParagraphs(read.data.text)).not.toEqual([]);
				toMoment(text, 'Asia/Almaty');
			}),
			settings,
		);
		fc.assert(
			fc.property(fc.date({ noInvalidDate: true }), (date) => {
				const read = toMoment(date.toISOString().slice(0, 10), 'Asia/Almaty');
				if (read) expect(toMoment(read.iso, 'Asia/Almaty')).toEqual(read);
			}),
			settings,
		);
	});

	test('stands in feeds that an XML parser reads', async () => {
		await fc.assert(
			fc.asyncProperty(hostileText, markdown, async (line, source) => {
				const { tree, findings } = readText(source);
				const title = articleSchema.shape.title.safeParse(line);
				if (findings.length > 0 || !title.success) return;
				const html = toHtml(tree, { linkTo: (path) => path, isForFeed: true });
				const list = { title: title.data, description: title.data, path: '/tags/x/' };
				const article = makeArticle({ title: title.data, standfirst: title.data });
				const rss = await toRss(list, [toFeedItem(article, html, undefined)]);
				const feed = parser.parseFromString(rss, 'text/xml');
				// What readers would take for HTML is broken in titles by a sign that no title of ours may hold.
				expect(feed.querySelector('item > title')?.textContent.replaceAll('\u2060', '').trim()).toBe(title.data);
			}),
			settings,
		);
	});

	test('has labels and ids that stay the same when they are made of themselves', () => {
		fc.assert(
			fc.property(hostileText, (text) => {
				expect(toLabelKey(toLabelKey(text))).toBe(toLabelKey(text));
			}),
			settings,
		);
		const idOf = (words: string) => [...readText(`## ${words}\n\nText`).ids][0];
		fc.assert(
			fc.property(
				fc.string({ unit: fc.constantFrom(...'aZ9 -жİßﬁÅ!'.split('')), minLength: 1, maxLength: 12 }),
				(words) => {
					const id = idOf(`A${words}`);
					expect(idOf(id ?? '')).toBe(id);
				},
			),
			settings,
		);
	});
});
