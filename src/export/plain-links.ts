import type { Element, Root, RootContent } from 'hast';
import type { Splice } from '../domain/splices.ts';
import { escapeMarkdown, toDestination } from '../markdown/escape.ts';
import { decodeAddress, isPath } from '../markdown/links.ts';
import { toPlainText } from '../markdown/plain.ts';

/**
 * Returns what to change in a text's markdown so that its links hold elsewhere: paths of the paper become those that it is
 * given, and a link to a part of the text is its words alone where other programs know no such part.
 * @param tree of the markdown, read without findings
 * @param linkTo makes an address of a path of the paper that has no base
 */
export function toPlainLinks(markdown: string, tree: Root, linkTo: (path: string) => string): Splice[] {
	const elements = [...elementsOf(tree)];
	const parts = new Set(elements.filter(({ tagName }) => /^h\d$/.test(tagName)).map(toIdElsewhere));
	return elements.flatMap((element) => {
		const { href, title } = element.properties;
		const place = placeOf(element);
		if (typeof href !== 'string' || !place) return [];
		if (href.startsWith('#') && !parts.has(decodeAddress(href.slice(1)))) return toWords(markdown, place);
		if (!isPath(href) || linkTo(href) === href) return [];
		const tip = typeof title === 'string' ? ` "${escapeMarkdown(title).replaceAll('"', '\\"')}"` : '';
		return [{ start: place.words.end, end: place.end, text: `](${toDestination(linkTo(href))}${tip})` }];
	});
}

/** Returns what makes of a link its words alone, which must not begin a heading, a list or a quotation then. */
function toWords(markdown: string, { start, end, words }: Place): Splice[] {
	const sign = /^[-+=#>]|^\*(?=\s)|(?<=^\d+)[.)](?=\s)/.exec(markdown.slice(words.start, words.end));
	const at = words.start + (sign?.index ?? 0);
	return [
		{ start, end: words.start, text: '' },
		{ start: at, end: at, text: sign ? '\\' : '' },
		{ start: words.end, end, text: '' },
	];
}

function* elementsOf(node: Root | RootContent): Generator<Element> {
	if (node.type === 'element') yield node;
	if ('children' in node) for (const child of node.children) yield* elementsOf(child);
}

/** Returns the id that GitHub, and others as it does, makes of the words of a heading. */
function toIdElsewhere(heading: Element): string {
	const words = toPlainText({ type: 'root', children: [heading] });
	return words
		.toLowerCase()
		.replace(/[^\p{L}\p{M}\p{N}\p{Pc} -]/gu, '')
		.replaceAll(' ', '-');
}

interface Place {
	start: number;
	end: number;
	words: { start: number; end: number };
}

/** Returns where a link stands, and its words in it; nothing of what the parser makes of notes. */
function placeOf({ position, children }: Element): Place | undefined {
	const [start, end] = [position?.start.offset, position?.end.offset];
	const words = { start: children[0]?.position?.start.offset, end: children.at(-1)?.position?.end.offset };
	if (start === undefined || end === undefined || words.start === undefined || words.end === undefined)
		return undefined;
	return { start, end, words: { start: words.start, end: words.end } };
}
