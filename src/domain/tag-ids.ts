import { isId } from '../schemas/text.ts';
import { tagKinds } from '../schemas/vocabulary.ts';
import { reservedIds } from './paths.ts';
import { toLabelKey } from './labels.ts';
import type { Tag } from './tags.ts';
import { toAscii } from './transliteration.ts';

/** An id made of a tag's name. */
interface IdSuggestion {
	id: string;
	/** Why a new tag cannot have it; nothing where it is free. */
	clash: string | undefined;
	/** Free ids in its place, where it is not free. */
	alternatives: string[];
}

/** Room is left for what tells apart two tags of one id. */
const longest = 80;

/** Finds words also where a script sets no spaces: 上海合作组织 is 上海, 合作 and 组织. */
const segmenter = new Intl.Segmenter('en', { granularity: 'word' });

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
	const text = name.normalize('NFC');
	const words = [...segmenter.segment(text)].filter(({ isWordLike }) => isWordLike).map(({ segment }) => segment);
	const id = clip(toSlug(words.join(' ')) || toSlug(text));
	return isId(id) ? id : clip(['tag', ...Array.from(text, (sign) => sign.codePointAt(0)?.toString(16))].join('-'));
}

function toSlug(text: string): string {
	return toAscii(text)
		.toLowerCase()
		.replaceAll("'", '')
		.replace(/[^a-z0-9]+/g, '-')
		.replace(/^-|-$/g, '');
}

/** Shortens an id, between words where there are any. */
function clip(id: string): string {
	if (id.length <= longest) return id;
	return id.slice(0, Math.max(id.lastIndexOf('-', longest), 0) || longest);
}
