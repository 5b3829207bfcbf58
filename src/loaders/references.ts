import { basename } from 'node:path';
import type { z } from 'astro/zod';
import { splitCommentPlace } from '../domain/comments.ts';
import { adviceFor } from '../domain/nearest.ts';
import type { Entry } from '../domain/newsroom.ts';
import { reservedIds, reservedPages } from '../domain/paths.ts';
import type { Place, Problem } from '../domain/problems.ts';
import type { Tag } from '../domain/tags.ts';
import { readGeodata } from '../geodata.ts';
import { isTurnedInCountry } from '../maps/whereabouts.ts';
import type { InternalLink } from '../markdown/text.ts';
import { type AuthorEntry, authorSchema } from '../schemas/author.ts';
import { type CommentEntry, commentSchema } from '../schemas/comment.ts';
import { type PageFrontMatter, pageSchema } from '../schemas/page.ts';
import { type GazetteerPlace, gazetteerPlaceSchema } from '../schemas/figure.ts';
import { isId } from '../schemas/text.ts';
import { type SectionEntry, sectionSchema, type TagEntry, tagSchema } from '../schemas/vocabulary.ts';
import { adviceForTurned, toMapPlace } from './figures.ts';
import { type ContentFolder, readText } from './files.ts';
import { readMarkdown } from './markdown.ts';
import { parseFields } from './fields.ts';
import { checkVocabulary } from './vocabulary.ts';
import { readYaml, type Yaml } from './yaml.ts';

/** The places that maps can name. */
export interface Gazetteer {
	places: ReadonlyMap<string, GazetteerPlace>;
	/** Ids of places with faults of their own; nothing where the file could not be read at all. */
	faulty: ReadonlySet<string> | undefined;
}

/** All content but the articles. */
export interface References {
	authors: Entry<AuthorEntry>[];
	comments: Entry<CommentEntry>[];
	pages: (Entry<PageFrontMatter> & { internalLinks: InternalLink[] })[];
	sections: Entry<SectionEntry>[];
	tags: Entry<TagEntry>[];
	gazetteer: Gazetteer;
	/** The ids of all sound sections and authors. */
	ids: { sections: ReadonlySet<string>; authors: ReadonlySet<string> };
	/** The vocabulary by label. */
	byLabel: ReadonlyMap<string, Tag>;
	/**
	 * What is there but has faults, which are reported at its own place: articles that name it are not blamed for it.
	 * Nothing stands for a file that could not be read at all.
	 */
	faulty: {
		sections: ReadonlySet<string> | undefined;
		authors: ReadonlySet<string>;
		tags: ReadonlySet<string> | undefined;
	};
	problems: Problem[];
}

/** Reads and checks the sections, tags, authors and pages of a content folder, and the comments. */
export function readReferences(folder: ContentFolder, commentsFolder: ContentFolder): References {
	const problems: Problem[] = [];
	const sections = readKeyedFile(folder, 'sections.yaml', sectionSchema, problems);
	const tags = readKeyedFile(folder, 'tags.yaml', tagSchema, problems);
	const places = readGazetteer(folder, problems);
	const authors = readAuthors(folder, problems);
	const pages = readPages(folder, problems);
	const comments = readComments(commentsFolder, problems);
	if (sections.yaml && sections.entries.length === 0 && sections.faulty.size === 0)
		problems.push({ file: folder.fileOf('sections.yaml'), message: 'has no section. Write at least one' });
	const vocabulary = checkVocabulary(tags, problems);
	return {
		sections: sections.entries,
		tags: vocabulary.tags,
		gazetteer: places,
		authors: authors.entries,
		pages,
		comments: withoutFaultyReplies(
			comments,
			new Set(commentsFolder.files.map((path) => path.replace(/\.yaml$/, ''))),
			problems,
		),
		ids: {
			sections: new Set(sections.entries.map(({ id }) => id)),
			authors: new Set(authors.entries.map(({ id }) => id)),
		},
		byLabel: vocabulary.byLabel,
		faulty: {
			sections: sections.yaml && sections.faulty,
			authors: authors.faulty,
			tags: tags.yaml && vocabulary.faultyLabels,
		},
		problems,
	};
}

function readKeyedFile<T>(folder: ContentFolder, name: string, schema: z.ZodType<T>, problems: Problem[]) {
	const file = folder.fileOf(name);
	const entries: Entry<T>[] = [];
	const faulty = new Set<string>();
	const yaml = openYaml(folder, name, problems);
	if (!yaml) return { entries, faulty, yaml };
	for (const id of Object.keys(yaml.value)) {
		const place = yaml.placeOf([id]);
		if (reservedIds.has(id))
			problems.push({ file, ...place, field: id, message: `${reserved(id)}. Choose another id` });
		const data = checkId(id, file, yaml, problems) ? parseFields(schema, yaml, file, problems, [id]) : undefined;
		if (data === undefined) faulty.add(id);
		else entries.push({ id, file, data });
	}
	return { entries, faulty, yaml };
}

/** A newsroom without maps needs no gazetteer. */
function readGazetteer(folder: ContentFolder, problems: Problem[]): Gazetteer {
	const name = 'gazetteer.yaml';
	if (!folder.files.includes(name)) return { places: new Map(), faulty: new Set() };
	const { entries, faulty, yaml } = readKeyedFile(folder, name, gazetteerPlaceSchema, problems);
	const sound = entries.filter(({ id, file, data }) => {
		const place = toMapPlace(data);
		if (!isTurnedInCountry(place, data.country, readGeodata())) return true;
		const message = `does not lie in ${data.country}, but does so the other way round. ${adviceForTurned(place)}`;
		problems.push({ file, ...yaml?.placeOf([id, 'at']), field: `${id}.at`, message });
		faulty.add(id);
		return false;
	});
	return { places: new Map(sound.map(({ id, data }) => [id, data])), faulty: yaml && faulty };
}

const reserved = (id: string) => `"${id}" is an address that the paper needs itself`;

function checkId(id: string, file: string, yaml: Yaml, problems: Problem[]): boolean {
	if (isId(id)) return true;
	const advice = 'Use lower-case letters a to z, digits and single hyphens, at most 100';
	const message = `${JSON.stringify(id)} cannot be part of an address. ${advice}`;
	problems.push({ file, ...yaml.placeOf([id]), field: id, message });
	return false;
}

function readAuthors(folder: ContentFolder, problems: Problem[]) {
	const entries: Entry<AuthorEntry>[] = [];
	const faulty = new Set<string>();
	for (const path of folder.filesIn('authors')) {
		const file = folder.fileOf(path);
		const id = /^authors\/([^/]+)\.yaml$/.exec(path)?.[1];
		if (!checkName(id, file, 'content/authors/<id>.yaml', problems)) continue;
		if (reservedIds.has(id)) problems.push({ file, message: `${reserved(id)}. Choose another name` });
		const yaml = openYaml(folder, path, problems);
		const data = yaml && parseFields(authorSchema, yaml, file, problems);
		if (data) entries.push({ id, file, data });
		else faulty.add(id);
	}
	return { entries, faulty };
}

function readPages(folder: ContentFolder, problems: Problem[]): References['pages'] {
	const entries: References['pages'] = [];
	for (const path of folder.filesIn('pages')) {
		const file = folder.fileOf(path);
		const id = /^pages\/([^/]+)\.md$/.exec(path)?.[1];
		if (!checkName(id, file, 'content/pages/<name>.md', problems)) continue;
		if (reservedPages.has(id) || /^\d/.test(id)) {
			problems.push({ file, message: `${reserved(id)}. Choose another name` });
			continue;
		}
		const text = readText(folder, path, problems);
		const read = text === undefined ? undefined : readMarkdown(text, file, pageSchema, problems);
		for (const { kind, line } of read?.figureBlocks ?? [])
			problems.push({
				file,
				line,
				column: 1,
				message: `The text holds a ${kind}, which only articles can have. Remove it`,
			});
		if (read?.data && read.isSound) entries.push({ id, file, data: read.data, internalLinks: read.internalLinks });
	}
	return entries;
}

/** A comment, with the place where it names the one that it answers. */
type ReadComment = Entry<CommentEntry> & { placeOfReply: Place };

function readComments(folder: ContentFolder, problems: Problem[]): ReadComment[] {
	const entries: ReadComment[] = [];
	for (const path of folder.files) {
		const file = folder.fileOf(path);
		const id = /^(\d{4}\/\d{2}\/[^/]+\/[^/]+)\.yaml$/.exec(path)?.[1];
		const form = 'comments/<year>/<month>/<slug>/<id>.yaml';
		if (!checkName(id && basename(id), file, form, problems) || id === undefined) continue;
		const yaml = openYaml(folder, path, problems);
		const data = yaml && parseFields(commentSchema, yaml, file, problems);
		if (data) entries.push({ id, file, data, placeOfReply: yaml.placeOf(['replyTo']) });
	}
	return entries;
}

/** Returns the comments less those whose answers run in a circle. @param files every comment's id, also of faulty ones */
function withoutFaultyReplies(
	comments: ReadComment[],
	files: ReadonlySet<string>,
	problems: Problem[],
): Entry<CommentEntry>[] {
	const byId = new Map(comments.map((comment) => [comment.id, comment]));
	const parentIdOf = ({ id, data }: Entry<CommentEntry>) =>
		data.replyTo === undefined ? undefined : `${splitCommentPlace(id).articleId}/${data.replyTo}`;
	/** Follows the answers up to where they begin, or to the first comment that is met twice. */
	const circleOf = (comment: Entry<CommentEntry>) => {
		const seen = new Set<Entry<CommentEntry>>();
		let ancestor: Entry<CommentEntry> | undefined = comment;
		while (ancestor && !seen.has(ancestor)) {
			seen.add(ancestor);
			ancestor = byId.get(parentIdOf(ancestor) ?? '');
		}
		return ancestor;
	};
	return comments.filter((comment) => {
		const { file, data, placeOfReply } = comment;
		const report = (message: string) => void problems.push({ file, ...placeOfReply, field: 'replyTo', message });
		const parentId = parentIdOf(comment);
		if (data.replyTo !== undefined && parentId !== undefined && !files.has(parentId)) {
			const folder = parentId.slice(0, -data.replyTo.length);
			const siblings = [...files]
				.filter((file) => file.startsWith(folder))
				.map((file) => basename(file))
				.filter((name) => name !== basename(comment.id));
			const advice = adviceFor(data.replyTo, siblings, 'Name a file of the same folder, or remove the field');
			report(`"${data.replyTo}" is no comment of this article. ${advice}`);
		}
		const circle = circleOf(comment);
		if (circle === comment) report('answers run in a circle. Remove the field from one of the comments');
		return circle === undefined;
	});
}

function openYaml(folder: ContentFolder, path: string, problems: Problem[]): Yaml | undefined {
	const text = readText(folder, path, problems);
	return text === undefined ? undefined : readYaml(text, folder.fileOf(path), problems);
}

function checkName(id: string | undefined, file: string, form: string, problems: Problem[]): id is string {
	if (id !== undefined && isId(id)) return true;
	const advice =
		id === undefined
			? 'Rename or move it'
			: 'Use lower-case letters a to z, digits and single hyphens in the name, or move the file away';
	problems.push({ file, message: `does not belong here: the form is ${form}. ${advice}` });
	return false;
}
