import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { lastChangedAt, type Status } from '../domain/articles.ts';
import type { Comment } from '../domain/comments.ts';
import { toRfc822 } from '../domain/dates.ts';
import { toTagUri } from '../domain/feed-items.ts';
import * as paths from '../domain/paths.ts';
import { contentKey, metaKey, type MeridianMeta, textMarks } from '../domain/wxr.ts';
import { digestOfText } from '../environment.ts';
import { escapeXml, toCdata, toXmlCharacters } from '../markdown/xml.ts';
import type { Moment } from '../schemas/moment.ts';
import { site } from '../site.ts';
import type { Collection, Holding } from './collect.ts';
import { type ExportedPicture, picturesOf } from './pictures.ts';
import { toFrontMatter } from './records.ts';
import { type ExportedText, exportPageText, exportText } from './texts.ts';

/** Where WordPress keeps files. */
const uploads = 'wp-content/uploads';

const namespaces = {
	excerpt: 'http://wordpress.org/export/1.2/excerpt/',
	content: 'http://purl.org/rss/1.0/modules/content/',
	wfw: 'http://wellformedweb.org/CommentAPI/',
	dc: 'http://purl.org/dc/elements/1.1/',
	wp: 'http://wordpress.org/export/1.2/',
};

/** What every item of an export has. */
interface Item {
	type: 'post' | 'page' | 'attachment';
	number: number;
	title: string;
	link: string;
	guid: string;
	creator: string;
	content: string;
	excerpt: string;
	publishedAt: Moment;
	changedAt: Moment;
	name: string;
	status: string;
	takesComments: boolean;
	parent?: number;
	/** Further elements. */
	more: readonly string[];
}

/**
 * Writes an export as WordPress reads it: `export.xml` (WXR 1.2), and the pictures below the path at which WordPress has
 * such. What WXR has no place for is one field of each post, {@link metaKey}.
 * @returns how many pictures were written
 */
export async function exportWxr(collection: Collection, folder: string): Promise<number> {
	let count = 0;
	async function* document() {
		yield toHead(collection);
		let number = 0;
		for (const page of collection.pages) yield await toPage(page, ++number, collection);
		const numberComment = counter();
		for (const holding of collection.holdings) {
			const pictures = await picturesOf(holding.article);
			await writePictures(holding, pictures.values(), folder);
			count += pictures.size;
			yield await toPost(holding, pictures, collection, number + 1, numberComment);
			number += 1 + pictures.size;
		}
		yield '</channel>\n</rss>\n';
	}
	await pipeline(document, createWriteStream(join(folder, 'export.xml'), { flags: 'wx' }));
	return count;
}

function counter(): () => number {
	let number = 0;
	return () => ++number;
}

const text = (name: string, content: string | number) =>
	`<${name}>${escapeXml(toXmlCharacters(String(content)))}</${name}>`;
const characters = (name: string, content: string) => `<${name}>${toCdata(toXmlCharacters(content))}</${name}>`;
/** WordPress takes what it shows for HTML. */
const plain = (name: string, content: string) => characters(name, escapeMarkup(content));
const element = (name: string, ...parts: readonly string[]) => `<${name}>\n${parts.join('\n')}\n</${name}>\n`;

function escapeMarkup(content: string): string {
	return content.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}

function toHead({ paper }: Collection): string {
	const home = paths.toAbsolute(paths.home());
	const authors = paper.authors.map(({ subject: { id, name } }, i) =>
		element(
			'wp:author',
			text('wp:author_id', i + 1),
			characters('wp:author_login', id),
			characters('wp:author_email', ''),
			characters('wp:author_display_name', name),
			characters('wp:author_first_name', ''),
			characters('wp:author_last_name', ''),
		),
	);
	const categories = paper.sections.map(({ subject: { id, name, description } }, i) =>
		element(
			'wp:category',
			text('wp:term_id', i + 1),
			characters('wp:category_nicename', id),
			characters('wp:category_parent', ''),
			plain('wp:cat_name', name),
			plain('wp:category_description', description ?? ''),
		),
	);
	const tags = paper.tags.map(({ subject: { id, name, description } }, i) =>
		element(
			'wp:tag',
			text('wp:term_id', paper.sections.length + i + 1),
			characters('wp:tag_slug', id),
			plain('wp:tag_name', name),
			plain('wp:tag_description', description ?? ''),
		),
	);
	const spaces = Object.entries(namespaces).map(([prefix, uri]) => ` xmlns:${prefix}="${uri}"`);
	return [
		`<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0"${spaces.join('')}>\n<channel>\n`,
		`${text('title', site.title)}\n${text('link', home)}\n${text('description', site.tagline)}\n`,
		`${text('language', site.language)}\n${text('wp:wxr_version', '1.2')}\n`,
		`${text('wp:base_site_url', home)}\n${text('wp:base_blog_url', home)}\n`,
		...[...authors, ...categories, ...tags],
	].join('');
}

function toItem(item: Item): string {
	return element(
		'item',
		plain('title', item.title),
		text('link', item.link),
		text('pubDate', toRfc822(item.publishedAt)),
		characters('dc:creator', item.creator),
		`<guid isPermaLink="false">${escapeXml(item.guid)}</guid>`,
		'<description></description>',
		characters('content:encoded', item.content),
		plain('excerpt:encoded', item.excerpt),
		text('wp:post_id', item.number),
		...toDates('wp:post_date', item.publishedAt),
		...toDates('wp:post_modified', item.changedAt),
		characters('wp:comment_status', item.takesComments ? 'open' : 'closed'),
		characters('wp:ping_status', 'closed'),
		characters('wp:post_name', item.name),
		characters('wp:status', item.status),
		text('wp:post_parent', item.parent ?? 0),
		text('wp:menu_order', 0),
		characters('wp:post_type', item.type),
		characters('wp:post_password', ''),
		text('wp:is_sticky', 0),
		...item.more,
	);
}

/** Returns a time in the newsroom's zone and in Greenwich's, as WordPress has both. */
function toDates(name: string, { instant }: Moment): string[] {
	const at = (zone: string) => {
		const local = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone).toPlainDateTime();
		return local.toString({ smallestUnit: 'second' }).replace('T', ' ');
	};
	return [characters(name, at(site.timeZone)), characters(`${name}_gmt`, at('UTC'))];
}

function toMeta(key: string, value: string): string {
	return element('wp:postmeta', characters('wp:meta_key', key), characters('wp:meta_value', value));
}

const statuses: Readonly<Record<Status, string>> = {
	published: 'publish',
	scheduled: 'future',
	draft: 'draft',
	retracted: 'private',
};

async function toPost(
	holding: Holding,
	pictures: Awaited<ReturnType<typeof picturesOf>>,
	collection: Collection,
	number: number,
	numberComment: () => number,
): Promise<string> {
	const { article, status } = holding;
	const { id, title, standfirst, publishedAt, section, authors, tags, lead } = article;
	const exported = await exportText(article, pictures, (picture) => addressOf(holding, picture));
	const content = toContent(exported, lead?.kind === 'picture' ? '' : exported.leadHtml);
	const numbered = holding.comments
		.toSorted((a, b) => a.writtenAt.instant - b.writtenAt.instant)
		.map((comment) => ({ comment, number: numberComment() }));
	const attached = [...pictures.values()].map((picture, i) => ({ picture, number: number + 1 + i }));
	const thumbnail = attached.find(({ picture }) => picture.figure === lead && lead.kind === 'picture');
	const common = { creator: authors[0]?.id ?? '', publishedAt, changedAt: lastChangedAt(article) };
	const post = toItem({
		...common,
		...{ type: 'post', number, title, content, excerpt: standfirst, takesComments: true },
		link: paths.toAbsolute(paths.article(id)),
		guid: toTagUri(article),
		name: slugOf(id),
		status: statuses[status],
		more: [
			toTerm('category', section),
			...tags.map((tag) => toTerm('post_tag', tag)),
			toMeta(metaKey, JSON.stringify(toMeridianMeta(holding, collection, exported.source, content, numbered))),
			...(thumbnail ? [toMeta('_thumbnail_id', String(thumbnail.number))] : []),
			...numbered.map((one) => toComment(one, numbered)),
		],
	});
	const attachments = attached.map(({ picture, number: own }) =>
		toItem({
			...common,
			...{ type: 'attachment', number: own, parent: number, content: '', takesComments: false, status: 'inherit' },
			title: picture.file,
			excerpt: [picture.figure.caption, picture.figure.credit].filter((part) => part !== undefined).join(' '),
			link: addressOf(holding, picture),
			guid: addressOf(holding, picture),
			name: `${slugOf(id)}-${own}`,
			more: [
				characters('wp:attachment_url', addressOf(holding, picture)),
				toMeta('_wp_attached_file', `${id}/${picture.file}`),
				toMeta('_wp_attachment_image_alt', picture.alt),
			],
		}),
	);
	return [post, ...attachments].join('');
}

async function toPage(
	{ id, file, data }: Collection['pages'][number],
	number: number,
	{ holdings, paper }: Collection,
): Promise<string> {
	const exported = await exportPageText(file, id);
	const content = toContent(exported, '');
	const first = holdings[0]?.article.publishedAt ?? epoch;
	const meta: MeridianMeta = { ...noMeta, text: exported.source, content: keyOf(content) };
	return toItem({
		...{ type: 'page', number, title: data.title, content, excerpt: data.standfirst, takesComments: false },
		link: paths.toAbsolute(paths.page(id)),
		guid: paths.toAbsolute(paths.page(id)),
		creator: paper.authors[0]?.subject.id ?? '',
		...{ publishedAt: first, changedAt: first, name: id, status: 'publish' },
		more: [toMeta(metaKey, JSON.stringify(meta))],
	});
}

/** Pages have no date: in an export without articles they are as old as computers think. */
const epoch: Moment = { instant: 0, day: '1970-01-01', iso: '1970-01-01', hasTime: false };

function toTerm(domain: string, { id, name }: { id: string; name: string }): string {
	return `<category domain="${domain}" nicename="${escapeXml(id)}">${toCdata(escapeMarkup(name))}</category>`;
}

function toContent({ bodyHtml, notesHtml }: ExportedText, leadHtml: string): string {
	const [start, end] = textMarks;
	return [leadHtml, start, bodyHtml, end, notesHtml].filter((part) => part !== '').join('\n');
}

const keyOf = (content: string) => digestOfText(contentKey(content));

const noMeta = { fields: {}, authors: [], tags: [], comments: {} };

interface NumberedComment {
	comment: Comment;
	number: number;
}

function toMeridianMeta(
	holding: Holding,
	{ extent, paper }: Collection,
	source: string,
	content: string,
	comments: readonly NumberedComment[],
): MeridianMeta {
	const { title: _title, standfirst: _standfirst, ...fields } = toFrontMatter(holding, extent);
	return {
		fields,
		authors: [...holding.article.authors],
		tags: holding.article.tags.map((tag) => ({ ...tag, broader: paper.broaderOf(tag)[0]?.id })),
		comments: Object.fromEntries(
			comments.map(({ comment: { id, writtenAt, approvedAt, isEdited, isDesk }, number }) => [
				number,
				{ id, writtenAt: writtenAt.iso, approvedAt: approvedAt.iso, isEdited, isDesk },
			]),
		),
		text: source,
		content: keyOf(content),
	};
}

function toComment({ comment, number }: NumberedComment, all: readonly NumberedComment[]): string {
	const parent = all.find((other) => other.comment.id === comment.replyTo);
	return element(
		'wp:comment',
		text('wp:comment_id', number),
		plain('wp:comment_author', comment.name),
		characters('wp:comment_author_email', ''),
		characters('wp:comment_author_url', ''),
		characters('wp:comment_author_IP', ''),
		...toDates('wp:comment_date', comment.writtenAt),
		plain('wp:comment_content', comment.text),
		characters('wp:comment_approved', '1'),
		characters('wp:comment_type', 'comment'),
		text('wp:comment_parent', parent?.number ?? 0),
		text('wp:comment_user_id', 0),
	);
}

const slugOf = (id: string) => id.slice(id.lastIndexOf('/') + 1);

/** Returns where a picture will be found once the folder of the uploads is at the paper's address. */
function addressOf({ article }: Holding, { file }: ExportedPicture): string {
	return paths.toAbsolute(paths.file(`${uploads}/${article.id}/${file}`));
}

async function writePictures({ article }: Holding, pictures: Iterable<ExportedPicture>, folder: string): Promise<void> {
	for (const picture of pictures) {
		const file = join(folder, uploads, article.id, picture.file);
		await mkdir(dirname(file), { recursive: true });
		await picture.writeTo(file);
	}
}
