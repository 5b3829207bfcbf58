import type { ArticleFrontMatter, WrittenRetraction } from '../schemas/article.ts';
import type { AuthorEntry } from '../schemas/author.ts';
import type { CommentEntry } from '../schemas/comment.ts';
import type { FrontEntry } from '../schemas/front.ts';
import type { Moment } from '../schemas/moment.ts';
import type { SectionEntry, TagEntry } from '../schemas/vocabulary.ts';
import { site } from '../site.ts';
import { type Article, type Author, type Section, statusOf } from './articles.ts';
import { type Comment, isApproved, splitCommentPlace } from './comments.ts';
import type { Retraction } from './retractions.ts';
import type { Tag } from './tags.ts';

/** Everything the newsroom has, published or not; of comments what is approved. */
export interface Newsroom {
	articles: readonly Article[];
	/** Articles that were published and then retracted, which are no articles any more. */
	retracted: readonly Retraction[];
	sections: readonly Section[];
	authors: readonly Author[];
	tags: readonly Tag[];
	comments: readonly Comment[];
	/** The editor's choice for the home page, as far as it holds at the moment. */
	front: FrontChoice;
}

/** Articles, by id, that the editor has chosen for the home page; also such as readers may not see yet. */
interface FrontChoice {
	lead: string | undefined;
	pins: readonly string[];
}

/** One checked entry of content. */
export interface Entry<T> {
	id: string;
	/** Relative to the project. */
	file: string;
	data: T;
}

/** Checked content, its parts still named by their ids. */
export interface Entries {
	/** Tags given by id. */
	articles: readonly Entry<ArticleFrontMatter>[];
	authors: readonly Entry<AuthorEntry>[];
	/** `id` is `<year>/<month>/<slug>/<comment>`. */
	comments: readonly Entry<CommentEntry>[];
	/** One entry or none. */
	front: readonly Entry<FrontEntry>[];
	sections: readonly Entry<SectionEntry>[];
	tags: readonly Entry<TagEntry>[];
}

/**
 * Joins checked content into a newsroom.
 * @param now the clock, in milliseconds since 1970: it decides each article's status; corrections, updates,
 *   retractions and comments of the future are left out, and so is what was chosen for the home page until a time that has come
 * @param present see {@link statusOf}
 * @throws TypeError where an article names what is not there, which checked content never does
 */
export function toNewsroom(entries: Entries, now: number, present = now): Newsroom {
	const sections = entries.sections.map(({ id, data }): Section => ({ id, ...data }));
	const authors = entries.authors.map(({ id, data }): Author => ({ id, ...data }));
	const tags = entries.tags.map(({ id, data }): Tag => ({ id, ...data }));
	const sectionsById = byId(sections);
	const authorsById = byId(authors);
	const tagsById = byId(tags);
	const articles: Article[] = [];
	const retracted: Retraction[] = [];
	for (const { id, file, data } of entries.articles) {
		const { draft: _, retracted: retraction, ...fields } = data;
		const status = statusOf(data, now, present);
		if (status === 'retracted') {
			if (retraction) retracted.push(toRetraction(id, fields, retraction));
			continue;
		}
		articles.push({
			...fields,
			id,
			file,
			lang: fields.lang ?? site.language,
			translationOf: fields.translationOf,
			updatedAt: fields.updatedAt && fields.updatedAt.instant <= now ? fields.updatedAt : undefined,
			section: known(sectionsById, fields.section, file),
			authors: fields.authors.map((author) => known(authorsById, author, file)),
			tags: fields.tags.map((tag) => known(tagsById, tag, file)),
			source: fields.source,
			lead: fields.lead,
			corrections: fields.corrections.filter(({ at }) => at.instant <= now),
			status,
		});
	}
	const comments = entries.comments
		.filter(({ data }) => isApproved(data, now))
		.map(({ id, data }): Comment => ({ ...data, ...splitCommentPlace(id) }));
	return { articles, retracted, sections, authors, tags, comments, front: toFront(entries.front[0]?.data, now) };
}

/** Returns what is left of an article: whatever is not named here is gone. */
function toRetraction(
	id: string,
	{ publishedAt, formerPaths, section, authors, tags }: Omit<ArticleFrontMatter, 'draft' | 'retracted' | 'version'>,
	{ at, reason }: WrittenRetraction,
): Retraction {
	return { id, publishedAt, retractedAt: at, reason, formerPaths, stoodIn: { section, authors, tags } };
}

function toFront(chosen: FrontEntry | undefined, now: number): FrontChoice {
	const holds = ({ until }: { until?: Moment | undefined }) => until === undefined || until.instant > now;
	return {
		lead: chosen?.lead && holds(chosen.lead) ? chosen.lead.article : undefined,
		pins: (chosen?.pins ?? []).filter(holds).map(({ article }) => article),
	};
}

const byId = <T extends { id: string }>(subjects: readonly T[]) =>
	new Map(subjects.map((subject) => [subject.id, subject]));

function known<T>(subjects: ReadonlyMap<string, T>, id: string, file: string): T {
	const subject = subjects.get(id);
	if (subject === undefined) throw new TypeError(`${file} names "${id}", which was not checked.`);
	return subject;
}
