import type { Moment } from '../schemas/moment.ts';
import type { Article } from './articles.ts';

/** What is left of an article that was retracted: what its notice says, and nothing that the article said. */
export interface Retraction {
	/** `2025/06/<slug>`, as the article had it. */
	id: string;
	publishedAt: Moment;
	retractedAt: Moment;
	/** Why, in the editor's words. */
	reason: string;
	/** Where the article stood before, oldest first, as `id`. */
	formerPaths: readonly string[];
	/** The ids of the lists that held the article: its place in their numbering stays. They are printed nowhere. */
	stoodIn: { section: string; authors: readonly string[]; tags: readonly string[] };
}

/** A place in the lists and feeds of the paper: of an article, or of one that was retracted. */
export type Place = Article | Retraction;

/** Tells whether the place is that of a retracted article. */
export function isRetraction(place: Place): place is Retraction {
	return 'retractedAt' in place;
}

/** Tells whether the place is that of an article that can be read. */
export function isArticle(place: Place): place is Article {
	return !isRetraction(place);
}

/** Returns the ids of the section, the authors and the tags of a place. */
export function listsOf(place: Place): Retraction['stoodIn'] {
	if (isRetraction(place)) return place.stoodIn;
	const { section, authors, tags } = place;
	return { section: section.id, authors: authors.map(({ id }) => id), tags: tags.map(({ id }) => id) };
}
