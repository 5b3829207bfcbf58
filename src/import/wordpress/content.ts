import { maxHtmlLength, toRemarkMarker } from '../html.ts';

/** A file of the media library. */
export interface Attachment {
	address: string;
	alt: string;
	caption: string;
}

/** What the text of a post refers to. */
export interface ContentSurroundings {
	/** By the number that WordPress gave it. */
	attachments: ReadonlyMap<string, Attachment>;
	/** Numbers of the files that belong to the post. */
	ownAttachments: readonly string[];
}

/** Text of a post as plain HTML. */
export interface PlainContent {
	html: string;
	/** In the place of which {@link toRemarkMarker} stands in the HTML. */
	remarks: string[];
	/** Notes of the text by their names, as HTML. */
	footnotes: Map<string, string>;
	/** What an editor should look at: sentences without their stops. */
	notes: string[];
}

/** Returns the text of a post as WordPress would show it: without blocks and short codes, in paragraphs. */
export function toPlainHtml(content: string, surroundings: ContentSurroundings): PlainContent {
	const plain: PlainContent = { html: content, remarks: [], footnotes: new Map(), notes: [] };
	// It is put aside as it is.
	if (content.length > maxHtmlLength) return plain;
	const written = openCode(content);
	const withoutBlocks = /<!--\s*wp:/.test(written) ? openBlocks(written, plain) : toParagraphs(written);
	const html = openShortcodes(withoutBlocks, surroundings, plain);
	plain.html = html.replace(/\sdata-align="(left|center|right)"/g, ' align="$1"');
	return plain;
}

/** Makes preformatted text of short codes that show program code, before anything in it is taken for something else. */
function openCode(content: string): string {
	return content.replace(
		/\[(code|sourcecode|source)(?:\s[^\]]*)?\]([^]*?)\[\/\1\]/gi,
		(_, __, code: string) => `<pre>${code.replaceAll('<', '&lt;')}</pre>`,
	);
}

const block = /<!--\s*(\/)?wp:([a-z][\w/-]*)\s*(\{[^]*?\}\s*)?(\/)?-->/g;

/** Blocks that are made when a page is shown, of which an export holds no text, but which say nothing themselves. */
const silent: ReadonlySet<string> = new Set([
	'more',
	'nextpage',
	'spacer',
	'separator',
	'footnotes',
	'image',
	'paragraph',
]);

/** Removes what marks blocks; what stands outside of them, or in a classic one, has no paragraphs yet. */
function openBlocks(content: string, plain: PlainContent): string {
	let html = '';
	let done = 0;
	const open: string[] = [];
	const take = (end: number) => {
		const text = content.slice(done, end);
		html += open.length === 0 || open.at(-1) === 'freeform' ? toParagraphs(text) : text;
	};
	for (const { 0: mark, index, 1: closing, 2: name = '', 3: fields, 4: selfClosing } of content.matchAll(block)) {
		take(index);
		done = index + mark.length;
		if (closing !== undefined) open.splice(Math.max(open.lastIndexOf(name), 0));
		else if (selfClosing === undefined) open.push(name);
		else if (!silent.has(name)) html += explainBlock(name, fields, plain);
	}
	take(content.length);
	return html;
}

function explainBlock(name: string, fields: string | undefined, plain: PlainContent): string {
	const address = /"(?:url|href|src)":"(https?:[^"]+)"/.exec(fields ?? '')?.[1]?.replaceAll('\\/', '/');
	plain.notes.push(`the block “${name}” was left out`);
	const remark = addRemark(`the block ${name} stood here: ${fields ?? ''}`, plain);
	return `\n<p>${remark}</p>\n${address === undefined ? '' : `<p>${escapeHtml(address)}</p>\n`}`;
}

function addRemark(words: string, { remarks }: PlainContent): string {
	return toRemarkMarker(remarks.push(words) - 1);
}

const blockTags =
	'address|article|aside|blockquote|details|div|dl|fieldset|figure|footer|form|h[1-6]|header|hr|iframe|main|nav|ol|p|pre|script|section|style|table|ul';
const opening = new RegExp(`<(?:${blockTags})(?:\\s[^>]*)?>`, 'gi');
const closing = new RegExp(`</(?:${blockTags})>|<hr(?:\\s[^>]*)?/?>`, 'gi');
/** Within them text has paragraphs of its own. */
const holders = /<\/?(?:article|aside|blockquote|details|div|section)(?:\s[^>]*)?>/gi;
/** In them line ends mean something else, or nothing. */
const kept = /<(\/?)(?:pre|script|style|textarea|table|ul|ol|figure)(?:\s[^>]*)?>/gi;

/** Puts something in the place of each element in which line ends are kept, with all that is in it. */
function replaceKept(html: string, replace: (element: string) => string): string {
	let replaced = '';
	let done = 0;
	let depth = 0;
	let start = 0;
	for (const { 0: tag, 1: slash, index } of html.matchAll(kept)) {
		if (slash === '' && depth++ === 0) start = index;
		if (slash === '' || depth === 0 || --depth > 0) continue;
		replaced += html.slice(done, start) + replace(html.slice(start, index + tag.length));
		done = index + tag.length;
	}
	return replaced + html.slice(done);
}

/** Puts text whose paragraphs are empty lines into paragraphs, as WordPress does when it shows a classic text. */
function toParagraphs(content: string): string {
	const parts: string[] = [];
	const open = replaceKept(content.replace(/\r\n?/g, '\n'), (part) => `\n\n\uE002x${parts.push(part) - 1}\uE003\n\n`)
		.replace(opening, '\n\n$&')
		.replace(closing, '$&\n\n')
		.replace(holders, '\n\n$&\n\n');
	const paragraphs = open.split(/\n\s*\n/).map((chunk) => {
		const text = chunk.trim();
		const isBlock =
			text === '' || /^\uE002x\d+\uE003$/.test(text) || new RegExp(`^</?(?:${blockTags})\\b`, 'i').test(text);
		return isBlock ? text : `<p>${text.replaceAll('\n', '<br>')}</p>`;
	});
	return paragraphs.join('\n').replace(/\uE002x(\d+)\uE003/g, (_, number: string) => parts[Number(number)] ?? '');
}

/** Short codes that put words into a note at the foot of a text. */
const noteCodes: ReadonlySet<string> = new Set(['ref', 'efn_note', 'mfn', 'footnote', 'fn']);
/** Short codes that show what lies at an address. */
const mediaCodes: ReadonlySet<string> = new Set(['audio', 'video', 'embed', 'youtube', 'vimeo', 'playlist']);

const pair = /\[([a-z][\w-]*)((?:\s[^\]]*)?)\]([^]*?)\[\/\1\]/gi;
const single = /\[([a-z][\w-]*)((?:\s[^\]]*)?)\]/gi;
/** What holds no short codes: code, remarks, tags, and brackets written twice, which stand for brackets. */
const withoutCodes = /<pre\b[^]*?<\/pre>|<code\b[^]*?<\/code>|<!--[^]*?-->|<\/?[a-z][^>]*>|\[\[[^\]]*\]\]/gi;

/** Puts HTML in the place of short codes; of those that nobody knows a remark is left. */
function openShortcodes(html: string, surroundings: ContentSurroundings, plain: PlainContent): string {
	const parts: string[] = [];
	const mask = (part: string) => `\uE002x${parts.push(part.replace(/^\[(\[[^]*\])\]$/, '$1')) - 1}\uE003`;
	const unmask = (text: string): string =>
		text.replace(/\uE002x(\d+)\uE003/g, (_, number: string) => parts[Number(number)] ?? '');
	let text = html.replace(withoutCodes, mask);
	// Those within others are opened first.
	for (let round = 0, before = ''; text !== before && round < 10; round++) {
		before = text;
		text = text.replace(pair, (code: string, name: string, attributes: string, inner: string) =>
			/\[[a-z][^[\]]*\]/i.test(inner.slice(0, Math.max(inner.lastIndexOf('[/'), 0)))
				? code
				: openPair(name.toLowerCase(), unmask(attributes), unmask(inner), surroundings, plain),
		);
		text = text.replace(withoutCodes, mask);
	}
	text = text.replace(single, (code: string, name: string, attributes: string) =>
		openSingle(code, name.toLowerCase(), unmask(attributes), surroundings, plain),
	);
	return unmask(text);
}

function openPair(
	name: string,
	attributes: string,
	inner: string,
	surroundings: ContentSurroundings,
	plain: PlainContent,
): string {
	if (name === 'caption' || name === 'wp_caption') return openCaption(inner, attributes);
	if (name === 'gallery') return openGallery(attributes, surroundings, plain);
	if (mediaCodes.has(name)) return toAddress(attributes, inner);
	if (noteCodes.has(name)) {
		const note = `code-${plain.footnotes.size + 1}`;
		plain.footnotes.set(note, inner);
		return `<sup data-fn="${note}">${plain.footnotes.size}</sup>`;
	}
	return explainCode(name, attributes, plain) + inner;
}

function openSingle(
	code: string,
	name: string,
	attributes: string,
	surroundings: ContentSurroundings,
	plain: PlainContent,
): string {
	if (name === 'gallery') return openGallery(attributes, surroundings, plain);
	if (mediaCodes.has(name) && attributes !== '') return toAddress(attributes, '');
	// Other words in brackets are words.
	return /[\w-]=/.test(attributes) || /_|-\d/.test(name) ? explainCode(name, attributes, plain) : code;
}

function explainCode(name: string, attributes: string, plain: PlainContent): string {
	plain.notes.push(`the short code [${name}] is not known here and was left out`);
	return addRemark(`the short code [${name}${attributes}] stood here`, plain);
}

function openCaption(inner: string, attributes: string): string {
	const [, picture = '', words = ''] = /^\s*((?:<a\b[^>]*>)?\s*<img\b[^>]*>(?:\s*<\/a>)?)([^]*)$/i.exec(inner) ?? [];
	const caption = words.trim() || (valueOf(attributes, 'caption') ?? '');
	return picture === '' ? inner : `<figure>${picture}<figcaption>${caption}</figcaption></figure>`;
}

function openGallery(
	attributes: string,
	{ attachments, ownAttachments }: ContentSurroundings,
	plain: PlainContent,
): string {
	const ids = (valueOf(attributes, 'ids') ?? valueOf(attributes, 'include'))?.split(/[\s,]+/).filter((id) => id !== '');
	return (ids ?? ownAttachments)
		.map((id) => {
			const attachment = attachments.get(id);
			if (!attachment) plain.notes.push(`a gallery shows the file ${id}, which the export does not have`);
			return attachment ? toFigure(id, attachment) : '';
		})
		.join('');
}

function toFigure(id: string, { address, alt, caption }: Attachment): string {
	const picture = `<img class="wp-image-${id}" src="${escapeHtml(address)}" alt="${escapeHtml(alt)}">`;
	return `<figure>${picture}<figcaption>${escapeHtml(caption)}</figcaption></figure>`;
}

/** Shows the address at which something lies in a paragraph of its own. */
function toAddress(attributes: string, inner: string): string {
	const address = /https?:\/\/[^\s"'<>\]]+/.exec(`${inner} ${attributes}`)?.[0];
	return address === undefined ? inner : `<p>${escapeHtml(decodeAmpersands(address))}</p>`;
}

const decodeAmpersands = (address: string) => address.replaceAll('&amp;', '&').replaceAll('&#038;', '&');

function valueOf(attributes: string, name: string): string | undefined {
	const [, doubly, singly, bare] =
		new RegExp(`(?:^|\\s)${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s"']+))`, 'i').exec(attributes) ?? [];
	return doubly ?? singly ?? bare;
}

function escapeHtml(text: string): string {
	return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
