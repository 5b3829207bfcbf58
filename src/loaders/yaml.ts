import {
	type Document,
	isMap,
	isNode,
	isScalar,
	isSeq,
	LineCounter,
	type Pair,
	parseDocument,
	type ParsedNode,
	visit,
	type YAMLMap,
	YAMLParseError,
} from 'yaml';
import type { Place, Problem } from '../domain/problems.ts';
import { explainForbidden, findForbiddenCharacter, placeAt as placeIn } from '../markdown/characters.ts';
import { explainFault, findLost } from './yaml-faults.ts';

/** How YAML is understood here: version 1.2, in which dates stay text. */
export const yamlOptions = { version: '1.2', schema: 'core', prettyErrors: false, logLevel: 'error' } as const;

export type Path = readonly (string | number)[];

/** A YAML mapping and the places of its fields. */
export interface Yaml {
	value: Record<string, unknown>;
	/** Where in the whole file the field at `path` begins, or the nearest that encloses it. */
	placeOf(path: Path): Place;
	/** The value at `path` as it is written; nothing where that is a list or has fields of its own. */
	sourceOf(path: Path): string | undefined;
}

/**
 * Reads one YAML 1.2 mapping. Dates stay text; a key given twice, a second document, too many aliases and forbidden
 * characters, in keys and remarks too, are problems.
 * @param lineOffset how many lines of the file stand before `text`
 */
export function readYaml(text: string, file: string, problems: Problem[], lineOffset = 0): Yaml | undefined {
	const forbidden = findForbiddenCharacter(text);
	if (forbidden) {
		const { line, column } = placeIn(text, forbidden.offset);
		problems.push({ file, line: line + lineOffset, column, message: `holds ${explainForbidden(forbidden)}` });
		return undefined;
	}
	const lineCounter = new LineCounter();
	// The parser compares each key with each other, which takes long among thousands.
	const document = parseDocument(text, { ...yamlOptions, lineCounter, uniqueKeys: false });
	const placeAt = (offset: number): Place => {
		const { line, col } = lineCounter.linePos(offset);
		return { line: line + lineOffset, column: col };
	};
	const errors = [...document.errors, ...repeatedKeys(document)].sort((a, b) => a.pos[0] - b.pos[0]);
	const faults = [...errors, ...document.warnings];
	if (faults.length > 0) {
		// The others mostly follow from the first.
		const causes = faults.filter(({ code }, i) => i === 0 || code === 'DUPLICATE_KEY');
		for (const fault of causes) problems.push({ file, ...explainFault(fault, document, text, placeAt) });
		return undefined;
	}
	const lost = findLost(document, text);
	if (lost) {
		problems.push({ file, ...placeAt(lost.offset), message: lost.message });
		return undefined;
	}
	if (!isMap(document.contents)) {
		problems.push({
			file,
			line: 1 + lineOffset,
			column: 1,
			message: 'holds no fields. Write them as "name: value", one a line',
		});
		return undefined;
	}
	let value: unknown;
	try {
		value = document.toJS({ maxAliasCount: 100 });
	} catch (error) {
		if (!(error instanceof ReferenceError)) throw error;
		const fault = error.message.startsWith('Unresolved')
			? 'uses a YAML alias (*name) that stands for nothing'
			: 'uses too many YAML aliases (*name)';
		problems.push({ file, line: 1 + lineOffset, column: 1, message: `${fault}. Write the values out` });
		return undefined;
	}
	if (!isRecord(value)) throw new TypeError('A YAML mapping did not become an object.');
	const root = document.contents;
	return {
		value,
		placeOf: (path) => placeAt(find(root, path).offset),
		sourceOf(path) {
			const { node } = find(root, path);
			return isScalar(node) ? node.source : undefined;
		},
	};
}

/** Returns the mapping as if it stood in the field `name` of another. */
export function within(name: string, yaml: Yaml): Yaml {
	return {
		value: { [name]: yaml.value },
		placeOf: ([, ...path]) => yaml.placeOf(path),
		sourceOf: ([, ...path]) => yaml.sourceOf(path),
	};
}

/** Tells whether a value of YAML has fields. */
export function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Returns the name that a key has in what YAML becomes: nothing is no name, and a list is one. */
function nameOfKey(key: unknown): string {
	return isScalar<string | number | boolean | null>(key) ? String(key.value ?? '') : String(key);
}

/** Finds keys that their mapping has before. */
function repeatedKeys(document: Document): YAMLParseError[] {
	const faults: YAMLParseError[] = [];
	visit(document, {
		Map(_, { items }) {
			const names = new Set<string>();
			for (const { key } of items) {
				const name = nameOfKey(key);
				if (names.has(name) && isNode(key) && key.range)
					faults.push(new YAMLParseError([key.range[0], key.range[1]], 'DUPLICATE_KEY', 'Map keys must be unique'));
				names.add(name);
			}
		},
	});
	return faults;
}

const pairs = new WeakMap<YAMLMap, Map<string, Pair>>();

function pairOf(map: YAMLMap, name: string): Pair | undefined {
	const byName = pairs.getOrInsertComputed(map, () => new Map(map.items.map((pair) => [nameOfKey(pair.key), pair])));
	return byName.get(name);
}

/** Returns the node at `path`, or where it ends early the last one on the way, and where it begins. */
function find(root: ParsedNode, path: Path): { node: unknown; offset: number } {
	let node: unknown = root;
	let offset = root.range[0];
	for (const key of path) {
		if (isMap(node)) {
			const pair = pairOf(node, String(key));
			if (!pair) break;
			if (isNode(pair.key) && pair.key.range) offset = pair.key.range[0];
			node = pair.value;
		} else if (isSeq(node) && typeof key === 'number') {
			node = node.items[key];
			if (isNode(node) && node.range) offset = node.range[0];
		} else break;
	}
	return { node, offset };
}

/** Tells whether a YAML file holds nothing but remarks. */
export function isEmptyYaml(text: string): boolean {
	return text.split('\n').every((line) => /^\s*(?:#|$)/.test(line));
}
