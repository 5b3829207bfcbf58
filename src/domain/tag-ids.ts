import { isId } from '../schemas/text.ts';
import { tagKinds } from '../schemas/vocabulary.ts';
import { reservedIds } from './paths.ts';
import { toLabelKey } from './labels.ts';
import { clip, toSlug } from './slugs.ts';
import type { Tag } from './tags.ts';

/** An id made of a tag's name. */
interface IdSuggestion {
	id: string;
	/** Why a new tag cannot have it; nothing where it is free. */
	clash: string | undefined;
	/** Free ids in its place, where it is not free. */
	alternatives: string[];
}

/**
 * Returns an id for a new tag, in Latin letters whatever the name is written in, and whether it is free.
 * @param byLabel the vocabulary by {@link toLabelKey}
 */
export function suggestId(name: string, byLabel: ReadonlyMap<string, Tag>): IdSuggestion {
	const id = toId(name);
	const clashOf = (candidate: string) => {
		if (reservedIds.has(candidate)) return 'is an address that the paper needs itself';
		const tag = byLabel.get(toLabelKey(candidate));
		return tag && `is taken by the tag "${tag.name}" (${tag.id})`;
	};
	const clash = clashOf(id);
	if (clash === undefined) return { id, clash, alternatives: [] };
	let number = 2;
	while (clashOf(`${id}-${number}`) !== undefined) number++;
	const ofKinds = tagKinds.map((kind) => `${id}-${kind}`).filter((candidate) => clashOf(candidate) === undefined);
	return { id, clash, alternatives: [`${id}-${number}`, ...ofKinds] };
}

function toId(name: string): string {
	const id = toSlug(name);
	if (isId(id)) return id;
	return clip(['tag', ...Array.from(name.normalize('NFC'), (sign) => sign.codePointAt(0)?.toString(16))].join('-'));
}
