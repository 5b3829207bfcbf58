import type { DefinedTerm, Organization, Person, Place } from 'schema-dts';
import type { TagKind } from '../schemas/vocabulary.ts';
import { site } from '../site.ts';
import { words } from '../words/words.ts';
import type { Article } from './articles.ts';
import * as paths from './paths.ts';
import { toLabelKey } from './labels.ts';
import { byName, groupByKind, type Tag } from './tags.ts';

/** The types of schema.org by which subjects are described. */
const types = {
	person: 'Person',
	place: 'Place',
	organisation: 'Organization',
	topic: 'DefinedTerm',
} as const satisfies Record<TagKind, string>;

/** A subject in the structured data of an article. */
type Subject = Person | Place | Organization | DefinedTerm;

/**
 * Returns an article's tags for structured data: it is about those whose name or alias stands in its headline, and
 * mentions the others. What it is about has its address, where the page of the tag says more; bytes are dear on articles.
 */
export function describeSubjects(article: Article): { about?: Subject[]; mentions?: Subject[] } {
	const named = tagsIn(article.title, article.tags);
	const sorted = groupByKind([...article.tags].sort(byName), (tag) => tag).flatMap(({ entries }) => entries);
	const about = sorted.filter((tag) => named.has(tag));
	const mentions = sorted.filter((tag) => !named.has(tag));
	const describe = ({ kind, name, sameAs }: Tag) => ({
		'@type': types[kind],
		name,
		...(sameAs !== undefined && { sameAs }),
	});
	return {
		...(about.length > 0 && { about: about.map((tag) => ({ ...describe(tag), url: addressOf(tag) })) }),
		...(mentions.length > 0 && { mentions: mentions.map(describe) }),
	};
}

/** By what headlines name a tag: made once for all of its articles. */
const namesOf = new WeakMap<Tag, string[]>();

function toNames({ name, aliases }: Tag): string[] {
	return [name, ...aliases].map((label) => ` ${toLabelKey(label)} `);
}

/** Returns the tags that a headline names, longest names first: "Central Asia" does not name Asia. */
function tagsIn(headline: string, tags: readonly Tag[]): Set<Tag> {
	const names = tags
		.flatMap((tag) => namesOf.getOrInsertComputed(tag, toNames).map((name) => ({ tag, name })))
		.sort((a, b) => b.name.length - a.name.length);
	const found = new Set<Tag>();
	let rest = ` ${toLabelKey(headline)} `;
	for (const { tag, name } of names) {
		if (!rest.includes(name)) continue;
		found.add(tag);
		rest = rest.replaceAll(name, ' | ');
	}
	return found;
}

/** Returns a tag as a term of the paper's vocabulary, for its page. */
export function describeTerm(tag: Tag): DefinedTerm {
	const { name, aliases, description, sameAs } = tag;
	return {
		'@type': 'DefinedTerm',
		name,
		url: addressOf(tag),
		...(aliases.length > 0 && { alternateName: aliases }),
		...(description !== undefined && { description }),
		...(sameAs !== undefined && { sameAs }),
		inDefinedTermSet: {
			'@type': 'DefinedTermSet',
			name: words.feedTitle(words.tags, site.title),
			url: paths.toAbsolute(paths.tags()),
		},
	};
}

function addressOf({ id }: Tag): string {
	return paths.toAbsolute(paths.tag(id));
}
