import { stat } from 'node:fs/promises';
import { toLabelKey } from '../../domain/labels.ts';
import * as paths from '../../domain/paths.ts';
import { metaKey } from '../../domain/wxr.ts';
import { tellProgress } from '../../environment.ts';
import { toMoment } from '../../schemas/moment.ts';
import { site } from '../../site.ts';
import { type HtmlSurroundings, toMarkdown, withoutReserved } from '../html.ts';
import { toPlainLine, toPlainParagraphs } from '../html-text.ts';
import {
	type ImportedComment,
	type ImportedPicture,
	type ImportedPost,
	type ImportedTerm,
	type LeftOut,
	type LinkTo,
	type Outline,
	savingsOf,
	type Source,
} from '../post.ts';
import { type Attachment, toPlainHtml } from './content.ts';
import { dateOfMeta, formerAddressesOf, isRetracted, readMeta, textOfContent, withMeta } from './meridian.ts';
import { shorten } from '../plain.ts';
import { readWxr, type WxrChannel, type WxrItem, type WxrTerm } from './wxr.ts';

/** Fields of posts, serialised ones among them, are a matter of plug-ins: these alone mean something here. */
const wantedMeta: ReadonlySet<string> = new Set([
	'_thumbnail_id',
	'_wp_attachment_image_alt',
	'_wp_old_slug',
	'_yoast_wpseo_metadesc',
	'_yoast_wpseo_primary_category',
	'footnotes',
	metaKey,
]);

/** Kinds of items that are settings, or copies of posts, and nothing that readers saw. */
const settings: ReadonlySet<string> = new Set([
	'nav_menu_item',
	'revision',
	'custom_css',
	'customize_changeset',
	'oembed_cache',
	'wp_global_styles',
	'wp_navigation',
	'wp_template',
	'wp_template_part',
	'wp_font_family',
	'wp_font_face',
	'user_request',
]);

/** What is known of an export once it was read through. */
interface Library {
	channel: WxrChannel;
	home: URL | undefined;
	attachments: Map<string, Attachment>;
	/** Numbers of attachments by the addresses of their files, sizes aside. */
	byAddress: Map<string, string>;
	/** Numbers of attachments by the number of the post to which they belong. */
	byPost: Map<string, string[]>;
	/** Numbers of attachments that a text shows. */
	shown: Set<string>;
	authors: Map<string, ImportedTerm>;
	categories: Map<string, ReadonlyMap<string, string>>;
	/** Addresses of this program's lists, without the base, that have something which readers see. */
	lists: Set<string>;
}

/** Opens exports of one WordPress (WXR), which are read through twice: for what is where, and for the texts. */
export async function openWordPress(files: readonly string[]): Promise<Source> {
	const [first = ''] = files;
	const { channel, items } = await readWxr(first, wantedMeta);
	// Closes the file.
	for await (const _ of items) break;
	const library = toLibrary(channel);
	const leftOut = new LeftOutList();
	return {
		title: toPlainLine(channel.fields.get('title') ?? '') || (library.home?.hostname ?? 'WordPress'),
		address: library.home?.href,
		feedSuffix: 'feed/',
		async *outlines() {
			for await (const { item } of readAll(files, leftOut)) {
				if (field(item, 'wp:post_type') === 'attachment') addAttachment(item, library);
				else if (isPost(item)) {
					const outline = toOutline(item, library);
					for (const list of listsOf(item, outline)) library.lists.add(list);
					yield outline;
				}
			}
		},
		async *posts(linkTo) {
			for await (const { item } of readAll(files, undefined)) {
				const reason = reasonToLeave(item);
				if (reason !== undefined) leftOut.add(item, reason);
				else if (isPost(item)) yield toPost(item, library, linkTo, leftOut);
			}
			leftOut.hidden = library.attachments.size - library.shown.size;
		},
		leftOut: () => [...leftOut.list(), savingsOf('WordPress')],
	};
}

/** Collects what becomes nothing here. */
class LeftOutList {
	hidden = 0;
	readonly #single: LeftOut[] = [];
	readonly #counts = new Map<string, number>();

	add(item: WxrItem, reason: string): void {
		const kind = field(item, 'wp:post_type');
		if (settings.has(kind)) return this.count(`things of the kind ${kind}`);
		const title = toPlainLine(field(item, 'title'));
		const origin = field(item, 'link') || `number ${field(item, 'wp:post_id')}`;
		this.#single.push({ what: `“${title}”, ${origin}: ${reason}`, count: 1 });
	}

	count(what: string): void {
		this.#counts.set(what, (this.#counts.get(what) ?? 0) + 1);
	}

	fault(file: string, reason: string): void {
		this.#single.push({ what: `${file}: ${reason}`, count: 1 });
	}

	list(): LeftOut[] {
		if (this.hidden > 0) this.#counts.set('files of the media library that no text shows', this.hidden);
		return [...this.#single, ...[...this.#counts].map(([what, count]) => ({ what, count }))];
	}
}

/** Reads all items, and tells how far it is. @param leftOut is told of what is wrong with the files */
async function* readAll(files: readonly string[], leftOut: LeftOutList | undefined): AsyncGenerator<{ item: WxrItem }> {
	const seen = new Set<string>();
	const sizes = await Promise.all(files.map(async (file) => (await stat(file)).size));
	const total = sizes.reduce((sum, size) => sum + size, 0);
	let before = 0;
	for (const [i, file] of files.entries()) {
		const { items, faults, bytesRead } = await readWxr(file, wantedMeta);
		for await (const item of items) {
			tellProgress(toMegabytes(before + bytesRead()), toMegabytes(total), field(item, 'title'));
			const id = field(item, 'wp:post_id');
			if (seen.has(id)) leftOut?.add(item, 'in the export twice');
			else yield { item };
			seen.add(id);
		}
		for (const fault of faults) leftOut?.fault(file, fault);
		before += sizes[i] ?? 0;
	}
}

const toMegabytes = (bytes: number) => Math.ceil(bytes / 1_000_000);

function toLibrary(channel: WxrChannel): Library {
	const address = ['wp:base_blog_url', 'wp:base_site_url', 'link'].map((name) => channel.fields.get(name));
	const home = URL.parse(address.find((text) => text !== undefined && text !== '') ?? '');
	const base = (home?.pathname ?? '/').replace(/\/*$/, '/');
	const authors = channel.authors.map((author): [string, ImportedTerm] => {
		const login = author.get('wp:author_login') ?? '';
		return [login, { name: nameOfAuthor(author, login), oldAddresses: [`${base}author/${toNicename(login)}/`] }];
	});
	return {
		channel,
		home: home ?? undefined,
		attachments: new Map(),
		byAddress: new Map(),
		byPost: new Map(),
		shown: new Set(),
		authors: new Map(authors),
		categories: new Map(channel.categories.map((fields) => [fields.get('wp:category_nicename') ?? '', fields])),
		lists: new Set(
			[paths.home(), paths.tags(), paths.sections(), paths.authors(), paths.feeds(), paths.corrections()].map((path) =>
				paths.withoutBase(path),
			),
		),
	};
}

/** Returns what stood in the address of an author's page: the login, of which some signs are left out. */
function toNicename(login: string): string {
	return login
		.toLowerCase()
		.replace(/[^\p{L}\p{N} ._-]/gu, '')
		.replace(/[ .]+/g, '-');
}

/** Returns the name that readers saw; never an e-mail address. */
function nameOfAuthor(author: ReadonlyMap<string, string>, login: string): string {
	const whole = ['wp:author_first_name', 'wp:author_last_name'].map((name) => author.get(name) ?? '').join(' ');
	const names = [author.get('wp:author_display_name') ?? '', whole, login].map(toPlainLine);
	const name = names.find((candidate) => candidate !== '' && !candidate.includes('@'));
	return name ?? names.find((candidate) => candidate !== '')?.split('@', 1)[0] ?? '';
}

function field({ fields }: WxrItem, name: string): string {
	return fields.get(name)?.trim() ?? '';
}

function metaOf({ meta }: WxrItem, key: string): string[] {
	return meta.filter(([name]) => name === key).map(([, value]) => value);
}

function isPost(item: WxrItem): boolean {
	return reasonToLeave(item) === undefined && field(item, 'wp:post_type') !== 'attachment';
}

/** Returns why an item becomes nothing, a clause without its subject. */
function reasonToLeave(item: WxrItem): string | undefined {
	const kind = field(item, 'wp:post_type');
	const status = field(item, 'wp:status');
	if (kind === 'attachment') return undefined;
	if (kind !== 'post' && kind !== 'page') return `of the kind “${kind}”`;
	if (status === 'trash') return 'in the bin';
	if (status === 'auto-draft' || status === 'inherit') return `of the status ${status}, which nobody wrote`;
	return undefined;
}

function addAttachment(item: WxrItem, library: Library): void {
	const id = field(item, 'wp:post_id');
	const address = field(item, 'wp:attachment_url');
	const [alt = ''] = metaOf(item, '_wp_attachment_image_alt');
	library.attachments.set(id, { address, alt: toPlainLine(alt), caption: toPlainLine(field(item, 'excerpt:encoded')) });
	library.byAddress.set(withoutSize(address), id);
	const parent = field(item, 'wp:post_parent');
	library.byPost.getOrInsertComputed(parent, () => []).push(id);
}

/** Returns the address of a picture without what WordPress adds for one of another size, and without its host. */
function withoutSize(address: string): string {
	const path = URL.parse(address)?.pathname ?? address;
	return path.replace(/(?:-\d+x\d+|-scaled)(?=\.\w+$)/, '').toLowerCase();
}

/** Tells whether readers were to see an item: plug-ins have states of their own, which count as drafts. */
function isForReaders(item: WxrItem): boolean {
	const status = field(item, 'wp:status');
	// A page has no date here, and would be seen at once.
	return status === 'publish' || (status === 'future' && field(item, 'wp:post_type') === 'post');
}

/** Tells whether an item is an article of this program that was retracted: for WordPress it is private. */
function isRetractedItem(item: WxrItem): boolean {
	const meta = readMeta(metaOf(item, metaKey)[0]);
	return field(item, 'wp:status') === 'private' && meta !== undefined && isRetracted(meta);
}

function toOutline(item: WxrItem, { home }: Library): Outline {
	const id = field(item, 'wp:post_id');
	const link = URL.parse(field(item, 'link'), home);
	const meta = readMeta(metaOf(item, metaKey)[0]);
	const isDraft = (!isForReaders(item) && !isRetractedItem(item)) || field(item, 'wp:post_password') !== '';
	const publishedAt = dateOf(item)?.text;
	return {
		key: `wordpress ${home === undefined ? '' : home.host + home.pathname} ${id}`.replaceAll(/[\s#]+/g, ' '),
		kind: field(item, 'wp:post_type') === 'page' ? 'page' : 'article',
		origin: link?.href ?? `number ${id}`,
		title: toPlainLine(field(item, 'title')),
		slug: field(item, 'wp:post_name'),
		publishedAt: meta ? dateOfMeta(meta, publishedAt) : publishedAt,
		isDraft,
		oldAddresses: [
			...addressesOf(id, link, metaOf(item, '_wp_old_slug'), home),
			...(meta ? formerAddressesOf(meta) : []),
		],
	};
}

/** Returns the addresses of the lists in which an article of this program stands, without the base. */
function listsOf(item: WxrItem, { publishedAt, isDraft }: Outline): string[] {
	const meta = readMeta(metaOf(item, metaKey)[0]);
	const day = toMoment(publishedAt ?? '', site.timeZone)?.day;
	if (!meta || day === undefined || isDraft || field(item, 'wp:status') !== 'publish') return [];
	const ofTerms = item.terms.flatMap(({ domain, nicename }) => {
		if (domain === 'category') return paths.section(nicename);
		return domain === 'post_tag' ? paths.tag(nicename) : [];
	});
	const ofAuthors = meta.authors.flatMap(({ id }) => (typeof id === 'string' ? paths.author(id) : []));
	const archives = [paths.year(day.slice(0, 4)), paths.month(day.slice(0, 7))];
	return [...ofTerms, ...ofAuthors, ...archives].map((path) => paths.withoutBase(path));
}

function addressesOf(id: string, link: URL | null, oldSlugs: readonly string[], home: URL | undefined): string[] {
	const base = (home?.pathname ?? '/').replace(/\/*$/, '/');
	const byNumber = `${base}?p=${id}`;
	if (link?.search !== '' || link.pathname === base) return [byNumber];
	const former = oldSlugs.map((slug) => link.pathname.replace(/[^/]+(?=\/?$)/, () => slug));
	return [link.pathname, ...former.reverse(), byNumber];
}

/** Returns when a post was published, and whether its zone had to be supposed. */
function dateOf(item: WxrItem, names = { utc: 'wp:post_date_gmt', local: 'wp:post_date' }) {
	const utc = toPlainDateTime(field(item, names.utc));
	if (utc) return { text: `${utc.toString({ smallestUnit: 'second' })}Z`, isSupposed: false };
	const rfc = Date.parse(field(item, 'pubDate'));
	const isRfc = !Number.isNaN(rfc) && new Date(rfc).getUTCFullYear() >= 1970;
	if (isRfc && isForReaders(item)) return { text: new Date(rfc).toISOString().replace(/\.\d+/, ''), isSupposed: false };
	const local = toPlainDateTime(field(item, names.local));
	return local && { text: toNewsroomTime(local), isSupposed: true };
}

function toNewsroomTime(local: Temporal.PlainDateTime): string {
	return local.toZonedDateTime(site.timeZone).toString({ timeZoneName: 'never', smallestUnit: 'second' });
}

function toPlainDateTime(text: string): Temporal.PlainDateTime | undefined {
	if (!/^[1-9]\d{3}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/.test(text)) return undefined;
	try {
		return Temporal.PlainDateTime.from(text.replace(' ', 'T'));
	} catch (error) {
		if (error instanceof RangeError) return undefined;
		throw error;
	}
}

function toPost(item: WxrItem, library: Library, linkTo: LinkTo, leftOut: LeftOutList): ImportedPost {
	const outline = toOutline(item, library);
	const id = field(item, 'wp:post_id');
	const written = item.fields.get('content:encoded') ?? '';
	const meta = readMeta(metaOf(item, metaKey)[0]);
	const content = toPlainHtml(withoutReserved(meta ? textOfContent(written) : written), {
		attachments: library.attachments,
		ownAttachments: library.byPost.get(id) ?? [],
	});
	const text = toMarkdown(content.html, {
		linkTo: (href) => linkTo(toAbsolute(href, outline.origin)),
		pictureOf: pictureFinder(library, outline.origin),
		footnotes: new Map([...footnotesOf(item), ...content.footnotes]),
		remarks: content.remarks,
	});
	const [thumbnail = ''] = metaOf(item, '_thumbnail_id');
	const lead = library.attachments.get(thumbnail);
	if (lead) library.shown.add(thumbnail);
	const notes = [...notesOf(item), ...content.notes, ...text.notes];
	if (thumbnail !== '' && !lead)
		notes.push(`its featured picture is the file ${thumbnail}, which the export does not have`);
	const post: ImportedPost = {
		...outline,
		standfirst: standfirstOf(item),
		markdown: text.markdown,
		pictures: text.pictures,
		lead,
		...termsOf(item, library, notes),
		comments: commentsOf(item, leftOut),
		fault: text.fault,
		language: item.terms.find(({ domain }) => domain === 'language')?.nicename,
		notes,
	};
	if (!meta) return post;
	const fileOf = (name: string) =>
		library.byPost
			.get(id)
			?.map((number) => library.attachments.get(number)?.address)
			.find((address) => address?.endsWith(`/${name}`) === true);
	return withMeta(post, meta, { content: written, fileOf, linkTo, lists: library.lists });
}

/** A relative address belongs to the page on which it stood. */
function toAbsolute(href: string, page: string): string {
	return href.startsWith('#') ? href : (URL.parse(href.trim(), page)?.href ?? href);
}

function notesOf(item: WxrItem): string[] {
	const status = field(item, 'wp:status');
	return [
		...(field(item, 'wp:post_password') !== '' ? ['it was kept behind a password, and is a draft here'] : []),
		...(status !== 'draft' && !isForReaders(item) && !isRetractedItem(item)
			? [`it was ${status}, and is a draft here`]
			: []),
		...(dateOf(item)?.isSupposed === true && isForReaders(item)
			? ['its time had no zone: it was taken for one of the newsroom’s']
			: []),
		...(field(item, 'wp:is_sticky') === '1' ? ['it was pinned to the front page'] : []),
	];
}

function standfirstOf(item: WxrItem): string | undefined {
	const excerpt = toPlainLine(field(item, 'excerpt:encoded'));
	const [description = ''] = metaOf(item, '_yoast_wpseo_metadesc').map(toPlainLine);
	return [excerpt, description].find((text) => text !== '' && !text.includes('%%'));
}

/** Returns the notes that WordPress keeps beside a text, as JSON. */
function footnotesOf(item: WxrItem): [string, string][] {
	const [json = '[]'] = metaOf(item, 'footnotes');
	try {
		const notes: unknown = JSON.parse(json);
		if (!Array.isArray(notes)) return [];
		return notes.flatMap((note: unknown): [string, string][] => {
			if (typeof note !== 'object' || note === null || !('id' in note) || !('content' in note)) return [];
			return typeof note.id === 'string' && typeof note.content === 'string' ? [[note.id, note.content]] : [];
		});
	} catch {
		return [];
	}
}

function pictureFinder(library: Library, page: string): HtmlSurroundings['pictureOf'] {
	return (img) => {
		const sources = ['data-orig-file', 'data-src', 'data-lazy-src', 'src'].map((name) => img.getAttribute(name));
		const addresses = sources.flatMap((source) => (source === null ? [] : (URL.parse(source, page)?.href ?? [])));
		const files = addresses.filter((address) => /^https?:/.test(address));
		const isPixel = ['width', 'height'].some((side) => /^[01]$/.test(img.getAttribute(side) ?? ''));
		const named = /(?:^|\s)wp-image-(\d+)/.exec(img.className)?.[1] ?? img.getAttribute('data-id') ?? '';
		const id = library.attachments.has(named)
			? named
			: files.map((file) => library.byAddress.get(withoutSize(file))).find((found) => found !== undefined);
		const attachment = id === undefined ? undefined : library.attachments.get(id);
		if (id !== undefined) library.shown.add(id);
		const [address, ...otherwise] = [...(attachment ? [attachment.address] : []), ...files, ...files.map(toWholeSize)];
		if (address === undefined || isPixel) return undefined;
		const alt = toPlainLine(img.getAttribute('alt') ?? '') || attachment?.alt;
		return { address, otherwise, alt, caption: attachment?.caption } satisfies ImportedPicture;
	};
}

function toWholeSize(address: string): string {
	return address.replace(/-\d+x\d+(?=\.\w+$)/, '');
}

function termsOf(item: WxrItem, library: Library, notes: string[]): Pick<ImportedPost, 'section' | 'tags' | 'authors'> {
	const ofDomain = (wanted: string) => item.terms.filter(({ domain }) => domain === wanted);
	const categories = ofDomain('category');
	const [primary] = metaOf(item, '_yoast_wpseo_primary_category');
	const numberOf = (nicename: string) => library.categories.get(nicename)?.get('wp:term_id');
	const main =
		categories.find(({ nicename }) => primary !== undefined && numberOf(nicename) === primary) ?? categories[0];
	const base = (library.home?.pathname ?? '/').replace(/\/*$/, '/');
	const toTag = ({ nicename, name }: WxrTerm): ImportedTerm => ({
		name: toPlainLine(name),
		slug: nicename,
		oldAddresses: [`${base}tag/${nicename}/`],
	});
	const descriptionOf = ({ nicename }: WxrTerm) =>
		shorten(toPlainLine(library.categories.get(nicename)?.get('wp:category_description') ?? ''), 500);
	const toCategory = (category: WxrTerm): ImportedTerm => ({
		...toTag(category),
		...(descriptionOf(category) !== '' && { entry: { description: descriptionOf(category) } }),
		oldAddresses: [`${base}category/${categoryPath(category.nicename, library)}/`],
	});
	const others = item.terms.filter(({ domain }) => !ownDomains.has(domain));
	for (const { domain, name } of others) notes.push(`“${toPlainLine(name)}”, of its ${domain}, was left out`);
	return {
		section: main && toCategory(main),
		tags: [...categories.filter((category) => category !== main).map(toCategory), ...ofDomain('post_tag').map(toTag)],
		authors: authorsOf(item, library),
	};
}

/** Taxonomies that are taken over, or that say how a post was shown. */
const ownDomains: ReadonlySet<string> = new Set([
	'category',
	'post_tag',
	'author',
	'language',
	'post_translations',
	'post_format',
	'nav_menu',
]);

/** Returns a category's name in addresses with those of the categories above it. */
function categoryPath(nicename: string, { categories }: Library): string {
	const path = [nicename];
	let parent = categories.get(nicename)?.get('wp:category_parent');
	while (parent !== undefined && parent !== '' && !path.includes(parent)) {
		path.unshift(parent);
		parent = categories.get(parent)?.get('wp:category_parent');
	}
	return path.join('/');
}

/** Several authors are terms of a plug-in; one alone is the creator. */
function authorsOf(item: WxrItem, { authors }: Library): ImportedTerm[] {
	const terms = item.terms.filter(({ domain }) => domain === 'author');
	if (terms.length > 0)
		return terms.map(({ nicename, name }) => authors.get(nicename.replace(/^cap-/, '')) ?? { name: toPlainLine(name) });
	const login = field(item, 'dc:creator');
	const author = authors.get(login) ?? { name: toPlainLine(login).split('@', 1)[0] ?? '' };
	return toLabelKey(author.name) === '' ? [] : [author];
}

function commentsOf(item: WxrItem, leftOut: LeftOutList): ImportedComment[] {
	return item.comments.flatMap((comment): ImportedComment[] => {
		const value = (name: string) => comment.get(`wp:comment_${name}`)?.trim() ?? '';
		const [status, kind] = [value('approved'), value('type')];
		if (kind !== '' && kind !== 'comment') {
			leftOut.count(`comments of the kind ${kind}, which no reader wrote`);
			return [];
		}
		if (status !== '1' && status !== '0') {
			leftOut.count(`comments marked as ${status || 'nothing'}`);
			return [];
		}
		const utc = toPlainDateTime(value('date_gmt'));
		const local = toPlainDateTime(value('date'));
		const parent = value('parent');
		return [
			{
				id: `wp-${value('id').replace(/\D/g, '')}`,
				name: toPlainLine(value('author')) || 'Anonymous',
				writtenAt: utc ? `${utc.toString({ smallestUnit: 'second' })}Z` : local && toNewsroomTime(local),
				text: toPlainParagraphs(value('content').replace(/\n/g, '<br>')),
				replyTo: /^[1-9]\d*$/.test(parent) ? `wp-${parent}` : undefined,
				isApproved: status === '1',
			},
		];
	});
}
