import { markdownToMdast, type MdastNode } from 'satteri';
import { parse } from 'yaml';
import { applySplices, type Splice } from '../../domain/splices.ts';
import { contentKey, metaSchema, textMarks } from '../../domain/wxr.ts';
import { digestOfText } from '../../environment.ts';
import { isRecord } from '../../loaders/yaml.ts';
import { maxTextLength, readText } from '../../markdown/text.ts';
import { articleSchema } from '../../schemas/article.ts';
import { toMoment } from '../../schemas/moment.ts';
import { isId } from '../../schemas/text.ts';
import { site } from '../../site.ts';
import { encodeAddress, faultOfRange, withoutReserved } from '../html.ts';
import { toLine } from '../plain.ts';
import {
	type ImportedComment,
	type ImportedPicture,
	type ImportedPost,
	type ImportedTerm,
	type LinkTo,
	toMarker,
} from '../post.ts';

type Meta = ReturnType<typeof metaSchema.parse>;

/** Fields that stand elsewhere in an export, where people may have changed them since, or that need a look at other posts. */
const ofWordPress = [
	'title',
	'standfirst',
	'publishedAt',
	'section',
	'authors',
	'tags',
	'formerPaths',
	'draft',
	'lead',
	'translationOf',
];

/** Reads what this program has written into an export beside what WordPress has a place for; nothing where it has not. */
export function readMeta(json: string | undefined): Meta | undefined {
	if (json === undefined) return undefined;
	try {
		return metaSchema.safeParse(JSON.parse(json)).data;
	} catch (error) {
		if (error instanceof SyntaxError) return undefined;
		throw error;
	}
}

/** Returns the text alone of the content of a post that this program has exported. */
export function textOfContent(content: string): string {
	const [start, end] = textMarks;
	const from = content.indexOf(start);
	const to = content.indexOf(end, from);
	return from === -1 || to === -1 ? content : content.slice(from + start.length, to);
}

/** Returns the date as it was written, a day perhaps, where it still is the same. */
export function dateOfMeta({ fields }: Meta, date: string | undefined): string | undefined {
	const written = fields['publishedAt'];
	return typeof written === 'string' ? sameMoment(written, date) : date;
}

/** Tells whether the article was retracted, and no draft. */
export function isRetracted({ fields }: Meta): boolean {
	return isRecord(fields['retracted']) && fields['draft'] !== true;
}

/** Returns the addresses at which an article stood before, the last one first. */
export function formerAddressesOf({ fields }: Meta): string[] {
	const paths: unknown = fields['formerPaths'];
	const texts = Array.isArray(paths) ? paths.filter((path) => typeof path === 'string') : [];
	return texts.map((path) => `/${path}/`).reverse();
}

/** What a post of this program refers to beside itself. */
interface Surroundings {
	/** Returns the address of a picture of the post by its name. */
	fileOf: (name: string) => string | undefined;
	linkTo: LinkTo;
	/** Addresses of lists that readers will find, without the base. */
	lists: ReadonlySet<string>;
}

/**
 * Returns a post with everything that this program has written beside it. Nothing of it is trusted: it is checked as
 * everything is that was brought in.
 * @param content of the post, as it is now
 */
export function withMeta(
	post: ImportedPost,
	meta: Meta,
	{ content, ...surroundings }: Surroundings & { content: string },
): ImportedPost {
	const { fileOf, linkTo } = surroundings;
	const text = meta.content === digestOfText(contentKey(content)) ? textOf(meta, surroundings) : undefined;
	const lead: unknown = meta.fields['lead'];
	const picture = isRecord(lead) ? toPicture(lead['picture'], fileOf) : undefined;
	const further = Object.entries(meta.fields).filter(
		([name]) => Object.hasOwn(articleSchema.shape, name) && !ofWordPress.includes(name),
	);
	const original = originalOf(meta, linkTo);
	return {
		...post,
		...text,
		notes: [...post.notes, ...(text?.notes ?? [])],
		lead: picture ?? post.lead,
		authors: authorsOf(post, meta),
		tags: post.tags.map((term) => withEntry(term, meta.tags)),
		comments: commentsOf(post.comments, meta),
		fields: {
			...Object.fromEntries(further),
			...(original !== undefined && { translationOf: original }),
			...(isRecord(lead) && !('picture' in lead) && !post.lead && { lead }),
		},
	};
}

/** Returns the id of the article that a post translates, where that comes too and readers see it. */
function originalOf({ fields }: Meta, linkTo: LinkTo): string | undefined {
	const named = fields['translationOf'];
	const found = typeof named === 'string' ? linkTo(`/${named}/`) : undefined;
	return found && 'href' in found ? /^\/(\d{4}\/\d{2}\/[^/?#]+)\/$/.exec(found.href)?.[1] : undefined;
}

type Written = Pick<ImportedPost, 'markdown' | 'pictures' | 'fault' | 'notes'>;

/** Returns the text as it was written, or why it cannot be read. */
function textOf({ text }: Meta, surroundings: Surroundings): Written {
	const plain = withoutReserved(text);
	const leave = (fault: string) => ({ markdown: plain, pictures: [], notes: [], fault });
	if (plain.length > maxTextLength)
		return leave(`its text has ${plain.length} characters, of which ${maxTextLength} are allowed`);
	try {
		return readWritten(plain, surroundings);
	} catch (error) {
		if (error instanceof RangeError) return leave(faultOfRange(error));
		throw error;
	}
}

/** Returns a text with what stands for its pictures; of links that lead nowhere the words remain. */
function readWritten(plain: string, surroundings: Surroundings): Written {
	const pictures: ImportedPicture[] = [];
	const splices = readText(plain).figureBlocks.flatMap(({ kind, yaml, range }) => {
		const picture = kind === 'picture' ? toPicture(readYaml(yaml), surroundings.fileOf) : undefined;
		return picture ? [{ ...range, text: toMarker(pictures.push(picture) - 1) }] : [];
	});
	const links = mendLinks(plain, surroundings);
	return {
		markdown: applySplices(plain, [...splices, ...links.splices]),
		pictures,
		notes: links.notes,
		fault: undefined,
	};
}

/** Finds links to what has another address now, or none that readers can see. */
function mendLinks(text: string, { linkTo, lists }: Surroundings): { splices: Splice[]; notes: string[] } {
	const splices: Splice[] = [];
	const notes: string[] = [];
	for (const { node, url, title } of linksIn(markdownToMdast(text, { features: { frontmatter: false } }))) {
		const [, path = '', rest = ''] = /^(\/(?!\/)[^?#]*)(.*)$/s.exec(url) ?? [];
		const [first, last] = [node.children.at(0), node.children.at(-1)];
		const words = { start: first ? startOf(first) : endOf(node), end: endOf(last ?? node) };
		if (path === '' || lists.has(path.replace(/(?:rss\.xml|feed\.json)$/, ''))) continue;
		const found = linkTo(path);
		const href = 'href' in found && found.href.startsWith('/') ? found.href : undefined;
		if (href === path) continue;
		if (href === undefined)
			notes.push(
				`the link “${toLine(text.slice(words.start, words.end))}” to ${path} was taken out: it leads nowhere here`,
			);
		const named = title ? ` ${JSON.stringify(title)}` : '';
		splices.push(
			{ start: startOf(node), end: words.start, text: href === undefined ? '' : '[' },
			{
				start: words.end,
				end: endOf(node),
				text: href === undefined ? '' : `](${encodeAddress(href + rest)}${named})`,
			},
		);
	}
	return { splices, notes };
}

interface Link {
	node: Extract<MdastNode, { type: 'link' | 'linkReference' }>;
	url: string;
	title?: string | null | undefined;
}

/** Returns the links of a text in their order, with where they lead. */
function linksIn(tree: MdastNode): Link[] {
	const targets = new Map<string, Pick<Link, 'url' | 'title'>>();
	const nodes: Link['node'][] = [];
	const visit = (node: MdastNode): void => {
		if (node.type === 'definition') targets.set(node.identifier, node);
		if (node.type === 'link' || node.type === 'linkReference') nodes.push(node);
		else if ('children' in node) for (const child of node.children) visit(child);
	};
	visit(tree);
	return nodes.flatMap((node) => {
		const target = node.type === 'link' ? node : targets.get(node.identifier);
		return target ? [{ node, url: target.url, title: target.title }] : [];
	});
}

const startOf = ({ position }: MdastNode) => position?.start.offset ?? 0;
const endOf = ({ position }: MdastNode) => position?.end.offset ?? 0;

function readYaml(yaml: string): unknown {
	try {
		return parse(yaml);
	} catch {
		return undefined;
	}
}

function toPicture(value: unknown, fileOf: (name: string) => string | undefined): ImportedPicture | undefined {
	if (!isRecord(value)) return undefined;
	const text = (name: string) => (typeof value[name] === 'string' ? value[name] : '');
	const address = fileOf(text('file'));
	return address === undefined
		? undefined
		: { address, alt: text('alt'), caption: text('caption'), credit: text('credit') };
}

/** Where somebody has given the post to another author since, that one counts. */
function authorsOf({ authors }: ImportedPost, meta: Meta): readonly ImportedTerm[] {
	const [first] = meta.authors;
	if (!first || authors[0]?.name !== first['name']) return authors;
	return meta.authors.flatMap((entry) => {
		const { name, id } = entry;
		return typeof name === 'string' && typeof id === 'string' ? [withEntry({ name, slug: id }, meta.authors)] : [];
	});
}

function withEntry(term: ImportedTerm, entries: Meta['tags']): ImportedTerm {
	const found = entries.find(({ id }) => id === term.slug);
	if (!found) return term;
	const { id: _id, name: _name, ...entry } = found;
	return { ...term, entry };
}

function commentsOf(comments: readonly ImportedComment[], meta: Meta): ImportedComment[] {
	const known = new Map(
		comments.map((comment) => [comment.id, meta.comments[comment.id.replace(/^wp-/, '')]] as const),
	);
	const ids = [...known.values()].map((comment) => comment?.['id']);
	const idOf = (id: string) => {
		const own = known.get(id)?.['id'];
		const isUnique = ids.indexOf(own) === ids.lastIndexOf(own);
		return typeof own === 'string' && isId(own) && isUnique ? own : id;
	};
	return comments.map((comment) => {
		const { writtenAt, approvedAt, isEdited, isDesk } = known.get(comment.id) ?? {};
		return {
			...comment,
			id: idOf(comment.id),
			replyTo: comment.replyTo === undefined ? undefined : idOf(comment.replyTo),
			writtenAt: typeof writtenAt === 'string' ? sameMoment(writtenAt, comment.writtenAt) : comment.writtenAt,
			...(typeof approvedAt === 'string' && { approvedAt }),
			...(isEdited === true && { isEdited }),
			...(isDesk === true && { isDesk }),
		};
	});
}

/** Returns a date as it was written, where it is the same moment as what WordPress has for it. */
function sameMoment(written: string, date: string | undefined): string | undefined {
	const [one, other] = [written, date ?? ''].map((text) => toMoment(text, site.timeZone));
	if (!one || !other) return date;
	return one.instant === other.instant ? written : date;
}
