import { type AtRule, type ChildNode, type Declaration, parse, type Root, type Rule } from 'postcss';
import { replaceTags } from './tags.ts';

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
	const page = describe(html);
	const shorten = shortener('_');
	const kept = page.sheets.map((sheet) => keep(parseOnce(sheet), page)).join('');
	const css = shortenClasses(shortenValues(shortenFamilies(dropLoneRange(kept))), shorten);
	let style = css === '' ? '' : `<style>${css}</style>`;
	const trimmed = replaceTags(html, ({ source, element }) => {
		if (element === 'script') return source;
		if (element !== 'style')
			return source.replace(attributes, (attribute, name: string) =>
				name === 'class' ? shortenClasses(attribute, shorten) : attribute,
			);
		const here = style;
		style = '';
		return here;
	});
	return { html: trimmed, css };
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

/** Returns a function that gives each name another of few letters, in the order in which they come. */
function shortener(prefix: string): (name: string) => string {
	const names = new Map<string, string>();
	return (name) => {
		const short = names.get(name) ?? prefix + names.size.toString(36);
		names.set(name, short);
		return short;
	};
}

/** The attributes of a tag with their values, one after the other. */
const attributes = /([^\s"'<>=]+)="([^"]*)"/g;

/** What a page has. */
interface Page {
	/** Names of elements, and of classes with a stop before them. */
	names: ReadonlySet<string>;
	/** Every letter in it. */
	letters: readonly number[];
	/** Its style sheets. */
	sheets: readonly string[];
}

function describe(html: string): Page {
	const names = new Set(['*', 'html']);
	const sheets: string[] = [];
	const body = replaceTags(html, ({ source, element, content }) => {
		if (element === 'style') {
			sheets.push(content);
			return '';
		}
		const [, name] = /^<([a-z][a-z0-9]*)/.exec(source) ?? [];
		if (name !== undefined) names.add(name);
		for (const [, attribute, value = ''] of source.matchAll(attributes))
			if (attribute === 'class') for (const one of value.split(/\s+/)) names.add(`.${one}`);
		return source;
	});
	return { names, letters: [...new Set(body)].map((letter) => letter.codePointAt(0) ?? 0), sheets };
}

const parsed = new Map<string, Root>();

/** Pages of one kind share their style sheets. */
function parseOnce(css: string): Root {
	const known = parsed.get(css) ?? parse(css);
	parsed.set(css, known);
	return known;
}

function keep(node: Root | AtRule, page: Page): string {
	return (node.nodes ?? []).map((child) => keepNode(child, page)).join('');
}

/** At-rules whose inside is style rules like those outside. Others, such as keyframes, are left as they are. */
const conditions: ReadonlySet<string> = new Set(['container', 'layer', 'media', 'supports']);

function keepNode(node: ChildNode, page: Page): string {
	if (node.type === 'rule') {
		if (node.nodes.some(({ type }) => type === 'rule' || type === 'atrule')) return node.toString();
		const selectors = node.selectors.filter((selector) => needsOf(selector).every((name) => page.names.has(name)));
		return selectors.length === 0 ? '' : `${selectors.join(',')}{${declarations(node)}}`;
	}
	if (node.type !== 'atrule') return '';
	if (node.name === 'font-face') return isFaceNeeded(node, page) ? `@font-face{${declarations(node)}}` : '';
	if (!node.nodes || !conditions.has(node.name)) return node.toString() + (node.nodes ? '' : ';');
	const inside = keep(node, page);
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

function isFaceNeeded(face: AtRule, { letters }: Page): boolean {
	const range = face.nodes?.find((node): node is Declaration => node.type === 'decl' && node.prop === 'unicode-range');
	if (!range) return true;
	const ranges = range.value.split(',').map((part) => {
		const [from = 0, to = from] = part
			.trim()
			.slice(2)
			.split('-')
			.map((code) => Number.parseInt(code, 16));
		return { from, to };
	});
	return letters.some((letter) => ranges.some(({ from, to }) => letter >= from && letter <= to));
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
