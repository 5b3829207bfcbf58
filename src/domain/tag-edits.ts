import type { Entry } from './newsroom.ts';
import { toLabelKey } from './labels.ts';
import type { Tag } from './tags.ts';

/** A change of the vocabulary. */
export interface VocabularyEdit {
	/** The id of the tag that goes. */
	removed?: string;
	/** New values of fields, by the ids of their tags; a field without a value goes. */
	changed: ReadonlyMap<string, Fields>;
}

type Fields = Readonly<Record<string, string | readonly string[] | undefined>>;

/** Merges a tag into another, which takes over its names, its former ids and the tags below it. */
export function mergeTags(from: Tag, into: Tag, tags: readonly Tag[]): VocabularyEdit {
	const below = tags.filter((tag) => tag !== from && tag.broader === from.id);
	const changed = new Map<string, Fields>(
		below.map((tag) => [tag.id, { broader: tag === into ? from.broader : into.id }]),
	);
	changed.set(into.id, {
		...changed.get(into.id),
		...withAliases(into, into.name, [from.name, ...from.aliases]),
		formerly: [...into.formerly, from.id, ...from.formerly],
	});
	return { removed: from.id, changed };
}

/** Gives a tag another name; the one it had becomes an alias. */
export function renameTag(tag: Tag, name: string): VocabularyEdit {
	return { changed: new Map([[tag.id, { name, ...withAliases(tag, name, [tag.name]) }]]) };
}

/** Returns what an edit makes of the vocabulary's entries. */
export function applyEdit(entries: readonly Entry<object>[], edit: VocabularyEdit): Entry<object>[] {
	return entries
		.filter(({ id }) => id !== edit.removed)
		.map((entry) => {
			const fields = Object.entries({ ...entry.data, ...edit.changed.get(entry.id) });
			return { ...entry, data: Object.fromEntries(fields.filter(([, value]) => value !== undefined)) };
		});
}

/** Returns the aliases of a tag with those added that are not yet its name or one of them; nothing where none is new. */
function withAliases(tag: Tag, name: string, added: readonly string[]): { aliases?: string[] } {
	const keys = new Set([toLabelKey(name)]);
	const aliases = [...tag.aliases, ...added].filter((alias) => {
		const key = toLabelKey(alias);
		const isNew = !keys.has(key);
		keys.add(key);
		return isNew;
	});
	return aliases.join('\n') === tag.aliases.join('\n') ? {} : { aliases };
}
