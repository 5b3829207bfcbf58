import type { Element, ElementContent, Root, RootContent } from 'hast';
import { toHtml as stringify } from 'hast-util-to-html';
import { words } from '../words/words.ts';

/** Where the HTML will stand. */
export interface Setting {
	/** Makes an address of a path of the paper that has no base. */
	linkTo: (path: string) => string;
	/** Stands before every id, so that several texts can stand on one page. */
	idPrefix?: string;
	/**
	 * True leaves out what only our own pages understand: classes, `data-` attributes, `tabindex`, the links by which paragraphs are
	 * cited and the ids that only those need.
	 */
	isForFeed?: boolean;
}

/**
 * Returns the HTML of a text that was read without findings. Nothing in it runs, and every id, class and attribute is
 * one that `readText` allows.
 */
export function toHtml(tree: Root, { linkTo, idPrefix = '', isForFeed = false }: Setting): string {
	function place<T extends Root | RootContent | ElementContent>(node: T): T {
		if (node.type === 'element') placeElement(node);
		if ('children' in node) node.children.forEach(place);
		return node;
	}
	function placeElement({ tagName, properties }: Element) {
		const { href, id } = properties;
		if (tagName === 'a' && typeof href === 'string') {
			if (href.startsWith('#')) properties['href'] = `#${idPrefix}${href.slice(1)}`;
			else if (href.startsWith('/')) properties['href'] = linkTo(href);
		}
		if (typeof id === 'string') properties['id'] = idPrefix + id;
		if (properties['ariaDescribedBy'] !== undefined) properties['ariaDescribedBy'] = [`${idPrefix}footnote-label`];
		if (isForFeed) {
			for (const attribute of Object.keys(properties))
				if (attribute === 'className' || attribute === 'tabIndex' || attribute.startsWith('data'))
					properties[attribute] = null;
		}
	}
	const copy = structuredClone(tree);
	const targets = isForFeed ? new Set(targetsOf(copy)) : undefined;
	for (const node of copy.children) {
		if (node.type !== 'element' || node.tagName !== 'p' || typeof node.properties['id'] !== 'string') continue;
		if (!targets) node.children.push(linkToParagraph(node.properties['id']));
		else if (!targets.has(node.properties['id'])) delete node.properties['id'];
	}
	return stringify(place(copy));
}

/** Returns the link that shows a paragraph's address; its sign comes from the style and so is no part of the text. */
function linkToParagraph(id: string): Element {
	const properties = { className: ['anchor'], href: `#${id}`, ariaLabel: words.paragraphLink };
	return { type: 'element', tagName: 'a', properties, children: [] };
}

/** Returns the ids to which links of the text lead. */
function targetsOf(node: Root | RootContent | ElementContent): string[] {
	const href = node.type === 'element' ? node.properties['href'] : undefined;
	const own = typeof href === 'string' && href.startsWith('#') ? [decodeURIComponent(href.slice(1))] : [];
	return 'children' in node ? [...own, ...node.children.flatMap(targetsOf)] : own;
}

/** Cuts the HTML of a text at its figures: what stands before the first of them, between them, and behind the last. */
export function splitAtFigures(html: string): string[] {
	return html.split('<figure></figure>');
}
