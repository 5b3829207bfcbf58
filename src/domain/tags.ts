import { isId } from '../schemas/text.ts';
import { type TagEntry, type TagKind, tagKinds } from '../schemas/vocabulary.ts';
import { site } from '../site.ts';
import { toLabelKey } from './labels.ts';

export interface Tag extends TagEntry {
	id: string;
}

/** Returns the address part for a tag's alias; nothing where it has letters that an address of ours cannot have. */
function toAliasSlug(alias: string): string | undefined {
	const slug = toLabelKey(alias).replaceAll(' ', '-');
	return isId(slug) ? slug : undefined;
}

/** Returns every label under which an article may give the tag. */
function labelsOf(tag: Tag): string[] {
	return [tag.id, tag.name, ...tag.aliases, ...tag.formerly];
}

/** An address that leads to a tag from elsewhere. */
export interface TagRedirect {
	/** The part of the address after `/tags/`. */
	slug: string;
	/** The alias or the former id that readers had in mind. */
	label: string;
	/** True where the tag once lived at the address, so that its feed goes on there. */
	isFormer: boolean;
}

/** Returns the addresses of the tag's former ids and of its aliases, less those in `taken`. */
export function redirectsOf(tag: Tag, taken: { has(slug: string): boolean }): TagRedirect[] {
	const redirects = new Map<string, TagRedirect>();
	for (const label of tag.aliases) {
		const slug = toAliasSlug(label);
		if (slug !== undefined) redirects.set(slug, { slug, label, isFormer: false });
	}
	for (const slug of tag.formerly) redirects.set(slug, { slug, label: slug, isFormer: true });
	return [...redirects.values()].filter(({ slug }) => !taken.has(slug));
}

/** Orders tags by the name readers see. */
export function byName(a: { name: string; id: string }, b: { name: string; id: string }): number {
	return collator.compare(a.name, b.name) || (a.id < b.id ? -1 : 1);
}

const collator = new Intl.Collator(site.language, { sensitivity: 'base', numeric: true });

/** Groups by their kind, in the order of {@link tagKinds}, what stands for a tag; kinds without any are left out. */
export function groupByKind<T>(entries: readonly T[], tagOf: (entry: T) => Tag): { kind: TagKind; entries: T[] }[] {
	return tagKinds
		.map((kind) => ({ kind, entries: entries.filter((entry) => tagOf(entry).kind === kind) }))
		.filter((group) => group.entries.length > 0);
}

/** A label that two tags claim, or that nothing could find. */
export interface LabelClash {
	label: string;
	tag: Tag;
	/** The other tag; nothing where the label is made of punctuation alone. */
	claimedBy: Tag | undefined;
}

/** Indexes the vocabulary by every label, as {@link toLabelKey} compares them, and finds the labels claimed twice. */
export function indexLabels(tags: readonly Tag[]): { byLabel: ReadonlyMap<string, Tag>; clashes: LabelClash[] } {
	const byLabel = new Map<string, Tag>();
	const clashes: LabelClash[] = [];
	for (const tag of tags) {
		for (const label of new Set(labelsOf(tag))) {
			const key = toLabelKey(label);
			const claimedBy = byLabel.get(key);
			if (key === '' || (claimedBy && claimedBy !== tag))
				clashes.push({ label, tag, claimedBy: key === '' ? undefined : claimedBy });
			byLabel.set(key, claimedBy ?? tag);
		}
	}
	return { byLabel, clashes };
}
