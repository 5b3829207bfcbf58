import { removeForbidden } from '../markdown/characters.ts';
import { toPlainText } from '../markdown/plain.ts';
import { readText } from '../markdown/text.ts';
import { markers } from './post.ts';

const sentences = new Intl.Segmenter(undefined, { granularity: 'sentence' });

/** Returns a text of which no larger one stays in memory: what is cut out of a text keeps all of that alive. */
export function detach(text: string): string {
	return Buffer.from(text).toString();
}

/** Returns words on one line, without characters that nobody sees. */
export function toLine(text: string): string {
	return removeForbidden(text.normalize('NFC')).replace(/\s+/g, ' ').trim();
}

/** Returns a text of at most `limit` characters: whole sentences where they are enough, otherwise words and an ellipsis. */
export function shorten(text: string, limit: number): string {
	if (lengthOf(text) <= limit) return text;
	let whole = '';
	for (const { segment } of sentences.segment(text)) {
		if (lengthOf((whole + segment).trimEnd()) > limit) break;
		whole += segment;
	}
	if (lengthOf(whole) > limit / 4) return whole.trimEnd();
	const cut = Array.from(text)
		.slice(0, limit - 1)
		.join('');
	const end = cut.lastIndexOf(' ');
	return `${(end > limit / 2 ? cut.slice(0, end) : cut).replace(/[\s.,;:–—-]+$/u, '')}…`;
}

/** Returns how many characters a text has, as schemas count them. */
export function lengthOf(text: string): number {
	return Array.from(text).length;
}

/** Returns the words of the first paragraphs of a markdown text, or else of all that it begins with. */
export function beginningOf(markdown: string): string {
	// A cut within a block does no harm: only the words are wanted.
	const { tree } = readText(removeForbidden(markdown.slice(0, 5000).replace(markers, '')));
	const paragraphs = tree.children.filter((node) => node.type === 'element' && node.tagName === 'p');
	const words = toLine(toPlainText({ type: 'root', children: paragraphs }));
	return words === '' ? toLine(toPlainText(tree)) : words;
}

/** Returns a remark of a text, which no reader gets. */
export function toRemark(words: string): string {
	return `<!-- ${toLine(words).replace(/-{2,}/g, '-').replaceAll('>', '›')} -->`;
}
