import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isMap, parseDocument } from 'yaml';
import type { z } from 'astro/zod';
import { toLabelKey } from '../domain/labels.ts';
import { reservedIds } from '../domain/paths.ts';
import { suggestId } from '../domain/tag-ids.ts';
import type { Tag } from '../domain/tags.ts';
import type { References } from '../loaders/references.ts';
import { toScalar } from '../loaders/yaml-edit.ts';
import { yamlOptions } from '../loaders/yaml.ts';
import { authorSchema } from '../schemas/author.ts';
import { isId } from '../schemas/text.ts';
import { sectionSchema, tagSchema } from '../schemas/vocabulary.ts';
import { guessKind } from './kinds.ts';
import type { ImportedPost, ImportedTerm } from './post.ts';

const lists = ['sections', 'tags', 'authors'] as const;
type List = (typeof lists)[number];

const schemas: Readonly<Record<List, z.ZodType>> = { sections: sectionSchema, tags: tagSchema, authors: authorSchema };

/** The ids under which an article is listed. */
export interface Subjects {
	section: string;
	tags: string[];
	authors: string[];
	/** What could not be taken over as it was: sentences without their stops. */
	notes: string[];
}

/** An entry that the newsroom does not have yet. */
export interface Candidate {
	id: string;
	name: string;
	/** The fields of its entry: texts and lists of texts. */
	fields: Readonly<Record<string, unknown>>;
	/** Whether its kind was guessed. */
	isGuess: boolean;
}

/** What an unused name becomes once an article has it. */
interface Known {
	id: string;
	candidate: Candidate | undefined;
	oldAddresses: Set<string>;
}

/** The newsroom's sections, tags and authors together with those that articles of a former paper bring along. */
export class Vocabulary {
	readonly #references: References;
	readonly #byLabel: Map<string, Tag>;
	readonly #sectionIds: Set<string>;
	readonly #authorIds: Set<string>;
	readonly #known: Record<List, Map<string, Known>>;
	readonly #used: Record<List, Map<string, Known>> = { sections: new Map(), tags: new Map(), authors: new Map() };
	readonly #former: ImportedTerm;
	/** Stands for what readers are told of authors, of whom nothing else is known. */
	readonly #description: string;

	/** @param former the former paper: it signs what nobody has signed @param description what is known of its authors */
	constructor(references: References, former: ImportedTerm, description: string) {
		this.#references = references;
		this.#former = former;
		this.#description = description;
		this.#byLabel = new Map(references.byLabel);
		this.#sectionIds = new Set(references.ids.sections);
		this.#authorIds = new Set(references.ids.authors);
		this.#known = {
			sections: byNameAndId(references.sections),
			tags: byLabelOf(references.byLabel),
			authors: byNameAndId(references.authors),
		};
	}

	/** Everything that articles may refer to, with what the import would add. */
	get references(): References {
		return {
			...this.#references,
			ids: { sections: this.#sectionIds, authors: this.#authorIds },
			byLabel: this.#byLabel,
		};
	}

	/** Returns the ids under which a post is to be listed; entries that the newsroom lacks become candidates. */
	subjectsOf({ section, tags, authors }: Pick<ImportedPost, 'section' | 'tags' | 'authors'>): Subjects {
		const notes: string[] = [];
		const idOf = (list: List, term: ImportedTerm) => {
			const id = this.#find(list, term)?.id;
			if (id === undefined) notes.push(`“${term.name}” cannot be a name among the ${list} and was left out`);
			return id;
		};
		const idsOf = (list: List, terms: readonly ImportedTerm[]) => [
			...new Set(terms.map((term) => idOf(list, term)).filter((id) => id !== undefined)),
		];
		const sectionId = (section && idOf('sections', section)) ?? idOf('sections', this.#former) ?? '';
		const tagIds = idsOf('tags', tags);
		if (tagIds.length === 0) {
			notes.push('it had no tags: the name of its section stands for them');
			tagIds.push(...idsOf('tags', [section ?? this.#former]));
		}
		const authorIds = idsOf('authors', authors);
		if (authorIds.length === 0) {
			notes.push('nobody had signed it: the former paper does');
			authorIds.push(...idsOf('authors', [this.#former]));
		}
		return { section: sectionId, tags: tagIds, authors: authorIds, notes };
	}

	/** Notes that a written article is listed under these. */
	use({ section, tags, authors }: Subjects): void {
		const ids: Record<List, readonly string[]> = { sections: [section], tags, authors };
		for (const list of lists)
			for (const id of ids[list]) {
				const known = this.#known[list].get(toLabelKey(id));
				if (known) this.#used[list].set(id, known);
			}
	}

	/** Returns the entries that written articles have and the newsroom lacks. */
	added(list: List): Candidate[] {
		const isThere = (id: unknown) =>
			this.#used[list].has(String(id)) || this.#references[list].some((one) => one.id === id);
		return [...this.#used[list].values()].flatMap(({ candidate }) => {
			if (!candidate) return [];
			const { broader, ...fields } = candidate.fields;
			return [{ ...candidate, fields: isThere(broader) ? candidate.fields : fields }];
		});
	}

	/** Returns the addresses at the former paper of lists that articles have brought along, with the list and the id. */
	oldAddresses(): { address: string; list: List; id: string }[] {
		return lists.flatMap((list) =>
			[...this.#used[list].values()].flatMap(({ id, oldAddresses }) =>
				[...oldAddresses].map((address) => ({ address, list, id })),
			),
		);
	}

	#find(list: List, term: ImportedTerm): Known | undefined {
		const { name, slug = '', oldAddresses = [] } = term;
		const known = this.#known[list].get(toLabelKey(name)) ?? this.#newsroomHas(list, slug) ?? this.#propose(list, term);
		for (const address of oldAddresses) known?.oldAddresses.add(address);
		return known;
	}

	/** Finds what the newsroom had before under an id or another name; candidates are told apart by their names. */
	#newsroomHas(list: List, slug: string): Known | undefined {
		const known = this.#known[list].get(toLabelKey(slug));
		return known?.candidate ? undefined : known;
	}

	#propose(list: List, { name, slug = '', entry = {} }: ImportedTerm): Known | undefined {
		const id = this.#freeId(list, name, slug);
		const candidate = this.#toCandidate(list, id, name, entry);
		if (!candidate) return undefined;
		const known: Known = { id, candidate, oldAddresses: new Set() };
		const { aliases = [], formerly = [] } = candidate.fields;
		for (const label of [name, id, aliases, formerly].flat()) this.#known[list].set(toLabelKey(String(label)), known);
		if (list === 'sections') this.#sectionIds.add(id);
		if (list === 'authors') this.#authorIds.add(id);
		return known;
	}

	/** Returns a new entry; nothing where the name is none that the list can have. */
	#toCandidate(list: List, id: string, name: string, entry: NonNullable<ImportedTerm['entry']>): Candidate | undefined {
		if (toLabelKey(name) === '') return undefined;
		const usual = { name, ...this.#usualFields(list, name) };
		const given = { ...usual, ...(list === 'tags' ? this.#withFreeLabels(entry, [name, id]) : entry) };
		const fields = [given, usual].find((one) => schemas[list].safeParse(one).success);
		if (!fields) return undefined;
		const tag = list === 'tags' ? tagSchema.safeParse(fields).data : undefined;
		if (tag)
			for (const label of [name, id, ...tag.aliases, ...tag.formerly])
				this.#byLabel.set(toLabelKey(label), { id, ...tag });
		return { id, name, fields, isGuess: list === 'tags' && (fields === usual || entry['kind'] === undefined) };
	}

	/** Returns what an entry has beside its name where nothing else is known. */
	#usualFields(list: List, name: string): Record<string, string> {
		if (list === 'sections') return {};
		if (list === 'tags') return { kind: guessKind(name, (place) => this.#isPlace(place)) };
		return { ...(name === this.#former.name && { kind: 'organisation' }), description: this.#description };
	}

	/** Returns the fields of a tag without the labels that others have. @param own its name and its id */
	#withFreeLabels(entry: NonNullable<ImportedTerm['entry']>, own: readonly string[]): Record<string, unknown> {
		const taken = new Set(own.map(toLabelKey));
		const isFree = (label: unknown) => {
			const key = toLabelKey(String(label));
			const free = key !== '' && !taken.has(key) && !this.#byLabel.has(key);
			taken.add(key);
			return free;
		};
		const { aliases = [], formerly = [] } = entry;
		return { ...entry, aliases: [aliases].flat().filter(isFree), formerly: [formerly].flat().filter(isFree) };
	}

	#isPlace(name: string): boolean {
		const key = toLabelKey(name);
		return [...this.#references.gazetteer.places.values()].some((place) => toLabelKey(place.name) === key);
	}

	/** Returns an id that is free: what named it in its address, where that can be an id, or else what its name gives. */
	#freeId(list: List, name: string, slug: string): string {
		if (list === 'tags') {
			if (isId(slug) && !reservedIds.has(slug) && !this.#byLabel.has(toLabelKey(slug))) return slug;
			const { id, clash, alternatives } = suggestId(name, this.#byLabel);
			return clash === undefined ? id : (alternatives[0] ?? id);
		}
		const taken = list === 'sections' ? this.#sectionIds : this.#authorIds;
		const wanted = isId(slug) && slug.length <= 80 ? slug : suggestId(name, new Map()).id;
		return firstFree(wanted, (id) => taken.has(id) || reservedIds.has(id));
	}
}

/** Returns the id, or the first of `id-2`, `id-3` and so on that is not taken. */
export function firstFree(id: string, isTaken: (id: string) => boolean): string {
	if (!isTaken(id)) return id;
	let number = 2;
	while (isTaken(`${id}-${number}`)) number++;
	return `${id}-${number}`;
}

function byLabelOf(tags: ReadonlyMap<string, Tag>): Map<string, Known> {
	const byId = new Map<string, Known>();
	return new Map(
		[...tags].map(([label, { id }]) => [
			label,
			byId.getOrInsertComputed(id, () => ({ id, candidate: undefined, oldAddresses: new Set() })),
		]),
	);
}

function byNameAndId(entries: readonly { id: string; data: { name: string } }[]): Map<string, Known> {
	const known = new Map<string, Known>();
	for (const { id, data } of entries) {
		const entry: Known = { id, candidate: undefined, oldAddresses: new Set() };
		for (const label of [id, data.name]) known.set(toLabelKey(label), entry);
	}
	return known;
}

/** Returns an entry as YAML: its fields on lines of their own. @param indent stands before each @param remark stands behind the last */
export function toYamlFields(fields: Candidate['fields'], indent = '', remark = ''): string {
	const lines = Object.entries(fields).flatMap(([name, value]) => {
		if (!Array.isArray(value)) return `${indent}${name}: ${toScalar(String(value))}`;
		const items = value.map((item) => toScalar(String(item)));
		return items.length === 0 ? [] : `${indent}${name}: [${items.join(', ')}]`;
	});
	return `${lines.join('\n')}${remark}\n`;
}

/** Reads `sections.yaml` or `tags.yaml`. @throws Error where the file is written in a form to which nothing can be added */
export async function readExtensible(content: string, name: 'sections.yaml' | 'tags.yaml') {
	const text = await readFile(join(content, name), 'utf8');
	const { contents } = parseDocument(text, yamlOptions);
	const isEmpty = contents === null || (isMap(contents) && contents.items.length === 0);
	if (!isEmpty && !(isMap(contents) && !contents.flow))
		throw new Error(`${name} is not written as one entry below another. Write it so, and start again.`);
	return { text, isEmpty };
}

/**
 * Adds entries at the end of `sections.yaml` or `tags.yaml`; what is there stays as it is.
 * @param remark stands behind each entry whose kind was guessed
 * @throws Error where the file is written in a form to which nothing can be added
 */
export async function addEntries(
	content: string,
	name: 'sections.yaml' | 'tags.yaml',
	entries: readonly Candidate[],
	remark = '',
): Promise<void> {
	if (entries.length === 0) return;
	const { text, isEmpty } = await readExtensible(content, name);
	const kept = isEmpty ? text.replace(/^\{\s*\}\s*$/m, '') : text;
	const added = entries.map(
		({ id, fields, isGuess }) => `${toScalar(id)}:\n${toYamlFields(fields, '  ', isGuess ? remark : '')}`,
	);
	await writeFile(join(content, name), `${kept === '' || kept.endsWith('\n') ? kept : `${kept}\n`}${added.join('')}`);
}
