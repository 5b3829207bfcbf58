import type { Element, Properties, Root } from 'hast';
import { toHtml as stringify } from 'hast-util-to-html';
import { site } from '../site.ts';
import { words } from '../words/words.ts';
import { ownWordsIn } from '../words/writing.ts';

/** Where the HTML will stand. */
export interface Setting {
	/** Makes an address of a path of the paper that has no base. */
	linkTo: (path: string) => string;
	/** Stands before every id, so that several texts can stand on one page. */
	idPrefix?: string;
	/**
	 * True leaves out what only our own pages understand: classes, `data-` and `aria-` attributes, `tabindex`, the links
	 * by which paragraphs are cited and all ids but those of footnotes.
	 */
	isForFeed?: boolean;
	/** The whole address of the page on which the text stands; in feeds, links to a part of the text lead there. */
	page?: string;
	/** The language of the text; the paper's own words in it say theirs where that is another. */
	lang?: string | undefined;
}

/**
 * Returns the HTML of a text that was read without findings. Nothing in it runs, and every id, class and attribute is
 * one that `readText` allows.
 */
export function toHtml(
	tree: Root,
	{ linkTo, idPrefix = '', isForFeed = false, page = '', lang = site.language }: Setting,
): string {
	const ownWords = ownWordsIn(lang);

	function placeElement(element: Element): Element {
		const properties = isForFeed ? toFeedProperties(element.properties) : { ...element.properties };
		const { href, id } = properties;
		if (typeof href === 'string') {
			if (href.startsWith('#') && isForFeed && !isOfFootnote(href.slice(1))) properties['href'] = page + href;
			else if (href.startsWith('#')) properties['href'] = `#${idPrefix}${href.slice(1)}`;
			else if (href.startsWith('/')) properties['href'] = linkTo(href);
		}
		if (typeof id === 'string') properties['id'] = idPrefix + id;
		if (isOwn(element)) Object.assign(properties, ownWords);
		if (properties['ariaDescribedBy'] !== undefined) properties['ariaDescribedBy'] = [`${idPrefix}footnote-label`];
		const children = element.children.map((child) => (child.type === 'element' ? placeElement(child) : child));
		return { ...element, properties, children };
	}
	const children = tree.children.map((node) => {
		if (node.type !== 'element') return node;
		return placeElement(isForFeed ? node : withAddress(node));
	});
	return stringify({ type: 'root', children });
}

/** Tells whether an element says what the paper says, not the text: the heading of the notes, a link back or to a paragraph. */
function isOwn({ properties }: Element): boolean {
	const { id, ariaLabel } = properties;
	return id === 'footnote-label' || ariaLabel !== undefined;
}

/** Tells whether an id is that of a footnote or of a reference to one. */
function isOfFootnote(id: unknown): boolean {
	return typeof id === 'string' && /^fn(?:ref)?-/.test(id);
}

/**
 * Returns the properties that feeds keep. A link's address comes last: the W3C's validator takes a link within the text
 * for a relative one where the address is the first of its attributes.
 */
function toFeedProperties({ id, href, title, ariaLabel, ...others }: Properties): Properties {
	const kept = Object.entries(others).filter(([name]) => !/^(?:className$|tabIndex$|data|aria)/.test(name));
	return {
		...(isOfFootnote(id) && { id }),
		title: title ?? ariaLabel,
		...Object.fromEntries(kept),
		href,
	};
}

/** Returns a part of the text, a paragraph with the link that shows its address. */
function withAddress(part: Element): Element {
	const { id } = part.properties;
	if (part.tagName !== 'p' || typeof id !== 'string') return part;
	return { ...part, children: [...part.children, linkToParagraph(id)] };
}

/** Returns the link that shows a paragraph's address; its sign comes from the style and so is no part of the text. */
function linkToParagraph(id: string): Element {
	const properties = { className: ['anchor'], href: `#${id}`, ariaLabel: words.paragraphLink };
	return { type: 'element', tagName: 'a', properties, children: [] };
}

/** Cuts the HTML of a text at its figures: what stands before the first of them, between them, and behind the last. */
export function splitAtFigures(html: string): string[] {
	return html.split('<figure></figure>');
}
