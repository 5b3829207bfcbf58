import * as paths from '../domain/paths.ts';
import { toLabelKey } from '../domain/labels.ts';
import { type Choice, type Kind, toggle, toQuery } from './choice.ts';
import { type Facts, type Named, namesFile, type TagName } from './facts.ts';
import { getOftenTags, getTag, getTagNames, type TagArticles } from './library.ts';
import { countIn, type Counts } from './narrow.ts';
import type { ChoiceLink } from './page.ts';

/** How many tags are offered beside those chosen. */
const mostTags = 16;

/** Returns what a reader can choose of a kind, tags aside: by name, years newest first; nothing that would find nothing. */
export function toChoiceLinks(kind: Exclude<Kind, 'tag'>, choice: Choice, facts: Facts, counts: Counts): ChoiceLink[] {
	const subjects: Record<typeof kind, readonly Named[]> = {
		section: facts.sections,
		author: facts.authors,
		year: facts.years.map(([year]) => ({ id: year, name: year })).reverse(),
	};
	return subjects[kind]
		.map((subject) => toLink(kind, choice, subject, counts[kind].get(subject.id) ?? 0))
		.filter(({ count, isChosen }) => isChosen || count > 0);
}

/**
 * Returns the tags that a reader can choose, those of most of the articles found first: of the paper's most used ones or,
 * once something is typed, of those whose names begin like it. One letter alone, where it is not of a script that has very
 * many, is looked for among the most used.
 */
export async function toTagLinks(choice: Choice, found: readonly number[], typed: string): Promise<ChoiceLink[]> {
	const key = toLabelKey(typed);
	const tags = key === '' ? await getOftenTags() : await findTags(key);
	const chosen = await Promise.all(choice.tag.map(getTag));
	const others = tags.filter(({ id }) => !choice.tag.includes(id));
	const numbers = new Set(found);
	const link = (tag: TagArticles) => toLink('tag', choice, tag, countIn(numbers, tag.articles));
	return [
		...chosen.filter((tag) => tag !== undefined).map(link),
		...others
			.map(link)
			.filter(({ count }) => count > 0)
			.sort((a, b) => b.count - a.count)
			.slice(0, mostTags),
	];
}

async function findTags(key: string): Promise<TagArticles[]> {
	const names = await getTagNames(namesFile(key));
	if (Array.from(key).length > 1) return matchNames(names, key);
	const named = new Set(names.map(({ id }) => id));
	const often = (await getOftenTags()).filter(({ id }) => !named.has(id));
	return matchNames([...names, ...often.map((tag) => ({ ...tag, keys: [toLabelKey(tag.name)] }))], key);
}

/** Returns the tags of which a label has a word that begins like `key`; those that begin with it themselves first. */
export function matchNames<T extends Pick<TagName, 'keys'>>(names: readonly T[], key: string): T[] {
	const rank = ({ keys }: T) => {
		if (keys.some((label) => label.startsWith(key))) return 0;
		return keys.some((label) => label.includes(` ${key}`)) ? 1 : 2;
	};
	return names.filter((name) => rank(name) < 2).sort((a, b) => rank(a) - rank(b));
}

function toLink(kind: Kind, choice: Choice, { id, name }: Named, count: number) {
	const isChosen = choice[kind].includes(id);
	return { key: `${kind}:${id}`, href: paths.search(toQuery(toggle(choice, kind, id))), name, count, isChosen };
}
