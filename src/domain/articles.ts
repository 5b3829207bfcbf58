import type { CitedSource, Correction, Source } from '../schemas/article.ts';
import type { AuthorEntry } from '../schemas/author.ts';
import type { Figure } from '../schemas/figure.ts';
import type { Moment } from '../schemas/moment.ts';
import type { SectionEntry } from '../schemas/vocabulary.ts';
import { latestOf } from './dates.ts';
import { isRetraction, type Place } from './retractions.ts';
import { byName, type Tag } from './tags.ts';

export interface Section extends SectionEntry {
	id: string;
}

export interface Author extends AuthorEntry {
	id: string;
}

export type Status = 'published' | 'scheduled' | 'draft' | 'retracted';

/** One story, without its text. What was retracted is none any more, but a {@link Retraction}. */
export interface Article {
	/** `2025/06/<slug>`: the place in `content/articles/` and in the address. */
	id: string;
	/** The markdown file, relative to the project. */
	file: string;
	/** Begins with the digest of the file's text and a space; changes when that does, or the size or time of a picture. */
	version: string;
	/** The tag of the language in which it is written (BCP 47). */
	lang: string;
	/** The id of the article of which it is a translation, which readers may not be allowed to see. */
	translationOf: string | undefined;
	title: string;
	standfirst: string;
	publishedAt: Moment;
	updatedAt: Moment | undefined;
	section: Section;
	authors: readonly Author[];
	tags: readonly Tag[];
	source: Source | undefined;
	/** The figure above the text. */
	lead: Figure | undefined;
	/** The figures of the text, in their order. */
	figures: readonly Figure[];
	/** What the article draws on. */
	sources: readonly CitedSource[];
	corrections: readonly Correction[];
	/** Where it stood before, oldest first, as `id`. */
	formerPaths: readonly string[];
	status: Exclude<Status, 'retracted'>;
}

/** What an article says of the same article in another language. */
export type Translation = Pick<Article, 'id' | 'lang' | 'title'>;

/** What decides on an article's status. */
interface Publishing {
	draft: boolean;
	publishedAt: Moment;
	retracted?: { at: Moment } | undefined;
}

/**
 * The publish rule, the only one: readers may know of what is `published`, of what is `retracted` only what its notice
 * says, and of nothing else.
 * @param now the clock, in milliseconds since 1970
 * @param present later than `now` where the paper is made as it was: what was retracted by then never returns
 */
export function statusOf({ draft, publishedAt, retracted }: Publishing, now: number, present = now): Status {
	if (draft) return 'draft';
	if (publishedAt.instant > now) return 'scheduled';
	return retracted && retracted.at.instant <= present ? 'retracted' : 'published';
}

/** Orders articles newest first; those of one instant by id, so that every machine gets one order. */
export function byNewest(a: Pick<Place, 'id' | 'publishedAt'>, b: Pick<Place, 'id' | 'publishedAt'>): number {
	return b.publishedAt.instant - a.publishedAt.instant || compareTexts(a.id, b.id);
}

/** Orders texts by their code units, the same on every machine. */
export function compareTexts(a: string, b: string): number {
	if (a === b) return 0;
	return a < b ? -1 : 1;
}

/** Returns when readers last had reason to read anew: the latest of publication, update, corrections and retraction. */
export function lastChangedAt(place: Place): Moment {
	const changes = isRetraction(place)
		? [place.retractedAt]
		: [place.updatedAt, ...place.corrections.map(({ at }) => at)];
	return latestOf([place.publishedAt, ...changes.filter((change) => change !== undefined)]) ?? place.publishedAt;
}

/** Tells whether the newsroom, and not the people of the byline, wrote these sentences. */
export function isRetold(article: Article): boolean {
	return article.source?.relation === 'retold';
}

/**
 * Returns the tags that more than one of the articles carry, with how many those are: of most articles first, then by name.
 * @param most how many tags at most
 * @param but a tag to leave out
 */
export function commonTags(articles: readonly Article[], most: number, but?: Tag): { tag: Tag; count: number }[] {
	const counted = new Map<Tag, { tag: Tag; count: number }>();
	for (const { tags } of articles)
		for (const tag of tags) {
			const known = counted.get(tag);
			if (known) known.count++;
			else counted.set(tag, { tag, count: 1 });
		}
	if (but) counted.delete(but);
	const common = [...counted.values()].filter(({ count }) => count > 1);
	// Names are dear to compare: only those of tags that can be among the first are.
	const least = common.map(({ count }) => count).sort((a, b) => b - a)[most - 1] ?? 0;
	return common
		.filter(({ count }) => count >= least)
		.sort((a, b) => b.count - a.count || byName(a.tag, b.tag))
		.slice(0, most);
}
