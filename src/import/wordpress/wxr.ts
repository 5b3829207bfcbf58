import { createReadStream, type ReadStream } from 'node:fs';
import { SaxesParser } from 'saxes';
import { detach } from '../plain.ts';

/** One `item` of an export: a post, a page, a file of the media library, an entry of a menu … */
export interface WxrItem {
	/** The texts of its elements by their names: `wp:post_id`. */
	fields: ReadonlyMap<string, string>;
	terms: readonly WxrTerm[];
	/** The wanted values of its meta fields, in order. */
	meta: readonly (readonly [key: string, value: string])[];
	/** Fields of each comment by their names: `wp:comment_id`. */
	comments: readonly ReadonlyMap<string, string>[];
}

/** A category, a tag or another term of an item. */
export interface WxrTerm {
	domain: string;
	nicename: string;
	name: string;
}

/** What an export says before its items. */
export interface WxrChannel {
	fields: ReadonlyMap<string, string>;
	/** Fields by their names: `wp:author_login`. */
	authors: readonly ReadonlyMap<string, string>[];
	/** Fields by their names: `wp:category_nicename`. */
	categories: readonly ReadonlyMap<string, string>[];
}

interface Reading {
	channel: WxrChannel;
	items: AsyncGenerator<WxrItem, void>;
	/** How many bytes of the file were read. */
	bytesRead: () => number;
	/** What was wrong with the XML, as sentences without their stops: known once all items were read. */
	faults: string[];
}

/** In bytes: no text of a post is longer, and more of it is not taken into memory. */
const longestText = 64_000_000;
const tooLong = `The export holds a text of more than ${longestText / 1_000_000} MB. Shorten it there, and export again.`;

/** In bytes. */
const chunkSize = 256 * 1024;

const mostFaults = 20;

/** Elements of the channel and of items that have fields of their own. */
const groups: ReadonlySet<string> = new Set([
	'wp:author',
	'wp:category',
	'wp:tag',
	'wp:term',
	'wp:comment',
	'wp:postmeta',
]);

/**
 * Begins to read an export (WXR 1.0 to 1.2), of which never more than a few items are in memory.
 * @param wantedMeta names of the meta fields that are wanted
 * @throws Error where the file is no such export, or holds a text that is too long
 */
export async function readWxr(file: string, wantedMeta: ReadonlySet<string>): Promise<Reading> {
	const collector = new Collector(wantedMeta);
	const stream = createReadStream(file, { encoding: 'utf8', highWaterMark: chunkSize });
	const parts = readParts(stream, collector);
	const items = itemsOf(parts, collector);
	// The first item comes behind everything that the channel says.
	const first = await items.next();
	if (!collector.isWxr) throw new Error(`${file} is no export of WordPress (WXR): it has no <wp:wxr_version>.`);
	const all = async function* (): AsyncGenerator<WxrItem, void> {
		if (first.done !== true) yield first.value;
		yield* items;
	};
	return { channel: collector.channel, items: all(), faults: collector.faults, bytesRead: () => stream.bytesRead };
}

async function* itemsOf(parts: AsyncIterable<void>, collector: Collector): AsyncGenerator<WxrItem, void> {
	for await (const _ of parts) yield* collector.takeItems();
	yield* collector.takeItems();
}

async function* readParts(stream: ReadStream, collector: Collector): AsyncGenerator<void> {
	const parser = new SaxesParser();
	let size = 0;
	const seen = () => void (size = 0);
	parser.on('opentag', ({ name, attributes }) => {
		seen();
		collector.open(name, attributes);
	});
	parser.on('text', (text) => {
		seen();
		collector.add(text);
	});
	parser.on('cdata', (text) => {
		seen();
		collector.add(text);
	});
	parser.on('closetag', ({ name }) => {
		seen();
		collector.close(name);
	});
	parser.on('error', (error) => void collector.fault(error.message));
	for await (const chunk of stream) {
		const text = String(chunk);
		size += text.length;
		if (size > longestText) throw new Error(tooLong);
		parser.write(text);
		yield;
	}
	parser.close();
}

interface OpenItem {
	fields: Map<string, string>;
	terms: WxrTerm[];
	meta: [key: string, value: string][];
	comments: Map<string, string>[];
}

interface OpenChannel {
	fields: Map<string, string>;
	authors: Map<string, string>[];
	categories: Map<string, string>[];
}

/** Puts together what the parser tells. */
class Collector {
	readonly faults: string[] = [];
	readonly channel: OpenChannel = { fields: new Map(), authors: [], categories: [] };
	readonly #wantedMeta: ReadonlySet<string>;
	readonly #path: string[] = [];
	#text = '';
	#attributes: Readonly<Record<string, string>> = {};
	#group = new Map<string, string>();
	#item: OpenItem | undefined;
	#items: WxrItem[] = [];

	constructor(wantedMeta: ReadonlySet<string>) {
		this.#wantedMeta = wantedMeta;
	}

	get isWxr(): boolean {
		return this.channel.fields.has('wp:wxr_version');
	}

	takeItems(): WxrItem[] {
		const items = this.#items;
		this.#items = [];
		return items;
	}

	fault(message: string): void {
		if (this.faults.length < mostFaults) this.faults.push(message.replace(/\.$/, ''));
	}

	open(name: string, attributes: Readonly<Record<string, string>>): void {
		this.#path.push(name);
		this.#text = '';
		this.#attributes = attributes;
		if (this.#path.length === 3 && name === 'item')
			this.#item = { fields: new Map(), terms: [], meta: [], comments: [] };
		else if (groups.has(name)) this.#group = new Map();
	}

	add(text: string): void {
		// Elements that hold others hold nothing but white space beside them.
		this.#text += text;
		if (this.#text.length > longestText) throw new Error(tooLong);
	}

	close(name: string): void {
		this.#path.pop();
		const parent = this.#path.at(-1) ?? '';
		// Texts of posts do not stay, but what is short may.
		const text = this.#text.length < 1000 ? detach(this.#text) : this.#text;
		this.#text = '';
		if (name === 'item' && this.#item) {
			this.#items.push(this.#item);
			this.#item = undefined;
		} else if (groups.has(name)) this.#closeGroup(name);
		else if (groups.has(parent)) this.#group.set(name, text);
		else if (parent === 'item' && this.#item) this.#closeField(name, text, this.#item);
		else if (parent === 'channel') this.channel.fields.set(name, text);
	}

	#closeField(name: string, text: string, item: OpenItem): void {
		const { domain = '', nicename = '' } = this.#attributes;
		if (name === 'category') item.terms.push({ domain, nicename, name: text });
		else item.fields.set(name, text);
	}

	#closeGroup(name: string): void {
		const group = this.#group;
		this.#group = new Map();
		if (name === 'wp:author') this.channel.authors.push(group);
		if (name === 'wp:category') this.channel.categories.push(group);
		if (name === 'wp:comment') this.#item?.comments.push(group);
		const key = group.get('wp:meta_key') ?? '';
		if (name === 'wp:postmeta' && this.#wantedMeta.has(key))
			this.#item?.meta.push([key, group.get('wp:meta_value') ?? '']);
	}
}
