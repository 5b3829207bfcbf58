import type { ElementContent, Root, RootContent } from 'hast';

/** Elements within a line: their words belong to the words around them. */
const inline: ReadonlySet<string> = new Set(['a', 'code', 'del', 'em', 'strong']);

/** Returns the words of a text on one line: without marks, without numbers of footnotes and the links back from them. */
export function toPlainText(tree: Root): string {
	return wordsOf(tree).replace(/\s+/g, ' ').trim();
}

function wordsOf(node: Root | RootContent | ElementContent): string {
	if (node.type === 'text') return node.value;
	if (!('children' in node)) return '';
	if (node.type === 'element') {
		if (node.tagName === 'sup' || node.properties['dataFootnoteBackref'] !== undefined) return '';
		if (inline.has(node.tagName)) return node.children.map(wordsOf).join('');
	}
	return ` ${node.children.map(wordsOf).join('')} `;
}
