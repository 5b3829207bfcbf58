import type { CheckedFile, Facts } from './facts.ts';

/** Files name the same addresses and ids again and again: each text stands once, and facts hold its number. */
export interface Packed {
	texts: string[];
	files: CheckedFile[];
}

export const nothing: Packed = { texts: [], files: [] };

export function pack(files: readonly CheckedFile<string>[]): Packed {
	const numbers = new Map<string, number>();
	const packed = files.map((file) => replaceTexts(file, (text: string) => numbers.getOrInsert(text, numbers.size)));
	return { texts: [...numbers.keys()], files: packed };
}

/** Makes one of several, in their order: the texts of the first keep their numbers. */
export function merge([first = nothing, ...others]: readonly Packed[]): Packed {
	const numbers = new Map(first.texts.map((text, number) => [text, number]));
	const files = others.flatMap((part) => {
		const renumbered = new Int32Array(part.texts.length).fill(-1);
		const renumber = (old: number) => {
			if (renumbered[old] === -1) renumbered[old] = numbers.getOrInsert(part.texts[old] ?? '', numbers.size);
			return renumbered[old] ?? 0;
		};
		return part.files.map((file) => replaceTexts(file, renumber));
	});
	return { texts: [...numbers.keys()], files: [...first.files, ...files] };
}

/** Leaves out the texts that no file names any more. */
export function tighten(packed: Packed): Packed {
	return merge([nothing, packed]);
}

/** Tells packed files, written by this very code, from anything else. */
export function isPacked(value: unknown): value is Packed {
	return typeof value === 'object' && value !== null && 'texts' in value && 'files' in value;
}

function replaceTexts<From>(file: CheckedFile<From>, replace: (text: From) => number): CheckedFile {
	return { ...file, facts: file.facts && replaceIn(file.facts, replace) };
}

function replaceIn<From>(facts: Facts<From>, replace: (text: From) => number): Facts<number> {
	const links = facts.links.map(replace);
	if (facts.kind === 'data') return { ...facts, links };
	return { ...facts, links, ids: facts.ids.map(replace), lists: facts.lists.map(replace) };
}
