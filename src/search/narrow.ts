import type { Choice, Kind } from './choice.ts';
import type { Facts } from './facts.ts';

/** By what an article is narrowed, tags aside: ids. */
type Traits = Readonly<Record<Exclude<Kind, 'tag'>, readonly string[]>>;

/** Looks up what an article has; nothing where there is no such article. */
export type TraitsOf = (number: number) => Traits | undefined;

/** Makes of the facts what {@link narrow} asks. */
export function readTraits(facts: Facts): TraitsOf {
	const years = facts.years.flatMap(([year, count]) => Array.from({ length: count }, () => [year]));
	const sections = facts.sections.map(({ id }) => [id]);
	const bylines = facts.bylines.map((byline) => byline.flatMap((position) => facts.authors[position]?.id ?? []));
	return (number) => {
		const year = years[number];
		const section = sections[facts.sectionOf[number] ?? -1];
		const author = bylines[facts.bylineOf[number] ?? -1];
		return year && section && author && { year, section, author };
	};
}

/** How many articles each id of a kind would leave, were it chosen beside what is chosen of the other kinds. */
export type Counts = Readonly<Record<Exclude<Kind, 'tag'>, ReadonlyMap<string, number>>>;

export interface Narrowed {
	/** In the order of the candidates. */
	found: number[];
	counts: Counts;
}

/**
 * Leaves those of the candidates that have all the tags chosen and, of every other kind of which something is chosen,
 * one that is chosen.
 * @param candidates numbers of articles
 * @param tags the articles of each tag chosen
 */
export function narrow(
	candidates: readonly number[],
	choice: Choice,
	traitsOf: TraitsOf,
	tags: readonly ReadonlySet<number>[],
): Narrowed {
	const counts = {
		section: new Map<string, number>(),
		author: new Map<string, number>(),
		year: new Map<string, number>(),
	};
	const others = ['section', 'author', 'year'] as const;
	const found = candidates.filter((number) => {
		const traits = traitsOf(number);
		if (!traits || !tags.every((articles) => articles.has(number))) return false;
		const failed = others.filter(
			(kind) => choice[kind].length > 0 && !traits[kind].some((id) => choice[kind].includes(id)),
		);
		for (const kind of others) {
			if (failed.some((other) => other !== kind)) continue;
			for (const id of traits[kind]) counts[kind].set(id, (counts[kind].get(id) ?? 0) + 1);
		}
		return failed.length === 0;
	});
	return { found, counts };
}

/** Returns how many of the articles found have a tag. */
export function countIn(found: ReadonlySet<number>, articles: readonly number[]): number {
	return articles.reduce((count, number) => count + (found.has(number) ? 1 : 0), 0);
}
