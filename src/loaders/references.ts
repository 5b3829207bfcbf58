import { basename } from 'node:path';
import type { z } from 'astro/zod';
import type { Entry } from '../domain/newsroom.ts';
import { reservedIds, reservedPages } from '../domain/paths.ts';
import type { Problem } from '../domain/problems.ts';
import { indexLabels, type Tag } from '../domain/tags.ts';
import type { InternalLink } from '../markdown/text.ts';
import { type AuthorEntry, authorSchema } from '../schemas/author.ts';
import { type CommentEntry, commentSchema } from '../schemas/comment.ts';
import { type PageFrontMatter, pageSchema } from '../schemas/page.ts';
import { isId } from '../schemas/text.ts';
import { type SectionEntry, sectionsSchema, type TagEntry, tagsSchema } from '../schemas/vocabulary.ts';
import { type ContentFolder, readText } from './files.ts';
import { readMarkdown } from './markdown.ts';
import { parseFields, readYaml, type Yaml } from './yaml.ts';

/** All content but the articles. */
export interface References {
	authors: Entry<AuthorEntry>[];
	comments: Entry<CommentEntry>[];
	pages: (Entry<PageFrontMatter> & { internalLinks: InternalLink[] })[];
	sections: Entry<SectionEntry>[];
	tags: Entry<TagEntry>[];
	/** The vocabulary by label. */
	byLabel: ReadonlyMap<string, Tag>;
	problems: Problem[];
}

/** Reads and checks the sections, tags, authors, pages and comments of a content folder. */
export async function readReferences(folder: ContentFolder): Promise<References> {
	const problems: Problem[] = [];
	const [sections, tags, authors, pages, comments] = await Promise.all([
		readKeyedFile(folder, 'sections.yaml', sectionsSchema, problems),
		readKeyedFile(folder, 'tags.yaml', tagsSchema, problems),
		readAuthors(folder, problems),
		readPages(folder, problems),
		readComments(folder, problems),
	]);
	const byLabel = checkVocabulary(tags.entries, tags.yaml, problems);
	checkReserved([...sections.entries, ...tags.entries, ...authors], problems);
	checkReplies(comments, problems);
	return { sections: sections.entries, tags: tags.entries, authors, pages, comments, byLabel, problems };
}

async function readKeyedFile<T>(
	folder: ContentFolder,
	name: string,
	schema: z.ZodType<Record<string, T>>,
	problems: Problem[],
): Promise<{ entries: Entry<T>[]; yaml: Yaml | undefined }> {
	const file = folder.fileOf(name);
	const text = await readText(folder, name, problems);
	const yaml = text === undefined ? undefined : readYaml(text, file, problems);
	const fields = yaml && parseFields(schema, yaml, file, problems);
	return { entries: Object.entries(fields ?? {}).map(([id, data]) => ({ id, file, data })), yaml };
}

function checkVocabulary(entries: readonly Entry<TagEntry>[], yaml: Yaml | undefined, problems: Problem[]) {
	const { byLabel, clashes } = indexLabels(entries.map(({ id, data }) => ({ id, ...data })));
	for (const { label, tag, claimedBy } of clashes) {
		problems.push({
			file: entries[0]?.file ?? 'tags.yaml',
			line: yaml?.lineOf([tag.id]),
			field: tag.id,
			message: `"${label}" is already an id, a name or an alias of "${claimedBy.id}". Remove it from one of the two`,
		});
	}
	return byLabel;
}

function checkReserved(entries: readonly Entry<unknown>[], problems: Problem[]): void {
	for (const { id, file } of entries)
		if (reservedIds.has(id))
			problems.push({
				file,
				field: id,
				message: `"${id}" is an address that the paper needs itself. Choose another id`,
			});
}

async function readAuthors(folder: ContentFolder, problems: Problem[]): Promise<Entry<AuthorEntry>[]> {
	const entries: Entry<AuthorEntry>[] = [];
	for (const path of folder.filesIn('authors')) {
		const file = folder.fileOf(path);
		const [, id = ''] = /^authors\/([^/]+)\.yaml$/.exec(path) ?? [];
		if (!checkName(id, file, 'content/authors/<id>.yaml', problems)) continue;
		const data = await readYamlFile(folder, path, authorSchema, problems);
		if (data) entries.push({ id, file, data });
	}
	return entries;
}

async function readPages(folder: ContentFolder, problems: Problem[]): Promise<References['pages']> {
	const entries: References['pages'] = [];
	for (const path of folder.filesIn('pages')) {
		const file = folder.fileOf(path);
		const [, id = ''] = /^pages\/([^/]+)\.md$/.exec(path) ?? [];
		if (!checkName(id, file, 'content/pages/<name>.md', problems)) continue;
		if (reservedPages.has(id) || /^\d/.test(id)) {
			problems.push({ file, message: `"${id}" is an address that the paper needs itself. Choose another name` });
			continue;
		}
		const text = await readText(folder, path, problems);
		const read = text === undefined ? undefined : readMarkdown(text, file, pageSchema, problems);
		if (read) entries.push({ id, file, data: read.data, internalLinks: read.internalLinks });
	}
	return entries;
}

async function readComments(folder: ContentFolder, problems: Problem[]): Promise<Entry<CommentEntry>[]> {
	const entries: Entry<CommentEntry>[] = [];
	for (const path of folder.filesIn('comments')) {
		const file = folder.fileOf(path);
		const [, id = ''] = /^comments\/(\d{4}\/\d{2}\/[^/]+\/[^/]+)\.yaml$/.exec(path) ?? [];
		if (!checkName(basename(id), file, 'content/comments/<year>/<month>/<slug>/<id>.yaml', problems)) continue;
		const data = await readYamlFile(folder, path, commentSchema, problems);
		if (data) entries.push({ id, file, data });
	}
	return entries;
}

function checkReplies(comments: readonly Entry<CommentEntry>[], problems: Problem[]): void {
	const byId = new Map(comments.map((comment) => [comment.id, comment]));
	const parentOf = ({ id, data }: Entry<CommentEntry>) =>
		data.replyTo === undefined ? undefined : byId.get(id.slice(0, id.lastIndexOf('/') + 1) + data.replyTo);
	for (const comment of comments) {
		const report = (message: string) => problems.push({ file: comment.file, field: 'replyTo', message });
		if (comment.data.replyTo !== undefined && !parentOf(comment))
			report(
				`"${comment.data.replyTo}" is no comment of this article. Name a file of the same folder, or remove the field`,
			);
		let ancestor = parentOf(comment);
		for (let steps = 0; ancestor && ancestor !== comment && steps < comments.length; steps++)
			ancestor = parentOf(ancestor);
		if (ancestor === comment)
			report('the comment answers itself in a circle. Remove the field from one of the comments');
	}
}

async function readYamlFile<T>(folder: ContentFolder, path: string, schema: z.ZodType<T>, problems: Problem[]) {
	const file = folder.fileOf(path);
	const text = await readText(folder, path, problems);
	const yaml = text === undefined ? undefined : readYaml(text, file, problems);
	return yaml && parseFields(schema, yaml, file, problems);
}

function checkName(id: string, file: string, form: string, problems: Problem[]): boolean {
	if (isId(id)) return true;
	const advice = 'Use lower-case letters a to z, digits and single hyphens in the name';
	problems.push({ file, message: `does not belong here: the form is ${form}. ${advice}, or move the file away` });
	return false;
}
