import { formatDay } from '../domain/dates.ts';
import * as paths from '../domain/paths.ts';
import { site } from '../site.ts';
import { searchWords as words } from '../words/search-words.ts';
import { directionOf } from '../words/writing.ts';
import { type Choice, type Kind, kinds, toggle, toQuery, toTerms } from './choice.ts';
import { toExcerpt } from './excerpt.ts';
import type { Facts } from './facts.ts';
import { type ChoiceLink, copyModel, find } from './page.ts';
import type { Fragment } from './pagefind.ts';

/** An article that was found. */
export interface Shown {
	fragment: Fragment;
	/** The tag of its language where that is not the paper's. */
	lang: string | undefined;
}

/** Returns the list of articles, each with its excerpt. */
export function toList(shown: readonly Shown[], { sections }: Facts): HTMLUListElement {
	const list = copyModel(HTMLUListElement, 'list');
	list.replaceChildren(
		...shown.map(({ fragment, lang }) => {
			const { raw_url, content, locations, meta } = fragment;
			const { title = '', day = '', section = '' } = meta;
			const entry = find(HTMLLIElement, 'li', copyModel(HTMLUListElement, 'list'));
			const sectionLink = find(HTMLAnchorElement, 'p a', entry);
			sectionLink.href = paths.section(section);
			sectionLink.textContent = sections.find(({ id }) => id === section)?.name ?? section;
			const time = find(HTMLTimeElement, 'time', entry);
			time.dateTime = day;
			time.textContent = formatDay(day);
			const headline = find(HTMLAnchorElement, 'h2 a', entry);
			headline.href = raw_url;
			headline.textContent = title;
			const excerpt = find(HTMLParagraphElement, '.standfirst', entry);
			excerpt.replaceChildren(...toNodes(content, locations));
			if (lang !== undefined)
				for (const part of [headline, excerpt]) {
					part.lang = lang;
					part.dir = directionOf(lang);
				}
			return entry;
		}),
	);
	return list;
}

function toNodes(content: string, locations: readonly number[]): (Node | string)[] {
	return toExcerpt(content, locations).map(({ text, isMatch }) => {
		if (!isMatch) return text;
		const match = copyModel(HTMLElement, 'match');
		match.textContent = text;
		return match;
	});
}

/** Returns the links that give up each part of a choice. @param nameOf the name of what is chosen of a kind */
export function toRemovals(choice: Choice, nameOf: (kind: Kind, id: string) => string): ChoiceLink[] {
	return kinds.flatMap((kind) =>
		choice[kind].map((id) => ({
			key: `remove:${kind}:${id}`,
			href: paths.search(toQuery(toggle(choice, kind, id))),
			name: nameOf(kind, id),
			label: words.remove(nameOf(kind, id)),
		})),
	);
}

/** Returns what to try where nothing was found. */
export function toAdvice(choice: Choice, nameOf: (kind: Kind, id: string) => string): ChoiceLink[] {
	const terms = toTerms(choice.words);
	const fewer = terms.map((term, i) => {
		const rest = terms.filter((_, other) => other !== i).join(' ');
		return { term, href: paths.search(toQuery({ ...choice, words: rest, page: 1 })) };
	});
	return [
		...(terms.length > 1 ? fewer.map(({ term, href }) => ({ key: '', href, name: words.without(quote(term)) })) : []),
		...toRemovals(choice, nameOf).map(({ href, name }) => ({ key: '', href, name: words.without(name) })),
		{ key: '', href: paths.search(), name: words.searchAnew },
	];
}

/** Returns sentences on what was asked for and could not be. */
export function toRemarks(passedOver: readonly string[], unknownTags: readonly string[]): string[] {
	return [
		...(unknownTags.length > 0 ? [words.unknownTags(alternatives.format(unknownTags.map(quote)))] : []),
		...(passedOver.length > 0 ? [words.passedOver(alternatives.format(passedOver.map(quote)))] : []),
	];
}

const alternatives = new Intl.ListFormat(site.language, { type: 'disjunction' });
const quote = (term: string) => `“${term.replaceAll('"', '')}”`;

/** Returns the links to the pages before and after, and where the reader is. */
export function toPagerLinks(choice: Choice, pages: number): ChoiceLink[] {
	const link = (page: number, key: string, name: string) =>
		page < 1 || page > pages ? [] : [{ key, name, href: paths.search(toQuery({ ...choice, page })) }];
	return [...link(choice.page - 1, 'previous', words.previousPage), ...link(choice.page + 1, 'next', words.nextPage)];
}
