import { type AtRule, type ChildNode, type Declaration, parse, type Root, type Rule } from 'postcss';

/** A page with one style sheet or none. */
interface TrimmedPage {
	html: string;
	/** What the style sheet holds. */
	css: string;
}

/**
 * Returns a page without what the machine wrote for nobody: rules of its style sheets for which it has no element, faces
 * of type for which it has no letter, values that nothing uses, and the long names of those that are used, of type and of
 * the classes by which Astro keeps styles apart.
 * @param html a whole page whose style sheets stand in it
 */
export function trimPage(html: string): TrimmedPage {
	const parts = takeApart(html);
	const { texts, cuts, styleAt } = parts;
	const { css, classes } = styleFor(parts);
	const shorten = shortener('_', new Map(classes));
	const values = new Map<string, string>();
	const shortenValue = (value: string) => values.getOrInsertComputed(value, () => shortenClasses(value, shorten));
	const style = css === '' ? '' : `<style>${css}</style>`;
	const trimmed = texts.map((text, i) => text + (i === styleAt ? style : shortenValue(cuts[i] ?? '')));
	return { html: trimmed.join(''), css };
}

/** Takes away the range of letters that all faces of the page share: no other face is there for those outside it. */
function dropLoneRange(css: string): string {
	const [range, ...others] = new Set(css.match(/;?unicode-range:[^;}]*/g));
	return range === undefined || others.length > 0 ? css : css.replaceAll(range, '');
}

/** Gives each of Astro's families of type a name of few letters. */
function shortenFamilies(css: string): string {
	const shorten = shortener('f');
	return css.replace(/"[^"]*-[0-9a-f]{16}(?: fallback: [^"]*)?"/g, shorten);
}

/**
 * Returns a function that gives each name another of few letters, in the order in which they come.
 * @param names those that have one already
 */
function shortener(prefix: string, names = new Map<string, string>()): (name: string) => string {
	return (name) => names.getOrInsertComputed(name, () => prefix + names.size.toString(36));
}

const attribute = String.raw`[^\s"'<>=]+(?:=(?:"[^"]*"|'[^']*'|[^\s"'<>]+))?`;
/** What of a tag is left: signs such as `<style>` may stand in its values as they are. */
const rest = String.raw`[^"'>]*(?:"[^"]*"[^"'>]*|'[^']*'[^"'>]*)*>`;
/**
 * A comment, a style sheet or a script with what is in it, or a tag that begins an element: its name, what stands from
 * there to the value of its class, and that value.
 */
const parts = new RegExp(
	String.raw`<!--.*?-->|<(style|script)\b${rest}(.*?)</\1>|<([a-z][a-z0-9]*)(?:([^\s"'<>=]*(?:\s+${attribute})*?\s+class=")([^"]*)")?${rest}`,
	'gs',
);

/** A page, cut at its style sheets and at the values of its classes. */
interface Parts {
	/** What stands as it is. */
	texts: readonly string[];
	/** What stands behind each of the texts: values of classes. */
	cuts: readonly string[];
	/** Which of the cuts is the place of the first style sheet. */
	styleAt: number;
	sheets: readonly string[];
	/** Names of elements, and of classes with a stop before them. */
	names: ReadonlySet<string>;
}

function takeApart(html: string): Parts {
	const names = new Set(['*', 'html']);
	const values = new Set<string>();
	const sheets: string[] = [];
	const texts: string[] = [];
	const cuts: string[] = [];
	let styleAt = -1;
	let end = 0;
	const cut = (from: number, to: number, value: string) => {
		texts.push(html.slice(end, from));
		cuts.push(value);
		end = to;
	};
	for (const match of html.matchAll(parts)) {
		const [source, element, content = '', name = element, before = '', value] = match;
		const { index } = match;
		if (element === 'style') {
			if (sheets.length === 0) styleAt = texts.length;
			sheets.push(content);
			cut(index, index + source.length, '');
			continue;
		}
		if (name === undefined) continue;
		names.add(name);
		if (value === undefined) continue;
		values.add(value);
		const valueAt = index + `<${name}${before}`.length;
		cut(valueAt, valueAt + value.length, value);
	}
	texts.push(html.slice(end));
	for (const value of values) for (const one of value.split(/\s+/)) names.add(`.${one}`);
	return { texts, cuts, styleAt, sheets, names };
}

/**
 * The comments on an article. Type for letters that only readers have used is not sent: theirs is good for that, and what
 * they write must not make the rest of the page heavier.
 */
const comments = /<section id="comments".*?<\/section>/s;

/** What is left of a style sheet for a page, with the short names of Astro's classes in it. */
interface Style {
	css: string;
	classes: ReadonlyMap<string, string>;
}

/** A style sheet that many pages have. */
interface Sheet {
	root: Root;
	/** What it depends on which rules a page needs: names, and faces of type with the letters that they have. */
	names: readonly string[];
	faces: ReadonlyMap<AtRule, RegExp>;
	/** What pages needed so far, by which of those they have. */
	styles: Map<string, Style>;
}

const readSheets = new Map<string, Sheet>();

function readSheet(css: string): Sheet {
	const root = parse(css);
	const names = new Set<string>();
	const faces = new Map<AtRule, RegExp>();
	root.walkRules(({ selectors }) => selectors.flatMap(needsOf).forEach((name) => names.add(name)));
	root.walkAtRules('font-face', (face) => void faces.set(face, lettersOf(face)));
	return { root, names: [...names], faces, styles: new Map() };
}

/** Returns what a page needs of its style sheet; pages that have the same of what it names need the same. */
function styleFor({ sheets, names, texts }: Parts): Style {
	const sheet = readSheets.getOrInsertComputed(sheets.join('\n'), readSheet);
	const text = texts.join('').replace(comments, '');
	const isNeeded = (letters: RegExp) => letters.test(text);
	const marks = [...sheet.names.map((name) => names.has(name)), ...sheet.faces.values().map(isNeeded)];
	return sheet.styles.getOrInsertComputed(marks.map(Number).join(''), () => {
		const faces = new Set(sheet.faces.keys().filter((_, i) => marks[sheet.names.length + i] === true));
		const values = shortenValues(shortenFamilies(dropLoneRange(keep(sheet.root, { names, faces }))));
		const classes = new Map<string, string>();
		return { css: shortenClasses(values, shortener('_', classes)), classes };
	});
}

/** What of a style sheet a page has use for. */
interface Needs {
	names: ReadonlySet<string>;
	faces: ReadonlySet<AtRule>;
}

function keep(node: Root | AtRule, needs: Needs): string {
	return (node.nodes ?? []).map((child) => keepNode(child, needs)).join('');
}

/** At-rules whose inside is style rules like those outside. Others, such as keyframes, are left as they are. */
const conditions: ReadonlySet<string> = new Set(['container', 'layer', 'media', 'supports']);

function keepNode(node: ChildNode, needs: Needs): string {
	if (node.type === 'rule') {
		if (node.nodes.some(({ type }) => type === 'rule' || type === 'atrule')) return node.toString();
		const selectors = node.selectors.filter((selector) => needsOf(selector).every((name) => needs.names.has(name)));
		return selectors.length === 0 ? '' : `${selectors.join(',')}{${declarations(node)}}`;
	}
	if (node.type !== 'atrule') return '';
	if (node.name === 'font-face') return needs.faces.has(node) ? `@font-face{${declarations(node)}}` : '';
	if (!node.nodes || !conditions.has(node.name)) return node.toString() + (node.nodes ? '' : ';');
	const inside = keep(node, needs);
	return inside === '' ? '' : `@${node.name}${node.params === '' ? '' : ` ${node.params}`}{${inside}}`;
}

function declarations(node: Rule | AtRule): string {
	const isDeclaration = (child: ChildNode): child is Declaration => child.type === 'decl';
	return (node.nodes ?? [])
		.filter(isDeclaration)
		.map(({ prop, value, important }) => `${prop}:${value}${important ? '!important' : ''}`)
		.join(';');
}

/** Returns the elements and classes without which a selector matches nothing. What stands in brackets is left aside. */
function needsOf(selector: string): string[] {
	let plain = selector.replace(/\[[^\]]*\]/g, '');
	for (let before = ''; before !== plain;) {
		before = plain;
		plain = plain.replace(/\([^()]*\)/g, '');
	}
	return plain.replace(/::?[\w-]+/g, '').match(/\.[\w-]+|(?<![\w.#-])[a-z][a-z0-9]*/g) ?? [];
}

/** Returns a pattern for the letters of a face; a face without a range has any. */
function lettersOf(face: AtRule): RegExp {
	const range = face.nodes?.find((node): node is Declaration => node.type === 'decl' && node.prop === 'unicode-range');
	const ranges = range?.value.split(',').map((part) => {
		const [from = '', to = from] = part.trim().slice(2).split('-');
		return `\\u{${from}}-\\u{${to}}`;
	});
	return ranges ? new RegExp(`[${ranges.join('')}]`, 'u') : /^/;
}

/** Gives each custom property that is used a name of few letters, and drops the others. */
function shortenValues(css: string): string {
	const used = new Set(css.match(/(?<=var\()--[\w-]+/g));
	const names = new Map([...used].map((name, i) => [name, `--${i.toString(36)}`]));
	return css
		.replace(/(?<=[{;])(--[\w-]+):[^;}]*(?:;|(?=\}))/g, (all, name: string) => (names.has(name) ? all : ''))
		.replace(/(?<![\w-])--[\w-]+/g, (name) => names.get(name) ?? name);
}

/** Gives each of Astro's classes a name of few letters. */
function shortenClasses(text: string, shorten: (name: string) => string): string {
	return text.replace(/\bastro-[a-z0-9]{8}\b/g, shorten);
}
