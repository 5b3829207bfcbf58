import { JSDOM } from 'jsdom';
import { z } from 'astro/zod';
import { faultsOfHtml, idsOfHtml } from './feed-html.ts';
import { words } from '../../src/words/words.ts';
import { parseJson } from './json.ts';

/**
 * The rules of the W3C's feed validator (w3c/feedvalidator), warnings included, of RFC 5005, OPML 2.0 and JSON Feed 1.1,
 * as far as feeds of ours could break them.
 */

const namespaces: Readonly<Record<string, string>> = {
	atom: 'http://www.w3.org/2005/Atom',
	content: 'http://purl.org/rss/1.0/modules/content/',
	dc: 'http://purl.org/dc/elements/1.1/',
	fh: 'http://purl.org/syndication/history/1.0',
	media: 'http://search.yahoo.com/mrss/',
};
const relations = new Set(['self', 'hub', 'current', 'prev-archive', 'next-archive']);
const channelElements = [
	'title',
	'link',
	'description',
	'language',
	'lastBuildDate',
	'atom:link',
	'fh:archive',
	'item',
];
const itemElements = 'title link guid pubDate category description content:encoded dc:creator media:content'.split(' ');
const repeatable = new Set(['atom:link', 'item', 'category']);

const wholeAddress = /^https?:\/\/[\w.-]+(?::\d+)?\/[\w;/?:@&=+$.\-!~*'()%,#]*$/;
const tagUri = /^tag:(?:[a-z0-9\-._]+@)?[a-z0-9.-]+,\d{4}(?:-\d{2}(?:-\d{2})?)?:[\w;/?:@&=+$.\-!~*'()%,]*$/;
const rfc2822 =
	/^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), (\d\d (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4}) \d\d:\d\d:\d\d (?:[+-]\d\d[03]0|GMT)$/;
const rfc3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:Z|[+-]\d\d:\d\d)$/;
const mostBytes = 5_000_000;

const childrenOf = (parent: Element, name: string) => [...parent.children].filter(({ nodeName }) => nodeName === name);
const textOf = (parent: Element, name: string) => childrenOf(parent, name)[0]?.textContent ?? '';

/**
 * Returns what is wrong with an RSS document: sentences, none where all is well.
 * @param address where readers find it
 * @param now the clock, in milliseconds since 1970
 */
export function faultsOfRss(xml: string, address: string, now: number): string[] {
	const faults: string[] = [];
	const { documentElement: root } = new JSDOM(xml, { contentType: 'text/xml' }).window.document;
	const [channel, ...others] = root.children;
	if (
		root.nodeName !== 'rss' ||
		root.getAttribute('version') !== '2.0' ||
		channel?.nodeName !== 'channel' ||
		others.length > 0
	)
		return [`${address}: is no RSS 2.0`];
	for (const { name, value } of root.attributes)
		if (name !== 'version' && namespaces[name.replace('xmlns:', '')] !== value) faults.push(`the namespace ${name}`);
	if (Buffer.byteLength(xml) > mostBytes) faults.push('more than 5,000,000 bytes');
	if (xml.replace(/<!\[CDATA\[.*?\]\]>/gs, '').includes('&amp;')) faults.push('an ampersand not written hexadecimally');
	if (/[\x80-\x9f\ufffd]/.test(xml)) faults.push('a character of a broken encoding');

	faults.push(...faultsOfElements(channel, channelElements, ['title', 'link', 'description', 'language']));
	const names = [...channel.children].map(({ nodeName }) => nodeName);
	if (names.lastIndexOf('item') !== names.length - 1 && names.includes('item')) faults.push('metadata after an item');
	for (const name of ['title', 'description']) faults.push(...faultsOfPlainText(textOf(channel, name)));
	const archive = childrenOf(channel, 'fh:archive')[0];
	if (archive && (archive.childNodes.length > 0 || archive.attributes.length > 0))
		faults.push('an fh:archive with content');
	faults.push(...faultsOfLinks(childrenOf(channel, 'atom:link'), address, archive !== undefined));

	const items = childrenOf(channel, 'item');
	const dates = items.map((item) => Date.parse(textOf(item, 'pubDate')));
	if (dates.some((date, i) => date > (dates[i - 1] ?? Infinity))) faults.push('items out of order');
	if (items.length > 0 && textOf(channel, 'lastBuildDate') === '') faults.push('no lastBuildDate');
	for (const { textContent: date } of root.querySelectorAll('pubDate, lastBuildDate')) {
		const [, weekday, day = ''] = rfc2822.exec(date) ?? [];
		if (weekday === undefined || !new Date(`${day} UTC`).toUTCString().startsWith(weekday))
			faults.push(`the date ${date}`);
		if (!(Date.parse(date) <= now && Date.parse(date) > Date.UTC(1990))) faults.push(`the implausible date ${date}`);
	}
	for (const item of items) faults.push(...faultsOfItem(item).map((fault) => `${textOf(item, 'link')}: ${fault}`));
	faults.push(...repeatedIn(items.map((item) => textOf(item, 'guid'))));
	faults.push(...repeatedIn(items.flatMap((item) => idsOfHtml(textOf(item, 'content:encoded')))));
	return faults.map((fault) => `${address}: ${fault}`);
}

function faultsOfElements(parent: Element, known: readonly string[], needed: readonly string[]): string[] {
	const names = [...parent.children].map(({ nodeName }) => nodeName);
	return [
		...names.filter((name) => !known.includes(name)).map((name) => `the element ${name}`),
		...repeatedIn(names.filter((name) => !repeatable.has(name))),
		...needed.filter((name) => !names.includes(name)).map((name) => `no ${name}`),
		...[...parent.children]
			.filter(
				({ nodeName, children, textContent }) =>
					nodeName !== 'item' &&
					!/^(?:atom|fh|media):/.test(nodeName) &&
					(children.length > 0 || textContent.trim() === ''),
			)
			.map(({ nodeName }) => `an empty ${nodeName}, or one that holds elements`),
		...childrenOf(parent, 'link')
			.filter(({ textContent }) => !wholeAddress.test(textContent))
			.map(({ textContent }) => `the address ${textContent}`),
	];
}

function faultsOfLinks(links: readonly Element[], address: string, isArchive: boolean): string[] {
	const byRelation = new Map(links.map((link) => [link.getAttribute('rel') ?? '', link]));
	const self = byRelation.get('self');
	return [
		...links
			.filter(
				(link) => !wholeAddress.test(link.getAttribute('href') ?? '') || !relations.has(link.getAttribute('rel') ?? ''),
			)
			.map((link) => `the link ${link.outerHTML}`),
		...repeatedIn(links.map((link) => link.getAttribute('rel') ?? '')),
		...(self?.getAttribute('href') === address ? [] : ['no link to itself']),
		...(self?.getAttribute('type') === 'application/rss+xml' ? [] : ['a link to itself without its type']),
		...(isArchive && !byRelation.has('current') ? ['an archive that does not name the current document'] : []),
	];
}

function faultsOfItem(item: Element): string[] {
	const guid = childrenOf(item, 'guid')[0];
	const names = [...item.children].map(({ nodeName }) => nodeName);
	const faults = faultsOfElements(item, itemElements, [
		'title',
		'link',
		'guid',
		'description',
		'pubDate',
		// A notice in the place of a retracted article is nobody's work.
		...(textOf(item, 'title') === words.retracted ? [] : ['dc:creator']),
	]);
	if (guid?.getAttribute('isPermaLink') !== 'false' || !tagUri.test(guid.textContent))
		faults.push('a guid that is no tag URI');
	const content = names.indexOf('content:encoded');
	if (content !== -1 && content < names.indexOf('description')) faults.push('a description after the text');
	for (const name of ['title', 'category'])
		for (const { textContent } of childrenOf(item, name)) faults.push(...faultsOfPlainText(textContent));
	for (const name of ['description', 'content:encoded']) faults.push(...faultsOfHtml(textOf(item, name)));
	for (const media of childrenOf(item, 'media:content')) {
		const value = (name: string) => media.getAttribute(name) ?? '';
		const isSized = /^[1-9]\d*$/.test(value('width')) && /^[1-9]\d*$/.test(value('height'));
		if (
			!wholeAddress.test(value('url')) ||
			!/^image\/(?:png|jpeg)$/.test(value('type')) ||
			value('medium') !== 'image' ||
			!isSized
		)
			faults.push(`the picture ${media.outerHTML}`);
	}
	return faults;
}

/** Readers take tags and references in plain text for HTML. */
function faultsOfPlainText(text: string): string[] {
	return /<[/a-z!?]|&#?\w+;/i.test(text) ? [`markup in "${text}"`] : [];
}

function repeatedIn(names: readonly string[]): string[] {
	return [...new Set(names.filter((name, i) => names.indexOf(name) !== i))].map((name) => `${name} twice`);
}

/** Returns what is wrong with an OPML document. */
export function faultsOfOpml(xml: string): string[] {
	const faults: string[] = [];
	const { documentElement: root } = new JSDOM(xml, { contentType: 'text/xml' }).window.document;
	const names = [...root.children].map(({ nodeName }) => nodeName).join();
	if (root.nodeName !== 'opml' || root.getAttribute('version') !== '2.0' || names !== 'head,body')
		faults.push('is no OPML 2.0');
	for (const outline of root.querySelectorAll('outline')) {
		const value = (name: string) => outline.getAttribute(name) ?? '';
		const isFeed = outline.hasAttribute('type');
		// Labels are HTML to the validator: what a strict parser of HTML would stumble over.
		if (value('text') === '' || /<|&[\w#]/.test(value('text'))) faults.push(`the label ${value('text')}`);
		if (isFeed && (value('type') !== 'rss' || value('title') === ''))
			faults.push(`${value('text')}: no feed with a title`);
		if (isFeed && ![value('xmlUrl'), value('htmlUrl')].every((address) => wholeAddress.test(address)))
			faults.push(`${value('text')}: no whole addresses`);
		if (!isFeed && outline.children.length === 0) faults.push(`${value('text')}: an empty group`);
	}
	return faults;
}

const address = z.string().regex(wholeAddress);
const time = z.string().regex(rfc3339);
const line = z.string().min(1);
/** JSON Feed 1.1, with nothing beside what it knows. */
const jsonFeedSchema = z.strictObject({
	version: z.literal('https://jsonfeed.org/version/1.1'),
	title: line,
	home_page_url: address,
	feed_url: address,
	description: line,
	language: z.string().regex(/^[a-z]{2,3}(?:-[\w-]+)?$/),
	icon: address,
	hubs: z
		.array(z.strictObject({ type: line, url: address }))
		.min(1)
		.optional(),
	items: z.array(
		z.strictObject({
			id: z.string().regex(tagUri),
			url: address,
			title: line,
			summary: line,
			content_html: line,
			image: address.optional(),
			date_published: time,
			date_modified: time,
			authors: z
				.array(z.strictObject({ name: line, url: address.optional() }))
				.min(1)
				.optional(),
			tags: z.array(line).optional(),
		}),
	),
});

/** Returns what is wrong with a JSON Feed. @throws where it has another shape */
export function faultsOfJsonFeed(json: string, feedAddress: string): string[] {
	const feed = parseJson(jsonFeedSchema, json);
	const dates = feed.items.map((item) => Date.parse(item.date_published));
	return [
		...(feed.feed_url === feedAddress ? [] : ['another address']),
		...(dates.some((date, i) => date > (dates[i - 1] ?? Infinity)) ? ['items out of order'] : []),
		...feed.items.flatMap((item) => faultsOfHtml(item.content_html).map((fault) => `${item.url}: ${fault}`)),
		...repeatedIn(feed.items.map(({ id }) => id)),
		...repeatedIn(feed.items.flatMap((item) => idsOfHtml(item.content_html))),
	].map((fault) => `${feedAddress}: ${fault}`);
}
