import { site } from '../site.ts';
import { words } from '../words/words.ts';
import type { Article, Author } from './articles.ts';

const conjunction = new Intl.ListFormat(site.language);

/** Returns `Kashgar, Khorgos and Railways`. */
export function formatNames(names: readonly string[]): string {
	return conjunction.format(names);
}

/** A stretch of a byline: words, or a name that leads to its author. */
export type BylinePart = string | Author;

/** Returns whose article it is and by whom it is retold, without the word "By": `Anna Author and Bela Byline`. */
export function toByline({ authors, source }: Article): BylinePart[] {
	const last = authors.length - 1;
	const parts = authors.flatMap((author, i): BylinePart[] => {
		if (i === 0) return [author];
		return [i === last ? ` ${words.and} ` : ', ', author];
	});
	if (source?.relation === 'retold') return [...parts, `, ${words.retoldBy(site.title)}`];
	if (source?.relation === 'republished') return [...parts, `, ${words.republishedFrom(source.name)}`];
	return parts;
}

/** Returns the byline as text. */
export function formatByline(article: Article): string {
	return toByline(article)
		.map((part) => (typeof part === 'string' ? part : part.name))
		.join('');
}

/** Returns what readers should know of the article's source; nothing where it has none. */
export function explainSource({ source, authors }: Article): string | undefined {
	if (!source) return undefined;
	const people = formatNames(authors.map(({ name }) => name));
	const sentences = {
		retold: words.sourceRetold(site.title, people, source.name),
		republished: words.sourceRepublished(people, source.name),
		reported: words.sourceReported(source.name),
	};
	const basis = source.basedOn === undefined ? [] : [words.sourceBasedOn(source.basedOn)];
	return [sentences[source.relation], ...basis].join(' ');
}
