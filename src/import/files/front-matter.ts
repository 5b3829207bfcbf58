import { parse as parseToml, TomlDate } from 'smol-toml';
import { parse as parseYaml } from 'yaml';
import { isRecord } from '../../loaders/yaml.ts';
import { splitFrontMatter } from '../../markdown/front-matter.ts';

/** A text of another program with the fields above it, whatever they are called. */
export interface ForeignFile {
	fields: Readonly<Record<string, unknown>>;
	body: string;
}

/**
 * Splits a text with `\n` line ends from its front matter: YAML between lines `---`, TOML between lines `+++`, or JSON in
 * braces. A text without front matter has no fields.
 * @throws Error where the front matter cannot be read
 */
export function readForeignFile(text: string): ForeignFile {
	const toml = /^\+\+\+[ \t]*\n(.*?)^\+\+\+[ \t]*(?:\n|$)/ms.exec(text);
	if (toml?.index === 0) return { fields: parseToml(toml[1] ?? ''), body: text.slice(toml[0].length) };
	const yaml = splitFrontMatter(text);
	if (yaml) return { fields: toFields(readYaml(yaml.frontMatter)), body: yaml.body };
	const json = /^\{\n.*?^\}[ \t]*(?:\n|$)/ms.exec(text);
	if (json?.index === 0) return { fields: toFields(JSON.parse(json[0])), body: text.slice(json[0].length) };
	return { fields: {}, body: text };
}

/** Reads YAML as other programs write it: dates stay text, and of a key given twice the last counts. */
export function readYaml(text: string): unknown {
	return parseYaml(text, { version: '1.2', schema: 'core', uniqueKeys: false, logLevel: 'error', maxAliasCount: 100 });
}

function toFields(value: unknown): Record<string, unknown> {
	if (value === null) return {};
	if (!isRecord(value)) throw new Error('holds no fields');
	return value;
}

/** What the fields of many programs mean here. */
export interface KnownFields {
	title: string;
	standfirst: string | undefined;
	date: string | undefined;
	/** Readers were to see it from then on. */
	embargo: string | undefined;
	/** Readers were to see it until then. */
	expires: string | undefined;
	updated: string | undefined;
	isDraft: boolean;
	slug: string | undefined;
	/** The address that the text gives itself: a whole one, a path or a pattern. */
	address: string | undefined;
	/** The oldest first, as whoever adds to a list does. */
	formerAddresses: string[];
	tags: string[];
	categories: string[];
	authors: string[];
	picture: { address: string; alt: string | undefined; caption: string | undefined } | undefined;
	language: string | undefined;
}

/**
 * The rules by which front matter is taken over: for each field of ours the names that others give it, of which the first
 * that is there counts. Letter case makes no difference.
 */
const names = {
	title: ['title', 'headline'],
	standfirst: ['description', 'excerpt', 'summary', 'subtitle', 'standfirst', 'abstract'],
	date: ['date', 'publishDate', 'publishedAt', 'published_at', 'pubDate', 'created'],
	embargo: ['publishDate', 'pubDate', 'published'],
	expires: ['expiryDate', 'unpublishDate'],
	updated: ['lastmod', 'last_modified_at', 'updated', 'updatedAt', 'updatedDate', 'modified'],
	slug: ['slug'],
	address: ['url', 'permalink'],
	formerAddresses: ['aliases', 'redirect_from'],
	tags: ['tags', 'tag', 'keywords'],
	categories: ['categories', 'category', 'section'],
	authors: ['authors', 'author'],
	picture: ['image', 'cover', 'featured_image', 'feature_image', 'thumbnail', 'header', 'images', 'heroImage'],
	language: ['lang', 'language', 'locale'],
} as const;

/** Returns what the fields of a text mean. @param separator what stands between tags that are one text */
export function readFields(fields: Readonly<Record<string, unknown>>, separator = /,/): KnownFields {
	const written = new Map(Object.entries(fields).map(([name, value]) => [name.toLowerCase(), value]));
	const find = (field: keyof typeof names) =>
		names[field]
			.map((name) => written.get(name.toLowerCase()))
			.find((value) => value !== undefined && value !== null && value !== '');
	const picture = find('picture');
	return {
		title: toText(find('title')) ?? '',
		standfirst: toText(find('standfirst')),
		date: toText(find('date')),
		embargo: toText(find('embargo')),
		expires: toText(find('expires')),
		updated: toText(find('updated')),
		isDraft: isTrue(written.get('draft')) || isFalse(written.get('published')) || isUnrendered(written),
		slug: toText(find('slug')),
		address: toText(find('address')),
		formerAddresses: toList(find('formerAddresses')),
		tags: toList(find('tags'), separator),
		categories: toList(find('categories'), separator),
		authors: toList(find('authors')),
		picture: toPicture(picture),
		language: toText(find('language')),
	};
}

const isTrue = (value: unknown) => value === true || (typeof value === 'string' && /^(?:true|yes|on)$/i.test(value));
const isFalse = (value: unknown) => value === false || (typeof value === 'string' && /^(?:false|no|off)$/i.test(value));

/** Tells whether Hugo made no page of a text. */
function isUnrendered(written: ReadonlyMap<string, unknown>): boolean {
	const build = written.get('build') ?? written.get('_build');
	const render = isRecord(build) ? (build['render'] ?? true) : true;
	return isTrue(written.get('headless')) || !(isTrue(render) || render === 'always');
}

/** Returns plain text of a value; nothing where it is none. */
export function toText(value: unknown): string | undefined {
	if (typeof value === 'string') return value.replace(/\s+/g, ' ').trim() || undefined;
	if (typeof value === 'number') return String(value);
	if (value instanceof TomlDate) return value.toISOString();
	return undefined;
}

/** Returns the entries of a list, the parts of a text, or the names of things that have some. */
function toList(value: unknown, separator = /,/): string[] {
	if (typeof value === 'string') return value.split(separator).flatMap((part) => toText(part) ?? []);
	const entries = Array.isArray(value) ? value : value === undefined ? [] : [value];
	return entries.flatMap((entry: unknown) => toText(isRecord(entry) ? (entry['name'] ?? entry['title']) : entry) ?? []);
}

function toPicture(value: unknown): KnownFields['picture'] {
	const first: unknown = Array.isArray(value) ? value[0] : value;
	if (!isRecord(first)) {
		const address = toText(first);
		return address === undefined ? undefined : { address, alt: undefined, caption: undefined };
	}
	const address = toText(first['image'] ?? first['path'] ?? first['src'] ?? first['url'] ?? first['teaser']);
	if (address === undefined) return undefined;
	return { address, alt: toText(first['alt'] ?? first['image_alt']), caption: toText(first['caption']) };
}
