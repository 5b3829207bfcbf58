import { basename } from 'node:path';
import * as paths from '../domain/paths.ts';
import { monthOf } from '../domain/dates.ts';
import { suggestId } from '../domain/tag-ids.ts';
import { decodeAddress, faultOfLink } from '../markdown/links.ts';
import { type Moment, toMoment } from '../schemas/moment.ts';
import { isId } from '../schemas/text.ts';
import { site } from '../site.ts';
import type { LinkTo, Outline } from './post.ts';
import { firstFree } from './vocabulary.ts';

/** Stands for the address of a former paper that had none, so that its texts can link to each other. */
export const unknownHome = 'https://former.invalid/';

/** Where a post is to stand. */
export interface Place {
	key: string;
	kind: Outline['kind'];
	/** `2015/03/a-story`, or the name of a page. */
	id: string;
	/** Nothing where the post is a page. */
	publishedAt: Moment | undefined;
	/** Whether readers can see it once the paper is built. */
	isPublic: boolean;
	/** Paths at which it stood after earlier imports, and those that it had before these, oldest first. */
	since: readonly string[];
	/** Paths at which articles of this paper could have stood, oldest first. */
	formerPaths: string[];
	oldAddresses: readonly string[];
}

/** What is there already, and what earlier imports have found. */
export interface Surroundings {
	/** In milliseconds since 1970. */
	now: number;
	/** Ids under which earlier imports have written posts. */
	formerIds: Iterable<string>;
	/** Returns what an earlier import has made of the post. */
	formerOf(key: string): Promise<Former | undefined>;
}

/** A post that an earlier import has written. */
interface Former {
	/** Where it stands now, or else stood last; nothing where it was put aside. */
	id: string | undefined;
	/** Whether it stays there, whatever its date is now: an editor has changed or moved it. */
	isSettled: boolean;
	/** Whether it has no page, or has it no more: it was put aside, or an editor has deleted it. */
	isAbsent: boolean;
	formerPaths: readonly string[];
}

/** Finds a place for every post, and the new address for every old one. */
export class Places {
	readonly #places = new Map<string, Place>();
	readonly #byAddress = new Map<string, Place>();
	readonly #ids: Set<string>;
	readonly #surroundings: Surroundings;

	constructor(surroundings: Surroundings) {
		this.#surroundings = surroundings;
		this.#ids = new Set(surroundings.formerIds);
	}

	get all(): IterableIterator<Place> {
		return this.#places.values();
	}

	of(key: string): Place | undefined {
		return this.#places.get(key);
	}

	/** Finds a place for a post; none where it is an article without a date that exists. */
	async add(outline: Outline): Promise<void> {
		const { key, kind, oldAddresses, isDraft } = outline;
		const publishedAt = toMoment(outline.publishedAt ?? '', site.timeZone);
		const former = await this.#surroundings.formerOf(key);
		const isDated = publishedAt !== undefined && /^[12]\d{3}-/.test(publishedAt.day);
		if (kind === 'article' && !isDated && former?.isSettled !== true) return;
		const folder = kind === 'article' && publishedAt ? `${monthOf(publishedAt.day).replace('-', '/')}/` : '';
		const reserved = kind === 'article' ? paths.reservedSlugs : paths.reservedPages;
		const slug = toSlug(outline);
		const wanted = kind === 'page' && /^\d/.test(slug) ? `page-${slug}` : slug;
		const { id: last, isSettled = false, isAbsent = false, formerPaths = [] } = former ?? {};
		const kept = isSettled || last?.startsWith(folder) === true ? last : undefined;
		const id = kept ?? folder + firstFree(wanted, (name) => reserved.has(name) || this.#ids.has(folder + name));
		this.#ids.add(id);
		const isOut = kind === 'page' || (publishedAt !== undefined && publishedAt.instant <= this.#surroundings.now);
		const place: Place = {
			key,
			kind,
			id,
			publishedAt: kind === 'article' ? publishedAt : undefined,
			isPublic: !isDraft && isOut && !isAbsent,
			// What was a page before stood at no path of articles.
			since: last?.includes('/') === true && last !== id ? [...formerPaths, last] : formerPaths,
			formerPaths: [],
			oldAddresses,
		};
		this.#places.set(key, place);
		for (const address of oldAddresses) {
			const form = toComparable(address);
			if (!this.#byAddress.has(form)) this.#byAddress.set(form, place);
		}
	}

	/**
	 * Gives articles the former paths that lead to nobody else, once every post has its place.
	 * @param claimed the paths of articles that no import has noted, and their former ones, with the ids of these articles;
	 * what stands at a post's own place may have come from an import that was cut off
	 */
	settleFormerPaths(claimed: ReadonlyMap<string, string>): void {
		const articles = [...this.#places.values()].filter(({ kind }) => kind === 'article');
		const taken = new Set(this.#ids).difference(new Set(articles.flatMap(({ since }) => since)));
		for (const { id } of articles) taken.add(id);
		const give = (place: Place, path: string) => {
			if (taken.has(path) || (claimed.get(path) ?? place.id) !== place.id) return;
			taken.add(path);
			place.formerPaths.push(path);
		};
		for (const place of articles) for (const path of place.since) give(place, path);
		for (const place of articles)
			for (const address of [...place.oldAddresses].reverse()) {
				const path = /^\/([12]\d{3}\/(?:0[1-9]|1[0-2])\/[^/?]+)\/?$/.exec(address)?.[1];
				if (path !== undefined && isId(basename(path)) && !paths.reservedSlugs.has(basename(path))) give(place, path);
			}
	}

	/** Returns what says where links of the former paper lead now. @param address of the former paper */
	linksFrom(address: string | undefined): LinkTo {
		const home = URL.parse(address ?? unknownHome);
		return (href) => {
			const url = URL.parse(href.trim(), home ?? undefined);
			if (href.trim().startsWith('#')) return { fault: 'leads to a part of the text that has no address here' };
			if (!url) return { fault: 'is no address' };
			if (home && isSameHost(url, home)) {
				const place = this.#byAddress.get(toComparable(url.pathname + queryOf(url)));
				if (place?.isPublic) return { href: toPath(place) };
				if (place) return { fault: 'leads to something that readers do not see here' };
				if (toComparable(url.pathname) === toComparable(home.pathname) && url.search === '') return { href: '/' };
			}
			const whole = /^https?:$/.test(url.protocol) ? url.href : href.trim();
			const fault = faultOfLink(whole);
			if (fault !== undefined) return { fault: 'is no link that a text can have' };
			if (!home || !isSameHost(url, home)) return { href: whole };
			if (address === undefined) return { fault: 'leads to something that was not brought along' };
			return { href: whole, note: `a link leads to ${whole}, of the former paper, which was not brought along` };
		};
	}
}

/** Returns a place's address without the base, as texts link to it. */
export function toPath({ kind, id }: Pick<Place, 'kind' | 'id'>): string {
	return paths.withoutBase(kind === 'article' ? paths.article(id) : paths.page(id));
}

function toSlug({ slug, title, key }: Outline): string {
	const decoded = decodeAddress(slug);
	if (isId(decoded) && decoded.length <= 90) return decoded;
	for (const words of [decoded, title]) {
		const { id } = suggestId(words, new Map());
		if (/[\p{L}\p{N}]/u.test(words)) return id;
	}
	return suggestId(key, new Map()).id;
}

const isSameHost = (a: URL, b: URL) => bareHost(a) === bareHost(b);

function bareHost({ hostname }: URL): string {
	return hostname.replace(/^www\./, '');
}

/** Of a query only what names a post counts: the number that WordPress gives it. */
function queryOf({ searchParams }: URL): string {
	const number = searchParams.get('p') ?? searchParams.get('page_id');
	return number === null ? '' : `?p=${number}`;
}

/** Returns the form in which addresses are compared: without a last stroke, in small letters, as characters. */
function toComparable(address: string): string {
	const [path = '', query] = address.split('?');
	const plain = decodeAddress(path).normalize('NFC').toLowerCase().replace(/\/+$/, '');
	return query === undefined ? plain : `${plain}?${query}`;
}
