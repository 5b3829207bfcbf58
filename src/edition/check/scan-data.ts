import { gunzipSync } from 'node:zlib';
import { z } from 'astro/zod';
import { SaxesParser } from 'saxes';
import type { DataFacts } from './facts.ts';
import { leadsToScript } from './script-address.ts';

/** Addresses that an XML file is read for: the names of the elements that hold them, from the outermost. */
const linkPaths = new Set(['rss channel item link', 'urlset url loc', 'sitemapindex sitemap loc']);

const noFacts = (): DataFacts => ({
	kind: 'data',
	fault: undefined,
	root: '',
	links: [],
	pictures: [],
	previous: undefined,
});

function picturesIn(text: string): string[] {
	const addresses = text.matchAll(/[^\s"'()<>&;\\]*\/_astro\/[^\s"'()<>&\\]+/g);
	return [...new Set([...addresses].map(([address]) => address))];
}

/** Reads an XML file: a feed, a sitemap or another. */
export function scanXml(text: string): DataFacts {
	const facts = { ...noFacts(), pictures: picturesIn(text) };
	const parser = new SaxesParser({ xmlns: true });
	const open: string[] = [];
	let link: string | undefined;
	parser.on('error', ({ message }) => (facts.fault ??= `is not well-formed XML (${message})`));
	parser.on('opentag', ({ name, local, attributes }) => {
		if (open.length === 0) facts.root = name;
		open.push(name);
		if (facts.root === 'svg' && isScript(local, attributes)) facts.fault ??= 'runs script';
		if (linkPaths.has(open.join(' '))) link = '';
		if (open.length === 3 && name === 'atom:link' && attributes['rel']?.value === 'prev-archive')
			facts.previous = attributes['href']?.value;
	});
	parser.on('text', (part) => {
		if (link !== undefined) link += part;
	});
	parser.on('closetag', () => {
		open.pop();
		if (link !== undefined) facts.links.push(link.trim());
		link = undefined;
	});
	parser.write(text).close();
	return facts;
}

/** Tells whether an element of a picture runs script where the picture is opened by its own address. */
function isScript(name: string, attributes: Readonly<Record<string, { value: string }>>): boolean {
	const isRunning = ([attribute, { value }]: [string, { value: string }]) =>
		/^on/i.test(attribute) || leadsToScript(attribute, value);
	return name.toLowerCase() === 'script' || Object.entries(attributes).some(isRunning);
}

/** What Pagefind writes before the JSON of an article. */
const fragmentMark = 'pagefind_dcd';

/** Reads a file in which Pagefind keeps an article: JSON behind a mark, gzipped. */
export function scanFragment(bytes: Uint8Array): DataFacts {
	const facts: DataFacts = { ...noFacts(), root: 'fragment' };
	try {
		const fragment: unknown = JSON.parse(gunzipSync(bytes).toString().slice(fragmentMark.length));
		facts.links.push(z.object({ url: z.string() }).parse(fragment).url);
	} catch (error) {
		facts.fault = `cannot be read by the search (${error instanceof Error ? error.message : String(error)})`;
	}
	return facts;
}

/** Reads what search engines are told: where sitemaps are. */
export function scanRobots(text: string): DataFacts {
	const links = [...text.matchAll(/^sitemap:(.*)$/gim)].map(([, link = '']) => link.trim());
	return { ...noFacts(), root: 'robots', links };
}

/** Reads a JSON file. */
export function scanJson(text: string): DataFacts {
	const facts = { ...noFacts(), pictures: picturesIn(text) };
	try {
		JSON.parse(text);
	} catch (error) {
		facts.fault = `is no JSON (${error instanceof Error ? error.message : String(error)})`;
	}
	return facts;
}
