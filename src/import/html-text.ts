import { Parser } from 'htmlparser2';

const paragraphs: ReadonlySet<string> = new Set([
	'p',
	'div',
	'blockquote',
	'ul',
	'ol',
	'pre',
	'h1',
	'h2',
	'h3',
	'h4',
	'h5',
	'h6',
]);
const hidden: ReadonlySet<string> = new Set(['script', 'style', 'template', 'noscript']);

/** Returns the words of HTML as plain text, with an empty line between paragraphs; addresses of links stand behind their words. */
export function toPlainParagraphs(html: string): string {
	let text = '';
	let depthHidden = 0;
	const links: { href: string; start: number }[] = [];
	const parser = new Parser({
		onopentag(name, { href }) {
			if (hidden.has(name)) depthHidden++;
			if (paragraphs.has(name)) text += '\n\n';
			if (name === 'br' || name === 'li') text += '\n';
			if (name === 'a') links.push({ href: href ?? '', start: text.length });
		},
		ontext(data) {
			if (depthHidden === 0) text += data;
		},
		onclosetag(name) {
			if (hidden.has(name)) depthHidden--;
			if (paragraphs.has(name)) text += '\n\n';
			const link = name === 'a' ? links.pop() : undefined;
			if (link && /^https?:/i.test(link.href) && !text.slice(link.start).includes(link.href)) text += ` (${link.href})`;
		},
	});
	parser.end(html);
	return text
		.replace(/[^\S\n]+/g, ' ')
		.replace(/ ?\n ?/g, '\n')
		.replace(/\n{3,}/g, '\n\n')
		.trim();
}

/** Returns the words of HTML on one line. */
export function toPlainLine(html: string): string {
	return toPlainParagraphs(html).replace(/\s+/g, ' ');
}
