import type { Entries } from './newsroom.ts';
import { findTags } from './tag-matches.ts';
import type { Tag } from './tags.ts';

/** What a new article begins with. */
export interface ArticlePlan {
	title: string;
	/** An id. */
	section: string;
	/** Ids. */
	authors: readonly string[];
	/** Ids. */
	tags: readonly string[];
	/** The last part of its address, where that does not follow from the headline. */
	slug?: string | undefined;
}

/** What was given of a new article; nothing stands for what was not. */
export type GivenPlan = { [Field in keyof ArticlePlan]?: ArticlePlan[Field] | undefined } & Pick<ArticlePlan, 'title'>;

/**
 * Guesses what is not given of a new article: the first section, the newsroom itself as author if it is one, and the
 * tags that the headline names, else the one that most articles of the section have.
 * @throws Error where the newsroom lacks what every article needs
 */
export function guessPlan(
	given: GivenPlan,
	entries: Pick<Entries, 'articles' | 'authors' | 'sections' | 'tags'>,
): ArticlePlan {
	const { sections, authors, tags, articles } = entries;
	const section = given.section ?? sections[0]?.id;
	const author = (authors.find(({ data }) => data.kind === 'organisation') ?? authors[0])?.id;
	if (section === undefined) throw new Error('There is no section yet. Write one into content/sections.yaml.');
	if (author === undefined) throw new Error('There is no author yet. Write a file into content/authors/.');
	const named = findTags(
		given.title,
		tags.map(({ id, data }): Tag => ({ id, ...data })),
	).map(({ tag }) => tag.id);
	const usual = articles.filter(({ data }) => data.section === section).flatMap(({ data }) => data.tags);
	const guess = named.length > 0 ? named : [mostFrequent(usual) ?? tags[0]?.id].filter((id) => id !== undefined);
	const plan = { ...given, section, authors: given.authors ?? [author], tags: given.tags ?? guess };
	if (plan.tags.length === 0) throw new Error('There is no tag yet. Write one into content/tags.yaml.');
	return plan;
}

function mostFrequent(ids: readonly string[]): string | undefined {
	const counts = Map.groupBy(ids, (id) => id);
	return [...counts].sort(([a, all], [b, others]) => others.length - all.length || (a < b ? -1 : 1))[0]?.[0];
}
