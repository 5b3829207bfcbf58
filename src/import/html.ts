import { strikethrough, tables } from '@joplin/turndown-plugin-gfm';
import { markdownToMdast } from 'satteri';
import TurndownService from 'turndown';
import { faultOfLink } from '../markdown/links.ts';
import { maxTextLength } from '../markdown/text.ts';
import { isLargeTree, wouldBeLarge } from './html-size.ts';
import { toLine, toRemark } from './plain.ts';
import { type ImportedPicture, type LinkTo, markers, toMarker } from './post.ts';

/** What HTML refers to beside itself. */
export interface HtmlSurroundings {
	linkTo: LinkTo;
	/** Returns the picture that an `img` shows; nothing where it shows none, such as a pixel that counts visits. */
	pictureOf: (img: Element) => ImportedPicture | undefined;
	/** Notes, as HTML, by their names: an element with `data-fn` refers to one. */
	footnotes?: ReadonlyMap<string, string>;
	/** Remarks, in the place of which {@link toRemarkMarker} stands in the text. */
	remarks?: readonly string[];
}

/** The text of a post, as {@link ImportedPost} has it. */
export interface ConvertedText {
	markdown: string;
	pictures: ImportedPicture[];
	/** What an editor should look at: sentences without their stops. */
	notes: string[];
	/** Why the text stands there as it was, a sentence without its stop. */
	fault?: string;
}

/** In characters: a longer one is no article, and would keep a computer busy. */
export const maxHtmlLength = 2_000_000;

const tooDeep = 'its HTML is nested too deeply, or has too many parts';

/** Cells of all tables of a text, of which each takes at least the six signs of `| --- `. */
const mostCells = maxTextLength / 6;

const tooManyCells = `its tables have more than ${mostCells} cells`;

/** Returns what stands in HTML for the remark of the number. */
export function toRemarkMarker(number: number): string {
	return `\uE002${number}\uE003`;
}

const remarkMarkers = /\uE002(\d+)\uE003/g;
/** Characters that stand for something here, and so can stand for nothing in what is converted. */
const reserved = /[\uE000-\uE003]/g;

/** Elements of which nothing but a remark is left, with the attribute that says what they showed. */
const replaced: ReadonlyMap<string, string> = new Map([
	['IFRAME', 'src'],
	['OBJECT', 'data'],
	['EMBED', 'src'],
	['VIDEO', 'src'],
	['AUDIO', 'src'],
	['FORM', 'action'],
	['SCRIPT', 'src'],
	['CANVAS', 'id'],
	['SVG', 'id'],
	['svg', 'id'],
]);

/** Where digits stand high or low, as characters of their own. */
const raised: Readonly<Record<string, readonly [from: string, to: string]>> = {
	SUP: ['0123456789+-=()n', '⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ'],
	SUB: ['0123456789+-=()', '₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎'],
};

/** Returns HTML without the characters that have a meaning here; remarks are to be put in afterwards. */
export function withoutReserved(html: string): string {
	return html.replace(reserved, '');
}

/** Brings HTML into the markdown that texts of the paper are written in. */
export function toMarkdown(html: string, surroundings: HtmlSurroundings): ConvertedText {
	const parts = [html, ...(surroundings.footnotes?.values() ?? [])];
	const length = parts.reduce((sum, part) => sum + part.length, 0);
	if (length > maxHtmlLength)
		return leave(html, `its text has ${length} characters of HTML, of which ${maxHtmlLength} are allowed`);
	if (parts.some(wouldBeLarge)) return leave(html, tooDeep);
	try {
		return new Converter(surroundings).convert(html);
	} catch (error) {
		if (error instanceof RangeError) return leave(html, faultOfRange(error));
		throw error;
	}
}

/** Explains why a text could not be read that asked for more than a computer has: a clause without its stop. */
export function faultOfRange({ message }: RangeError): string {
	return message === tooDeep || message === tooManyCells ? message : `its text cannot be read: ${message}`;
}

function leave(html: string, fault: string): ConvertedText {
	return { markdown: html, pictures: [], notes: [], fault };
}

class Converter {
	readonly #surroundings: HtmlSurroundings;
	readonly #remarks: string[];
	readonly #pictures: ImportedPicture[] = [];
	readonly #notes = new Set<string>();
	/** Names of footnotes in the order in which the text refers to them. */
	readonly #footnotes: string[] = [];
	readonly #turndown: TurndownService;
	/** Trees that were found to be small enough. */
	readonly #measured = new WeakSet<Node>();
	#headingLevel = 1;
	#cells = 0;

	constructor(surroundings: HtmlSurroundings) {
		this.#surroundings = surroundings;
		this.#remarks = [...(surroundings.remarks ?? [])];
		this.#turndown = new TurndownService({
			headingStyle: 'atx',
			hr: '---',
			br: '\\',
			bulletListMarker: '-',
			codeBlockStyle: 'fenced',
			emDelimiter: '*',
		});
		this.#turndown.escape = escapeText;
		this.#turndown.use([strikethrough, tables]);
		this.#addRules();
	}

	convert(html: string): ConvertedText {
		const text = this.#turndown.turndown(html);
		const notes = this.#footnotes.map((name, i) => this.#toFootnote(name, i + 1)).join('\n\n');
		const length = text.length + notes.length;
		if (length > maxTextLength)
			return leave(html, `its text has ${length} characters, of which ${maxTextLength} are allowed`);
		return {
			markdown: this.#placeRemarks(placePictures(`${text}\n\n${notes}`.trim())).replace(/[ \t]+$/gm, ''),
			pictures: this.#pictures,
			notes: [...this.#notes],
		};
	}

	/** The rule that is added last is asked first. */
	#addRules(): void {
		const turndown = this.#turndown;
		const add = (name: string, filter: TurndownService.Filter, replacement: TurndownService.ReplacementFunction) =>
			void turndown.addRule(name, { filter, replacement });
		add('heading', ['h1', 'h2', 'h3', 'h4', 'h5', 'h6'], (content, node) => this.#toHeading(content, node));
		add('pre', 'pre', (content, node) => toCode(content, node));
		add('emphasis', ['em', 'i', 'cite', 'dfn', 'var'], (content, node) => emphasise(content, '*', node));
		add('strong', ['strong', 'b'], (content, node) => emphasise(content, '**', node));
		add('raised', ['sup', 'sub'], (content, node) => this.#toRaised(content, node));
		add('link', 'a', (content, node) => this.#toLink(content, node));
		add('picture', 'img', (_, node) => (isElement(node) ? this.#toPicture(node) : ''));
		add('caption', 'figcaption', (content, node) => (isOfPicture(node) ? '' : `\n\n${content}\n\n`));
		add('break', 'br', (_, node) => (isElement(node) ? toBreak(node) : ''));
		add(
			'blockInCell',
			(node) => /^(?:P|DIV)$/.test(node.nodeName) && node.closest('td, th') !== null,
			(content) => ` ${content} `,
		);
		add(
			'wideTable',
			(node) => node.nodeName === 'TABLE' && isWithBlocks(node),
			(content) => this.#toParagraphs(content),
		);
		add(
			'partOfWideTable',
			(node) => /^T[DHR]$/.test(node.nodeName) && isInWideTable(node),
			(content) => `\n\n${content}\n\n`,
		);
		add(
			'replaced',
			(node) => replaced.has(node.nodeName),
			(_, node) => (isElement(node) ? this.#toReplaced(node) : ''),
		);
		add(
			'nothing',
			(node) => /^(?:STYLE|NOSCRIPT|TEMPLATE|INPUT|BUTTON|SELECT|TEXTAREA|LINK|META)$/.test(node.nodeName),
			() => '',
		);
		// Asked of each element before those in it.
		add(
			'measure',
			({ ownerDocument }) => {
				if (!this.#measured.has(ownerDocument)) this.#measure(ownerDocument);
				this.#measured.add(ownerDocument);
				return false;
			},
			(content) => content,
		);
	}

	/** @throws RangeError where a tree is too large to be converted */
	#measure(tree: Document): void {
		if (isLargeTree(tree)) throw new RangeError(tooDeep);
		for (const table of Array.from(tree.querySelectorAll('table'))) {
			if (!isWithBlocks(table)) this.#cells += settleTable(table);
			if (this.#cells > mostCells) throw new RangeError(tooManyCells);
		}
	}

	#toHeading(content: string, node: TurndownService.Node): string {
		const words = content.replace(/\s*\n\s*/g, ' ').trim();
		if (withoutMarkers(words) === '') return `\n\n${words}\n\n`;
		const wanted = Math.max(Number(node.nodeName.charAt(1)), 2);
		this.#headingLevel = Math.min(wanted, this.#headingLevel + 1, 4);
		return `\n\n${'#'.repeat(this.#headingLevel)} ${words}\n\n`;
	}

	#toRaised(content: string, node: TurndownService.Node): string {
		const name = isElement(node) ? node.getAttribute('data-fn') : null;
		if (name !== null && this.#surroundings.footnotes?.has(name) === true) {
			if (!this.#footnotes.includes(name)) this.#footnotes.push(name);
			return `[^${this.#footnotes.indexOf(name) + 1}]`;
		}
		const [from = '', to = ''] = raised[node.nodeName] ?? [];
		const signs = Array.from(content.trim(), (sign) => to[from.indexOf(sign)]);
		if (signs.every((sign) => sign !== undefined)) return signs.join('');
		if (/^\d/.test(content)) this.#notes.add(`“${toLine(content)}” stood above or below its line`);
		return content;
	}

	#toFootnote(name: string, number: number): string {
		const text = this.#turndown.turndown(this.#surroundings.footnotes?.get(name) ?? '');
		return `[^${number}]: ${text.replaceAll('\n', '\n    ')}`;
	}

	#toLink(content: string, node: TurndownService.Node): string {
		const href = isElement(node) ? node.getAttribute('href') : null;
		const words = content.replace(/\s*\n\s*/g, ' ').replace(/<(https?:[^<>\s]*)>/g, '$1');
		if (withoutMarkers(words) === '' || href === null || href.trim() === '') {
			const isWhole = /\.(?:jpe?g|png|gif|webp|avif)$/i.test(href ?? '');
			if (content.search(markers) !== -1 && !isWhole) this.#notes.add(`a picture led to ${href ?? ''}`);
			return content;
		}
		// The number of a note becomes a reference as a whole.
		if (isElement(node) && node.closest('[data-fn]') !== null) return content;
		const link = this.#surroundings.linkTo(href);
		if ('fault' in link) {
			this.#notes.add(`the link “${toLine(withoutMarkers(words))}” to ${href} was taken out: it ${link.fault}`);
			return content;
		}
		if (link.note !== undefined) this.#notes.add(link.note);
		// A picture leads to itself at most: what was behind it is told of in words.
		const pictures = words.match(markers)?.join('') ?? '';
		return `[${words.replace(markers, '').trim()}](${encodeAddress(link.href)})${pictures}`;
	}

	#toPicture(img: Element): string {
		const alt = img.getAttribute('alt') ?? '';
		if (/\b(?:emoji|wp-smiley)\b/.test(img.className)) return escapeText(alt);
		const picture = this.#surroundings.pictureOf(img);
		if (!picture) return '';
		const caption = captionOf(img);
		this.#pictures.push({ ...picture, caption: caption === '' ? picture.caption : caption });
		return toMarker(this.#pictures.length - 1);
	}

	#toReplaced(element: Element): string {
		const name = element.nodeName.toLowerCase();
		const attribute = replaced.get(element.nodeName) ?? 'src';
		const source = element.getAttribute(attribute) ?? element.querySelector('source')?.getAttribute('src') ?? '';
		this.#notes.add(source === '' ? `a <${name}> was left out` : `a <${name}> was left out, which showed ${source}`);
		const remark = this.#remark(`${name} was left out here: ${source}`);
		const isShown = /^(?:iframe|video|audio|embed|object)$/.test(name);
		const link = isShown ? this.#surroundings.linkTo(source.replace(/^\/\//, 'https://')) : { fault: '' };
		if ('fault' in link || !/^https?:/.test(link.href)) return `\n\n${remark}\n\n`;
		return `\n\n${remark}\n\n[${escapeText(new URL(link.href).hostname)}](${encodeAddress(link.href)})\n\n`;
	}

	#toParagraphs(content: string): string {
		this.#notes.add('a table that held lists, code or headings has become paragraphs');
		return `\n\n${content}\n\n`;
	}

	#remark(words: string): string {
		return toRemarkMarker(this.#remarks.push(words) - 1);
	}

	#placeRemarks(markdown: string): string {
		return markdown.replace(remarkMarkers, (_, number: string) => toRemark(this.#remarks[Number(number)] ?? ''));
	}
}

/** Elements at whose edges a line ends by itself. */
const blocks =
	/^(?:P|DIV|LI|UL|OL|DL|DT|DD|TD|TH|TABLE|BLOCKQUOTE|PRE|H[1-6]|HR|FIGURE|FIGCAPTION|SECTION|ARTICLE|BODY|X-TURNDOWN)$/;

/** Returns the end of a line, where there is a line before it and one behind it. */
function toBreak(br: Element): string {
	if (br.closest('td, th, h1, h2, h3, h4, h5, h6') !== null) return ' ';
	return isAtEdge(br, 'previousSibling') || isAtEdge(br, 'nextSibling') ? '' : '\\\n';
}

function isAtEdge(node: Node, side: 'previousSibling' | 'nextSibling'): boolean {
	for (let sibling = node[side]; sibling; sibling = sibling[side]) {
		if (blocks.test(sibling.nodeName)) return true;
		if (sibling.nodeName !== 'BR' && ((sibling.textContent ?? '').trim() !== '' || sibling.nodeName === 'IMG'))
			return false;
	}
	const parent = node.parentNode;
	return parent === null || blocks.test(parent.nodeName) || isAtEdge(parent, side);
}

function isElement(node: TurndownService.Node): node is HTMLElement {
	return node.nodeType === 1;
}

const withoutMarkers = (text: string) => text.replace(markers, '').replace(remarkMarkers, '').trim();

/** The words below the pictures of figures, which are asked for with each picture. */
const captions = new WeakMap<Element, string>();

/** Returns the words below a picture, where its figure has such. */
function captionOf(img: Element): string {
	const figure = img.closest('figure');
	if (!figure) return '';
	return captions.getOrInsertComputed(figure, () => {
		// The parser's lists cannot all be spread.
		const caption = Array.from(figure.children).find((child) => child.nodeName === 'FIGCAPTION');
		return toLine(caption?.textContent ?? '');
	});
}

/** Tells whether a caption is that of a picture, which takes it along. */
function isOfPicture(caption: TurndownService.Node): boolean {
	const figure = isElement(caption) ? caption.parentElement : null;
	if (figure?.nodeName !== 'FIGURE') return false;
	return Array.from(figure.querySelectorAll('img')).some((img) => img.closest('figure') === figure);
}

/** Whether tables hold blocks, which is asked for each of their cells. */
const tablesWithBlocks = new WeakMap<Element, boolean>();

/** Tells whether a table holds what cells of markdown cannot. */
function isWithBlocks(table: Element): boolean {
	return tablesWithBlocks.getOrInsertComputed(
		table,
		// The parser's own `querySelector` does not answer with null.
		() => table.querySelectorAll('ul, ol, pre, blockquote, h1, h2, h3, h4, h5, h6, hr, table').length > 0,
	);
}

/**
 * Prepares a table for being converted, and returns how many cells it will have: all rows become as wide as the widest.
 * Its rows are looked up once for all, since the parser walks through the whole table whenever it is asked for one.
 */
function settleTable(table: Element): number {
	const rows = Array.from(table.querySelectorAll('tr'));
	Object.defineProperty(table, 'rows', { value: rows });
	const widths = rows.map(({ children }) => Array.from(children, widthOf).reduce((sum, width) => sum + width, 0));
	return rows.length * widths.reduce((most, width) => Math.max(most, width), 0);
}

function widthOf(cell: Element): number {
	return Math.max(Number(cell.getAttribute('colspan')) || 1, 1);
}

function isInWideTable(node: HTMLElement): boolean {
	const table = node.closest('table');
	return table !== null && isWithBlocks(table);
}

/** Returns preformatted text as a block of code, and verses as lines. */
function toCode(content: string, node: TurndownService.Node): string {
	if (isElement(node) && node.classList.contains('wp-block-verse'))
		return `\n\n${content.trim().replace(/\s*\n/g, '\\\n')}\n\n`;
	const code = linesOf(node).replace(/^\n|\s+$/g, '');
	const longest = Math.max(2, ...(code.match(/`{3,}/g) ?? []).map((run) => run.length));
	const fence = '`'.repeat(longest + 1);
	return `\n\n${fence}\n${code}\n${fence}\n\n`;
}

function linesOf(node: Node): string {
	if (node.nodeName === 'BR') return '\n';
	if (node.nodeType === 3) return node.nodeValue ?? '';
	return Array.from(node.childNodes, linesOf).join('');
}

/** Stops at an edge of emphasised words that keep markdown from seeing the emphasis beside a letter. */
const stops = '.,:;!?…"\'«»“”„‘’–—';

function emphasise(content: string, sign: string, node: Node): string {
	if (withoutMarkers(content) === '') return content;
	const isLetter = (text: string | null | undefined) => /^[\p{L}\p{N}]$/u.test(text ?? '');
	const before = isLetter(node.previousSibling?.textContent?.at(-1)) ? content.slice(0, stopsIn(content)) : '';
	const rest = content.slice(before.length);
	const after = isLetter(node.nextSibling?.textContent?.[0]) ? rest.slice(rest.length - stopsIn(rest, -1)) : '';
	const inner = rest.slice(0, rest.length - after.length);
	// A line end at an edge would take the sign behind it for a sign.
	const [, start = '', core = '', end = ''] = /^((?:\\\n|\s)*)([^]*?)((?:\\\n|\s)*)$/.exec(inner) ?? [];
	const lines = core.split(/(\n{2,})/).map((part) => (part.trim() === '' ? part : `${sign}${part.trim()}${sign}`));
	return `${before}${start}${lines.join('')}${end}${after}`;
}

/** Returns how many stops a text begins with. @param step -1 for those with which it ends */
function stopsIn(text: string, step: 1 | -1 = 1): number {
	let count = 0;
	while (count < text.length && stops.includes(text.at(step === 1 ? count : -1 - count) ?? '')) count++;
	return count;
}

/** An address that readers would follow as it stands in a text. */
const bareAddress = /https?:\/\/[^\s<>"'`\\|*[\]]+/giu;

/** Returns words so that markdown takes them for words. */
function escapeText(text: string): string {
	let escaped = '';
	let done = 0;
	for (const { 0: address, index } of text.matchAll(bareAddress)) {
		escaped += escapeWords(text.slice(done, index));
		// What cannot be a link, such as an address of the paper's own host, must not become one by itself.
		escaped += faultOfLink(address) === undefined ? address : `\`${address}\``;
		done = index + address.length;
	}
	return escaped + escapeWords(text.slice(done));
}

function escapeWords(text: string): string {
	return text
		.replace(/[\\*`[\]_<]/g, '\\$&')
		.replace(/~~/g, '\\~\\~')
		.replace(/\{(?=#)/g, '\\{')
		.replace(/&(?=#?\w+;)/g, '\\&')
		.replace(/^(\s*)(?=[-+>=]|#{1,6}(?:\s|$)|~{3})/, '$1\\')
		.replace(/^(\s*\d+)(?=[.)](?:\s|$))/, '$1\\');
}

/** Returns an address as it can stand in the brackets of a link of markdown. */
export function encodeAddress(href: string): string {
	return href.replace(/[()<>\s\\]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`);
}

/** Puts each picture behind the paragraph, list or table in which it stood, alone between empty lines. */
function placePictures(markdown: string): string {
	if (markdown.search(markers) === -1) return markdown;
	const { children } = toBlocks(markdown);
	const parts = children.map(({ position }, i) => {
		const start = position?.start.offset ?? 0;
		const end = children[i + 1]?.position?.start.offset ?? markdown.length;
		return markdown.slice(start, end).trimEnd();
	});
	return parts
		.flatMap((part) => [part.replace(markers, '').trimEnd(), ...(part.match(markers) ?? [])])
		.filter((part) => part.trim() !== '')
		.join('\n\n');
}

function toBlocks(markdown: string) {
	const tree = markdownToMdast(markdown, { features: { frontmatter: false } });
	if (tree.type !== 'root') throw new TypeError(`The markdown parser returned ${tree.type} where a root was due.`);
	return tree;
}
