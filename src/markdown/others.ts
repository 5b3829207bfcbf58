import type { Element, ElementContent, Root, RootContent } from 'hast';
import { toHtml } from 'hast-util-to-html';
import { markdownToHast } from 'satteri';

/** A text of another program as HTML that is there to be converted, and must never be shown: nothing in it is checked. */
export interface OthersText {
	/** An element `sup` with `data-fn` refers to each note. */
	html: string;
	/** Notes by their names, as HTML. */
	footnotes: ReadonlyMap<string, string>;
}

/** Returns the HTML of markdown that was written for another program, with the HTML that it holds. */
export function toHtmlOfOthers(markdown: string): OthersText {
	const features = { frontmatter: false, gfm: { footnotes: { clobberPrefix: '' } } };
	const tree = markdownToHast(markdown, { features });
	if (tree.type !== 'root') throw new TypeError(`The markdown parser returned ${tree.type} where a root was due.`);
	const footnotes = new Map<string, string>();
	const children = tree.children.filter((node) => {
		if (node.type !== 'element' || node.properties['dataFootnotes'] === undefined) return true;
		for (const item of itemsOf(node))
			footnotes.set(String(item.properties['id']).replace(/^fn-/, ''), stringify(item.children.map(withoutBackLinks)));
		return false;
	});
	return { html: stringify(children.map(toReference)), footnotes };
}

function stringify(children: RootContent[]): string {
	const root: Root = { type: 'root', children };
	return toHtml(root, { allowDangerousHtml: true });
}

function itemsOf({ children }: Element): Element[] {
	return children.flatMap((child) => {
		if (child.type !== 'element') return [];
		return child.tagName === 'li' ? [child] : itemsOf(child);
	});
}

function withoutBackLinks<T extends RootContent | ElementContent>(node: T): T {
	if (node.type !== 'element') return node;
	const children = node.children.filter(
		(child) => child.type !== 'element' || child.properties['dataFootnoteBackref'] === undefined,
	);
	return { ...node, children: children.map(withoutBackLinks) };
}

/** Gives references to notes the form in which they are looked for. */
function toReference<T extends RootContent | ElementContent>(node: T): T {
	if (node.type !== 'element') return node;
	const [link] = node.children;
	const isReference = link?.type === 'element' && link.properties['dataFootnoteRef'] !== undefined;
	if (!isReference) return { ...node, children: node.children.map(toReference) };
	return { ...node, properties: { dataFn: String(link.properties['href']).replace(/^#fn-/, '') } };
}
