import { hash } from 'node:crypto';
import { Parser } from 'htmlparser2';
import * as paths from '../../domain/paths.ts';
import { site } from '../../site.ts';
import { words } from '../../words/words.ts';
import type { PageFacts } from './facts.ts';
import { leadsToScript, urlAttributes } from './script-address.ts';
import { flight, frame, gzipped, headers } from './weight.ts';

type Attributes = Readonly<Record<string, string | undefined>>;

const setAttributes = new Set(['srcset', 'imagesrcset']);
/** Elements to which no policy applies that stands behind them. */
const ruledElements = new Set(['link', 'style', 'script', 'body']);
const forbiddenElements = new Set(['iframe', 'object', 'embed', 'base']);

/** Reads a page once, from its first sign to its last. */
export function scanPage(html: string): PageFacts {
	const facts: PageFacts = {
		kind: 'page',
		weight: gzipped(html, flight - headers),
		frameWeight: 0,
		hasText: false,
		headline: '',
		ids: [],
		repeatedIds: [],
		links: [],
		canonicals: [],
		refresh: undefined,
		isIndexed: true,
		lists: [],
		counts: [],
		numbers: [],
		publishedAt: undefined,
		forbidden: [],
		policy: undefined,
		styleHashes: [],
		modules: 0,
		fault: undefined,
	};
	const links = new Set<string>();
	const ids = new Set<string>();
	const repeatedIds = new Set<string>();
	const texts: [from: number, to: number][] = [];
	const open: string[] = [];
	/** The depth at which the article's text or its comments are open, and where they began. */
	let text: { depth: number; from: number } | undefined;
	let commentsDepth = 0;
	let isRuled = false;
	/** Where the last link leads, while nothing but a number can follow it. */
	let numbered: string | undefined;
	let collected: { element: 'h1' | 'script' | 'style'; text: string } | undefined;

	const parser = new Parser(
		{
			onopentag(name, attributes: Attributes) {
				open.push(name);
				const { id, class: classes = '' } = attributes;
				if (id !== undefined) (ids.has(id) ? repeatedIds : ids).add(id);
				const isProse = hasWord(classes, 'prose');
				if (isProse) facts.hasText = true;
				if (commentsDepth === 0 && id === 'comments') commentsDepth = open.length;
				if (!text && (isProse || (name === 'ol' && commentsDepth > 0)))
					text = { depth: open.length, from: parser.startIndex };
				// A template is a form that a script fills in: what it holds leads nowhere yet. Readers' links are theirs.
				const isMeant = !open.includes('template') && !hasWord(attributes['rel'] ?? '', 'ugc');
				for (const [attribute, value = ''] of Object.entries(attributes)) {
					if (isMeant) addLinks(attribute, value, links);
					if (attribute === 'style' || attribute.startsWith('on') || leadsToScript(attribute, value))
						facts.forbidden.push(`an attribute ${attribute}`);
				}
				facts.forbidden.push(...forbiddenIn(name, attributes));
				if (name === 'a') readAnchor(attributes, facts);
				if (name !== 'span') numbered = undefined;
				if (name === 'a') numbered = attributes['href'];
				if (name === 'link' && attributes['rel'] === 'canonical') facts.canonicals.push(attributes['href'] ?? '');
				if (name === 'meta') readMeta(attributes, facts, links);
				if (ruledElements.has(name)) isRuled = true;
				if (!isRuled && attributes['http-equiv']?.toLowerCase() === 'content-security-policy')
					facts.policy ??= attributes['content'];
				if (name === 'script' && attributes['type'] === 'module') facts.modules++;
				const isData = name === 'script' && attributes['type'] === 'application/ld+json';
				if (isData || name === 'style' || (name === 'h1' && facts.headline === ''))
					collected = { element: name === 'h1' || name === 'style' ? name : 'script', text: '' };
			},
			ontext(part) {
				if (collected) collected.text += part;
				if (!/^\s*\d/.test(part)) return;
				const number = Number.parseInt(part, 10);
				if (part.trim().startsWith(words.articles(number))) facts.counts.push(number);
				if (numbered !== undefined && !open.includes('a') && part.trim() === String(number))
					facts.numbers.push([numbered, number]);
			},
			onclosetag(name) {
				if (text?.depth === open.length) {
					texts.push([text.from, parser.endIndex + 1]);
					text = undefined;
				}
				if (commentsDepth === open.length) commentsDepth = 0;
				open.pop();
				if (collected?.element !== name) return;
				if (name === 'h1') facts.headline = collected.text.replace(/\s+/g, ' ').trim();
				if (name === 'script') facts.fault ??= faultOfJson(collected.text);
				if (name === 'style') {
					facts.styleHashes.push(hash('sha256', collected.text, 'base64'));
					for (const link of addressesOfStyle(collected.text)) links.add(link);
				}
				collected = undefined;
			},
		},
		{ decodeEntities: true },
	);
	parser.end(html);
	facts.links = [...links];
	facts.ids = [...ids];
	facts.repeatedIds = [...repeatedIds];
	// What is no heavier as a whole is no heavier without its text.
	facts.frameWeight = facts.hasText && facts.weight > frame ? gzipped(cut(html, texts), frame) : facts.weight;
	return facts;
}

function hasWord(list: string, word: string): boolean {
	return list.includes(word) && list.split(/\s+/).includes(word);
}

function addLinks(attribute: string, value: string, links: Set<string>): void {
	if (urlAttributes.has(attribute)) links.add(value.trim());
	else if (setAttributes.has(attribute))
		for (const entry of value.split(/,\s+/)) links.add(entry.trim().split(/\s/, 1)[0] ?? '');
}

/** Reads the link of an article to a list in which it stands. The first that leads to a section is to its own. */
function readAnchor({ href = '', rel = '' }: Attributes, { lists }: PageFacts): void {
	const isSection = (link: string) => link.startsWith(paths.sections()) && link !== paths.sections();
	if (hasWord(rel, 'tag') || hasWord(rel, 'author') || (isSection(href) && !lists.some(isSection))) lists.push(href);
}

function readMeta(attributes: Attributes, facts: PageFacts, links: Set<string>): void {
	const content = attributes['content'] ?? '';
	if (/^https?:\/\/\S+$/.test(content)) links.add(content);
	if (attributes['name'] === 'robots' && /\bnoindex\b/.test(content)) facts.isIndexed = false;
	if (attributes['property'] === 'article:published_time') facts.publishedAt = content;
	if (attributes['http-equiv']?.toLowerCase() !== 'refresh') return;
	facts.refresh = content.replace(/^[^;]*;\s*url=/i, '');
	links.add(facts.refresh);
}

function forbiddenIn(name: string, attributes: Attributes): string[] {
	const found: string[] = [];
	const type = attributes['type'];
	if (name === 'script' && type !== 'application/ld+json' && type !== 'module') found.push('an executable script');
	if (forbiddenElements.has(name)) found.push(`the element ${name}`);
	if (name === 'link' && hasWord(attributes['rel'] ?? '', 'stylesheet')) found.push('a stylesheet of its own');
	for (const address of [name === 'form' ? attributes['action'] : undefined, attributes['formaction']])
		if (address !== undefined && URL.parse(address, site.origin)?.origin !== site.origin)
			found.push('a form that leads elsewhere');
	return found;
}

function addressesOfStyle(css: string): string[] {
	return [...css.matchAll(/url\(\s*["']?([^"')]+)["']?\s*\)/g)].map(([, address = '']) => address.trim());
}

function faultOfJson(text: string): string | undefined {
	try {
		JSON.parse(text);
		return undefined;
	} catch (error) {
		return `has structured data that is no JSON (${error instanceof Error ? error.message : String(error)})`;
	}
}

function cut(html: string, parts: readonly (readonly [number, number])[]): string {
	let rest = '';
	let at = 0;
	for (const [from, to] of parts) {
		rest += html.slice(at, from);
		at = to;
	}
	return rest + html.slice(at);
}
