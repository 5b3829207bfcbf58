import { isId } from '../schemas/text.ts';
import { type TagEntry, type TagKind, tagKinds } from '../schemas/vocabulary.ts';

export interface Tag extends TagEntry {
	id: string;
}

/** Returns the form in which labels are compared: case, spaces, signs, accents and Unicode forms make no difference. */
export function toLabelKey(label: string): string {
	return label
		.normalize('NFKD')
		.replace(/\p{M}/gu, '')
		.toLowerCase()
		.replace(/[^\p{L}\p{N}]+/gu, ' ')
		.trim();
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

/**
 * Returns the address parts that lead to the tag's page from elsewhere: former ids and aliases, less those in `taken`.
 */
export function redirectSlugsOf(tag: Tag, taken: { has(slug: string): boolean }): string[] {
	const slugs = [...tag.formerly, ...tag.aliases.map(toAliasSlug)].filter((slug) => slug !== undefined);
	return [...new Set(slugs)].filter((slug) => !taken.has(slug));
}

/** Orders tags by the name readers see. */
export function byName(a: { name: string; id: string }, b: { name: string; id: string }): number {
	return collator.compare(a.name, b.name) || (a.id < b.id ? -1 : 1);
}

const collator = new Intl.Collator('en', { sensitivity: 'base', numeric: true });

/** Groups tags by kind in the order of {@link tagKinds}, each group by name; kinds without a tag are left out. */
export function groupByKind<T extends Tag>(tags: readonly T[]): { kind: TagKind; tags: T[] }[] {
	return tagKinds
		.map((kind) => ({ kind, tags: tags.filter((tag) => tag.kind === kind).sort(byName) }))
		.filter((group) => group.tags.length > 0);
}

/** A label that two tags claim. */
export interface LabelClash {
	label: string;
	tag: Tag;
	claimedBy: Tag;
}

/** Indexes the vocabulary by every label, as {@link toLabelKey} compares them, and finds the labels claimed twice. */
export function indexLabels(tags: readonly Tag[]): { byLabel: ReadonlyMap<string, Tag>; clashes: LabelClash[] } {
	const byLabel = new Map<string, Tag>();
	const clashes: LabelClash[] = [];
	for (const tag of tags) {
		for (const label of new Set(labelsOf(tag))) {
			const key = toLabelKey(label);
			const claimedBy = byLabel.get(key);
			if (claimedBy && claimedBy !== tag) clashes.push({ label, tag, claimedBy });
			byLabel.set(key, claimedBy ?? tag);
		}
	}
	return { byLabel, clashes };
}
