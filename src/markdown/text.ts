import type { Element, ElementContent, Root, RootContent, Text as TextNode } from 'hast';
import { markdownToHast } from 'satteri';
import { words } from '../words/words.ts';
import { directionOf, isLanguage } from '../words/writing.ts';
import { explainForbidden, findForbiddenCharacter, isBlank, placeAt } from './characters.ts';
import { checkFootnotes } from './footnotes.ts';
import { decodeAddress, faultOfLink, isPath } from './links.ts';

/** A place in the markdown given. */
interface Place {
	/** Counted from 1. */
	line: number;
	/** Counted from 1. */
	column: number;
}

/** A part of the markdown given, in UTF-16 code units. */
interface Range {
	start: number;
	/** Behind its last character. */
	end: number;
}

/** Something in a text that cannot be published as it is written. */
interface Finding extends Place {
	/** What was found and how to mend it: a sentence without its stop. */
	message: string;
}

/** A link to a page of the paper itself. */
export interface InternalLink extends Place {
	/** Without the base, beginning with a stroke; without query and fragment. */
	path: string;
	/** The id to which it leads on that page. */
	fragment?: string | undefined;
}

/** Words that name a fenced block of YAML which becomes a figure. */
const figureKinds = ['picture', 'map', 'chart', 'table', 'timeline'] as const;
export type FigureKind = (typeof figureKinds)[number];

/** A fenced block that becomes a figure. */
export interface FigureBlock {
	kind: FigureKind;
	yaml: string;
	/** The line of the fence, counted from 1. */
	line: number;
	/** Where the block stands in the markdown given. */
	range: Range;
}

export interface Text {
	/** An empty `figure` stands at the top level where each of the figure blocks stood. */
	tree: Root;
	findings: Finding[];
	/** Every id that the text gives to a part of itself. */
	ids: ReadonlySet<string>;
	internalLinks: InternalLink[];
	figureBlocks: FigureBlock[];
	/** Remarks, which no reader gets. */
	remarks: Range[];
	/** Signs `{#…}` and `{lang=…}`, which only our own markdown has, with the spaces before them. */
	signs: Range[];
}

/** The attributes that the parser gives each element that a text may contain. */
const allowedElements: ReadonlyMap<string, readonly string[]> = new Map([
	['a', ['href', 'title', 'id', 'ariaDescribedBy', 'ariaLabel', 'className', 'dataFootnoteRef', 'dataFootnoteBackref']],
	['blockquote', []],
	['br', []],
	['code', []],
	['del', []],
	['em', []],
	['h2', ['id', 'className']],
	['h3', ['id']],
	['h4', ['id']],
	['hr', []],
	['li', ['id']],
	['ol', ['start']],
	['p', []],
	['pre', []],
	['section', ['className', 'dataFootnotes']],
	['strong', []],
	['sup', []],
	['table', []],
	['tbody', []],
	['td', ['className']],
	['th', ['className', 'scope']],
	['thead', []],
	['tr', []],
	['ul', []],
]);

/** Elements that hold running words. */
const blocks: ReadonlySet<string> = new Set(['h2', 'h3', 'h4', 'li', 'p', 'pre', 'td', 'th']);

const maxDepth = 100;

/** Some fifty thousand words: a longer text is no article, and may be made to keep a computer busy. */
export const maxTextLength = 300_000;

/**
 * Reads markdown (CommonMark with GitHub's tables, footnotes and strikethrough) and checks it against what a text of
 * the paper may contain.
 * @returns the tree, and everything found in it: a text with findings must not be published
 */
export function readText(markdown: string): Text {
	if (markdown.length > maxTextLength) {
		const message = `${markdown.length} characters, of which ${maxTextLength} are allowed. Divide it`;
		return nothingBut({ line: 1, column: 1, message });
	}
	const forbidden = findForbiddenCharacter(markdown);
	if (forbidden) {
		const finding = { ...placeAt(markdown, forbidden.offset), message: explainForbidden(forbidden) };
		return nothingBut(finding);
	}
	const tree = parse(markdown);
	const found = check(tree, markdown);
	found.findings.push(...checkFootnotes(markdown));
	if (found.findings.length === 0 && !tree.children.some((node) => word.test(textOf(node))))
		found.findings.push({ line: 1, column: 1, message: 'no text. Write at least one paragraph' });
	return { tree, ...found };
}

/** A text that was not read any further. */
function nothingBut(finding: Finding): Text {
	const nothing = { ids: new Set<string>(), internalLinks: [], figureBlocks: [], remarks: [], signs: [] };
	return { tree: { type: 'root', children: [] }, findings: [finding], ...nothing };
}

function placeOf({ position }: RootContent | ElementContent): Place {
	return { line: position?.start.line ?? 1, column: position?.start.column ?? 1 };
}

function rangeOf({ position }: RootContent | ElementContent): Range {
	return { start: position?.start.offset ?? 0, end: position?.end.offset ?? 0 };
}

function byPlace(a: Element, b: Element): number {
	const [first, second] = [placeOf(a), placeOf(b)];
	return first.line - second.line || first.column - second.column;
}

function parse(markdown: string): Root {
	const footnotes = { label: words.footnotes, backLabel: words.footnoteBack('{reference}'), clobberPrefix: '' };
	const tree = markdownToHast(markdown, { features: { frontmatter: false, gfm: { footnotes } } });
	if (tree.type !== 'root') throw new TypeError(`The markdown parser returned ${tree.type} where a root was due.`);
	return tree;
}

/** Checks the tree, and makes of the parser's output what pages need: ids, classes for styles, no comments. */
function check(tree: Root, markdown: string): Omit<Text, 'tree'> {
	const findings: Finding[] = [];
	const internalLinks: InternalLink[] = [];
	const figureBlocks: FigureBlock[] = [];
	const remarks: Range[] = [];
	const signs: Range[] = [];
	const fragments: { id: string; node: Element }[] = [];
	const ids = new Set<string>();
	const headings: Element[] = [];
	/** Where signs stand that set an id by hand. */
	const marks = new Set<TextNode>();
	/** Where signs stood that said in which language a quotation is. */
	const languageMarks = new Set<TextNode>();
	let headingLevel = 1;

	const report = (node: RootContent | ElementContent, message: string) =>
		void findings.push({ ...placeOf(node), message });

	function checkHeading(node: Element) {
		const level = Number(node.tagName.slice(1));
		const isOfFootnotes = node.properties['id'] === 'footnote-label';
		if (!isOfFootnotes) {
			if (level > headingLevel + 1)
				report(
					node,
					`a heading of level ${level} below one of level ${headingLevel}. Use ${'#'.repeat(headingLevel + 1)}`,
				);
			headingLevel = level;
			headings.push(node);
		}
	}

	/** Gives every heading and every paragraph of the text itself an id: by hand, else of its words. */
	function setIds(paragraphs: readonly Element[]) {
		const setByHand = new Set<Element>();
		for (const node of [...headings, ...paragraphs].sort(byPlace)) {
			const mark = node.children.at(-1);
			if (mark?.type !== 'text' || !marks.has(mark)) continue;
			const id = takeMark(mark, markdown, idSign);
			if (id === undefined) continue;
			marks.delete(mark);
			signs.push(rangeOfSign(mark, markdown, idSign));
			if (id !== toId(id)) report(mark, `an id {#${id}} that no part of a text can have. Write {#${toId(id)}}`);
			else if (ids.has(id)) report(mark, `a second id {#${id}}. Give every part an id of its own`);
			setByHand.add(node);
			ids.add(id);
			node.properties['id'] = id;
		}
		for (const mark of marks)
			report(mark, 'an id {#…} where none can stand. Move it to the end of a paragraph or heading, or write \\{#…}');
		const uniqueId = numberer(ids);
		for (const node of headings) {
			if (textOf(node).trim() === '') report(node, 'an empty heading. Write its words, or delete it');
			if (!setByHand.has(node)) node.properties['id'] = uniqueId(toId(textOf(node)));
		}
		for (const node of paragraphs) {
			if (textOf(node).trim() === '') report(node, 'an id without a paragraph. Write it at the end of the last line');
			if (!setByHand.has(node)) node.properties['id'] = uniqueId(toId(firstWords(textOf(node))));
		}
	}

	/** Sets the language of a quotation that says it at its end. */
	function checkQuotation(node: Element) {
		const last = node.children.findLast((child) => child.type === 'element');
		const mark = last?.tagName === 'p' ? last.children.at(-1) : undefined;
		const lang = mark?.type === 'text' ? takeMark(mark, markdown, languageSign) : undefined;
		if (mark?.type !== 'text' || lang === undefined) return;
		languageMarks.add(mark);
		signs.push(rangeOfSign(mark, markdown, languageSign));
		if (!isLanguage(lang))
			return void report(mark, `a quotation in {lang=${lang}}, which is no language. Write its tag, such as {lang=ru}`);
		Object.assign(node.properties, { lang, dir: directionOf(lang) });
		if (isBlank(textOf(last ?? node))) node.children = node.children.filter((child) => child !== last);
		if (isBlank(textOf(node))) report(mark, 'a quotation without words. Write it above its {lang=…}');
	}

	function checkLink(node: Element) {
		const { href } = node.properties;
		if (typeof href !== 'string') return;
		const fault = faultOfLink(href);
		if (fault !== undefined) return void report(node, fault);
		if (isBlank(textOf(node)) && !node.children.some(isPicture))
			report(node, `a link to ${href} without words. Write what it leads to, or delete it`);
		const [, path = '', fragment] = /^([^?#]*)[^#]*(?:#(.*))?$/s.exec(href) ?? [];
		const id = fragment === undefined ? undefined : decodeAddress(fragment);
		if (href.startsWith('#')) fragments.push({ id: id ?? '', node });
		else if (isPath(href)) internalLinks.push({ path, fragment: id === '' ? undefined : id, ...placeOf(node) });
	}

	/** What stands for a character may stand for one that must not be there, and an isolate must end with its part. */
	function checkCharacters(node: Element) {
		const { title } = node.properties;
		const texts = [blocks.has(node.tagName) ? wordsOf(node) : '', typeof title === 'string' ? title : ''];
		const forbidden = texts.map(findForbiddenCharacter).find((found) => found !== undefined);
		if (!forbidden) return;
		const holder = node.children.find(
			(child) => child.type === 'text' && findForbiddenCharacter(child.value)?.name === forbidden.name,
		);
		report(holder ?? node, explainForbidden(forbidden));
	}

	/** Notes have the addresses that the parser gives them; they must not be those of others. */
	function checkIdOfNote(node: Element, id: string) {
		const readable = decodeAddress(id);
		if (ids.has(readable)) report(node, 'a note whose name makes the address of another. Give it another name');
		ids.add(readable);
		node.properties['id'] = readable;
	}

	/** Leaves an empty `figure` in the place of a fenced block that names one. */
	function checkFence(node: Element, language: string, depth: number) {
		const kind = figureKinds.find((known) => known === language);
		if (kind === undefined) {
			const near = figureKinds.find((known) => known === language.split(' ', 1)[0]?.toLowerCase());
			const advice = near
				? `Did you mean “${near}”? Write that word alone, in small letters`
				: `A figure is one of ${figureKinds.join(', ')}; for program code leave the word out`;
			return void report(node, `a block called “${language}”. ${advice}`);
		}
		if (!isClosed(node, markdown))
			return void report(node, `a ${kind} whose block is never closed. Write a line \`\`\` below its last field`);
		if (depth > 1) return void report(node, `a ${kind} inside a list or quotation. Put it between two paragraphs`);
		figureBlocks.push({ kind, yaml: textOf(node), line: placeOf(node).line, range: rangeOf(node) });
		node.tagName = 'figure';
		node.children = [];
	}

	function checkElement(node: Element, depth: number) {
		const { tagName } = node;
		if (tagName === 'h1') return void report(node, 'a heading of level 1, which is the headline. Begin with ##');
		if (tagName === 'h5' || tagName === 'h6')
			return void report(node, `a heading of level ${tagName.slice(1)}. Use at most ####`);
		if (tagName === 'img')
			return void report(node, 'a picture in a line. Give it in a block ```picture with file, alt, caption and credit');
		if (tagName === 'ul' && [node.properties['className']].flat().includes('contains-task-list'))
			return void report(node, 'a task list. Write a plain list instead');
		const language = languageOf(node);
		if (language !== undefined) return void checkFence(node, language, depth);
		if (tagName === 'pre' && isFenced(node, markdown) && !isEnded(node, markdown))
			report(node, 'a block of code that is never closed. Write a line ``` below it');
		if (tagName === 'th') node.properties['scope'] = 'col';
		if (tagName === 'th' || tagName === 'td') alignByClass(node);
		const attributes = allowedElements.get(tagName);
		if (!attributes) return void report(node, `an element <${tagName}>. Remove it`);
		for (const attribute of Object.keys(node.properties))
			if (!attributes.includes(attribute)) report(node, `an attribute ${attribute} of <${tagName}>. Remove it`);
		if (/^h\d$/.test(tagName)) checkHeading(node);
		else if (typeof node.properties['id'] === 'string') checkIdOfNote(node, node.properties['id']);
		if (tagName === 'a') checkLink(node);
		if (tagName === 'blockquote') checkQuotation(node);
		if (tagName === 'table') widenTable(node);
		checkCharacters(node);
		if (tagName !== 'code') node.children = node.children.filter((child) => keep(child, depth + 1));
	}

	/** Checks the node and tells whether it belongs in the tree: comments do not. */
	function keep(node: RootContent | ElementContent, depth: number): boolean {
		if (depth > maxDepth) {
			if (node.type === 'element') report(node, `more than ${maxDepth} levels of nesting. Write it flatter`);
			return false;
		}
		if (node.type === 'raw') {
			if (/^\s*<!--(?!-?>)(?:(?!--!?>).)*-->\s*$/s.test(node.value)) {
				remarks.push(rangeOf(node));
				return false;
			}
			report(node, `HTML (${shorten(node.value)}). Write it in markdown; for a "<" write \\<`);
		}
		if (node.type === 'text' && /(?<!\\)\{#[^{}]*\}/.test(sourceOf(node, markdown))) marks.add(node);
		if (node.type === 'text' && !languageMarks.has(node) && /(?<!\\)\{lang=[^{}]*\}/.test(sourceOf(node, markdown)))
			report(node, 'a {lang=…} where none can stand. Move it to the end of a quotation, or write \\{lang=…}');
		if (node.type === 'element') checkElement(node, depth);
		return true;
	}

	tree.children = tree.children.filter((child) => keep(child, 1));
	setIds(
		tree.children.filter(
			(node): node is Element => node.type === 'element' && node.tagName === 'p' && textOf(node).trim() !== '',
		),
	);
	for (const { id, node } of fragments)
		if (!ids.has(id) && id !== 'footnote-label')
			report(node, `a link to #${id}, which no heading and no paragraph of this text has`);
	return { findings, ids, internalLinks, figureBlocks, remarks, signs };
}

/** Returns the words behind the opening of a fenced block; nothing where there are none, or it is no such block. */
function languageOf({ tagName, children: [code] }: Element): string | undefined {
	if (tagName !== 'pre' || code?.type !== 'element') return undefined;
	const name = [code.properties['className']].flat()[0];
	if (typeof name !== 'string') return undefined;
	const meta = code.data && 'meta' in code.data && typeof code.data.meta === 'string' ? ` ${code.data.meta}` : '';
	return name.replace(/^language-/, '') + meta;
}

/** Tells whether a fenced block ends with a fence of its own and has not swallowed the opening of another. */
function isClosed(node: Element, markdown: string): boolean {
	const [code] = node.children;
	return isEnded(node, markdown) && code !== undefined && !/^\s*(?:`{3}|~{3})/m.test(textOf(code));
}

function isFenced(node: Element, markdown: string): boolean {
	return /^(?:`{3}|~{3})/.test(sourceOf(node, markdown));
}

/** Tells whether a fenced block ends with a fence, and not with the text around it. */
function isEnded(node: Element, markdown: string): boolean {
	return /\n[\s>]*(?:`{3,}|~{3,})\s*$/.test(sourceOf(node, markdown));
}

/** Moves a column's alignment from the `style` attribute, which no policy of ours allows, to a class. */
function alignByClass(cell: Element): void {
	const { style } = cell.properties;
	const alignment = typeof style === 'string' ? /text-align:\s*(\w+)/.exec(style)?.[1] : undefined;
	delete cell.properties['style'];
	if (alignment === 'right' || alignment === 'center') cell.properties['className'] = [alignment];
}

/** From so many columns on, a table may be wider than a narrow window: it says that it scrolls, and keys can scroll it. */
export const wideTable = 4;

function widenTable(table: Element): void {
	if (columnsOf(table) >= wideTable) Object.assign(table.properties, { className: ['scrolls'], tabIndex: 0 });
}

const isPicture = (node: ElementContent) => node.type === 'element' && node.tagName === 'img';

function columnsOf({ tagName, children }: Element): number {
	if (tagName === 'tr') return children.filter(({ type }) => type === 'element').length;
	const inside = children.find((child) => child.type === 'element');
	return inside ? columnsOf(inside) : 0;
}

/** Ids that the page around a text has itself, and beginnings of ids that footnotes and comments have. */
const idsOfFrame =
	/^(?:main|tags|comments|comments-title|source|sources|corrections|related|footnote-label)$|^(?:fn|fnref|comment)-/;

/** Returns the id of a part of the text that begins with, or is called, `words`. */
function toId(words: string): string {
	const id = words
		.normalize('NFC')
		.toLowerCase()
		.replace(/[^\p{L}\p{M}\p{N}]+/gu, '-')
		.replace(/^-|-$/g, '');
	if (id === '') return 'part';
	return idsOfFrame.test(id) ? `part-${id}` : id;
}

/** Returns as many words of a paragraph as name it, so that it keeps its id whatever is added to it later. */
function firstWords(paragraph: string): string {
	return paragraph.trim().split(/\s+/, 8).join(' ');
}

function sourceOf({ position }: TextNode | Element, markdown: string): string {
	return position ? markdown.slice(position.start.offset, position.end.offset) : '';
}

const idSign = '{#';
const languageSign = '{lang=';

/**
 * Cuts off what stands in braces at the end of a paragraph, a heading or a quotation, and returns what it says; nothing
 * where there is none.
 * @param sign what the braces begin with: {@link idSign} or {@link languageSign}
 */
function takeMark(last: TextNode, markdown: string, sign: string): string | undefined {
	const source = sourceOf(last, markdown).trimEnd();
	const value = last.value.trimEnd();
	const start = value.lastIndexOf(sign);
	const isEscaped = source[source.lastIndexOf(sign) - 1] === '\\';
	if (start < 0 || isEscaped || !/^[^{}]*\}$/.test(value.slice(start + sign.length))) return undefined;
	last.value = value.slice(0, start).trimEnd();
	return value.slice(start + sign.length, -1);
}

/** Returns where the sign stands that {@link takeMark} has taken. */
function rangeOfSign(last: TextNode, markdown: string, sign: string): Range {
	const { start, end } = rangeOf(last);
	const before = markdown.slice(start, end);
	return { start: start + before.slice(0, before.lastIndexOf(sign)).trimEnd().length, end };
}

/** Returns a function that numbers ids which were already wanted, and adds what it returns to `ids`. */
function numberer(ids: Set<string>): (wanted: string) => string {
	const counts = new Map<string, number>();
	return (wanted) => {
		let count = counts.get(wanted) ?? 0;
		let id: string;
		do {
			count++;
			id = count === 1 ? wanted : `${wanted}-${count}`;
		} while (ids.has(id));
		counts.set(wanted, count);
		ids.add(id);
		return id;
	};
}

function shorten(html: string): string {
	const line = html.replace(/\s+/g, ' ').trim();
	return line.length > 40 ? `${line.slice(0, 39)}…` : line;
}

function textOf(node: Root | RootContent | ElementContent): string {
	if (node.type === 'text') return node.value;
	// The number of a footnote is no word of the text.
	if (node.type === 'element' && node.tagName === 'sup') return '';
	return 'children' in node ? node.children.map(textOf).join('') : '';
}

/** Returns the words of an element that stand in no block within it. */
function wordsOf({ children }: Element): string {
	return children.map((child) => (child.type === 'element' && blocks.has(child.tagName) ? '' : textOf(child))).join('');
}

const word = /[\p{L}\p{N}][\p{L}\p{M}\p{N}.,'’-]*/u;
const everyWord = new RegExp(word, 'gu');

/** Returns how many words a text has. */
export function countWords(tree: Root): number {
	return tree.children.reduce((count, node) => count + (textOf(node).match(everyWord)?.length ?? 0), 0);
}
