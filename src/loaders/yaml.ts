import { isMap, isNode, isScalar, isSeq, LineCounter, parseDocument, type ParsedNode, type YAMLError } from 'yaml';
import { z } from 'astro/zod';
import { nearest } from '../domain/nearest.ts';
import type { Problem } from '../domain/problems.ts';
import { explainForbidden, findForbiddenCharacter, placeAt } from '../markdown/characters.ts';

type Path = readonly (string | number)[];

/** A YAML mapping and the places of its fields. */
export interface Yaml {
	value: Record<string, unknown>;
	/** The line, counted from 1 in the whole file, of the field at `path` or of the nearest that encloses it. */
	lineOf(path: Path): number;
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
		const { line, column } = placeAt(text, forbidden.offset);
		problems.push({ file, line: line + lineOffset, column, message: `holds ${explainForbidden(forbidden)}` });
		return undefined;
	}
	const lineCounter = new LineCounter();
	const document = parseDocument(text, {
		lineCounter,
		version: '1.2',
		schema: 'core',
		prettyErrors: false,
		logLevel: 'error',
	});
	const lineAt = (offset: number) => lineCounter.linePos(offset).line + lineOffset;
	const faults = [...document.errors, ...document.warnings];
	if (faults.length > 0) {
		for (const fault of faults) problems.push({ file, ...explainFault(fault, text, lineAt) });
		return undefined;
	}
	if (!isMap(document.contents)) {
		problems.push({ file, line: 1 + lineOffset, message: 'holds no fields. Write them as "name: value", one a line' });
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
		problems.push({ file, line: 1 + lineOffset, message: `${fault}. Write the values out` });
		return undefined;
	}
	if (!isRecord(value)) throw new TypeError('A YAML mapping did not become an object.');
	const root = document.contents;
	return {
		value,
		lineOf: (path) => lineAt(find(root, path).offset),
		sourceOf(path) {
			const { node } = find(root, path);
			return isScalar(node) ? node.source : undefined;
		},
	};
}

/** Tells whether a value of YAML has fields. */
export function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Returns the node at `path`, or where it ends early the last one on the way, and where it begins. */
function find(root: ParsedNode, path: Path): { node: unknown; offset: number } {
	let node: unknown = root;
	let offset = root.range[0];
	for (const key of path) {
		if (isMap(node)) {
			const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(key));
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

const faultSentences: Readonly<Record<string, string>> = {
	BLOCK_AS_IMPLICIT_KEY: 'text that holds ": " must stand in quotes',
	DUPLICATE_KEY: 'a field is given twice',
	MULTIPLE_DOCS: 'a line of three hyphens stands among the fields',
	TAB_AS_INDENT: 'a tab stands where YAML needs spaces',
	UNEXPECTED_TOKEN: 'something stands behind the end of a value',
};
const faultMends: Readonly<Record<string, string>> = {
	BLOCK_AS_IMPLICIT_KEY: 'Put the whole value in quotes',
	DUPLICATE_KEY: 'Keep one of them',
	MULTIPLE_DOCS: 'Remove it',
	TAB_AS_INDENT: 'Indent with spaces',
	UNEXPECTED_TOKEN: 'Put the whole value in single quotes',
};

function explainFault(fault: YAMLError, text: string, lineAt: (offset: number) => number) {
	const unclosed = /Missing closing (.)/.exec(fault.message)?.[1];
	const offset = unclosed === undefined ? fault.pos[0] : offsetOfUnclosed(unclosed, text);
	const line = (text.slice(text.lastIndexOf('\n', offset - 1) + 1).split('\n', 1)[0] ?? '').trim();
	const found = line === '' ? '' : ` at “${line.length > 60 ? `${line.slice(0, 59)}…` : line}”`;
	const reason = fault.message.includes('call stack')
		? 'it is nested too deeply'
		: fault.message.replace(/\.$/, '').replace(/\s+/g, ' ');
	const message =
		unclosed === undefined
			? `${faultSentences[fault.code] ?? `is not valid YAML (${reason})`}${found}. ${faultMends[fault.code] ?? 'Write the values more plainly, or in quotes'}`
			: `a quotation mark ${unclosed} is opened and never closed${found}. Close it`;
	return { line: lineAt(offset), message };
}

/** Returns where the first line begins whose value opens with the sign and does not close it. */
function offsetOfUnclosed(sign: string, text: string): number {
	const opening = new RegExp(`^\\s*(?:-\\s+)?(?:[\\w-]+:\\s+)?${sign}`);
	let offset = 0;
	for (const line of text.split('\n')) {
		if (opening.test(line) && (line.split(sign).length - 1) % 2 === 1) return offset;
		offset += line.length + 1;
	}
	return 0;
}

/**
 * Returns the fields as the schema reads them; nothing where they do not fit, with a problem for each fault.
 * @param at where in the file the fields stand
 */
export function parseFields<T>(
	schema: z.ZodType<T>,
	yaml: Yaml,
	file: string,
	problems: Problem[],
	at: Path = [],
): T | undefined {
	const value = at.reduce<unknown>((fields, key) => (isRecord(fields) ? fields[key] : undefined), yaml.value);
	const result = schema.safeParse(value, { reportInput: true });
	if (result.success) return result.data;
	for (const issue of result.error.issues) {
		const path = [...at, ...issue.path.map(toKey)];
		for (const { key, message } of explainIssue(issue, schema, yaml.sourceOf(path))) {
			const place = key === undefined ? path : [...path, key];
			problems.push({ file, line: yaml.lineOf(place), field: toFieldName(place), message });
		}
	}
	return undefined;
}

const toKey = (part: PropertyKey) => (typeof part === 'symbol' ? String(part) : part);

/** Returns how people are told of a field: `sources[2].url`. */
export function toFieldName(path: Path): string {
	return path.map((part, i) => (typeof part === 'number' ? `[${part + 1}]` : i === 0 ? part : `.${part}`)).join('');
}

/** @param source the faulty value as it is written */
function explainIssue(
	issue: z.core.$ZodIssue,
	schema: z.ZodType,
	source: string | undefined,
): { key?: string; message: string }[] {
	if (issue.code === 'unrecognized_keys') {
		const known = Object.keys(propertiesOf(jsonSchemaAt(schema, issue.path)));
		return issue.keys.map((key) => {
			const near = nearest(key, known);
			const advice = near ? `Did you mean "${near}"?` : `The fields are ${known.join(', ')}`;
			return { key, message: `is not a field. ${advice}` };
		});
	}
	const { description } = jsonSchemaAt(schema, issue.path);
	const meaning = typeof description === 'string' ? ` It is wanted as: ${description}` : '';
	if (issue.input === undefined) return [{ message: `is missing.${meaning}` }];
	if (issue.input === null && issue.code !== 'custom')
		return [{ message: 'is empty. Write it, or remove the field if it may be left out' }];
	if (issue.code === 'invalid_type') return [{ message: explainType(issue.expected, issue.input, source) }];
	if (issue.code === 'invalid_value') {
		const values = issue.values.map(String);
		const near = typeof issue.input === 'string' ? nearest(issue.input, values) : undefined;
		const advice = near ? `Did you mean "${near}"?` : `Write ${values.join(' or ')}`;
		return [{ message: `${JSON.stringify(issue.input)} is not one of ${values.join(', ')}. ${advice}` }];
	}
	if (issue.code === 'too_small') return [{ message: 'is an empty list. Give at least one' }];
	return [{ message: issue.message }];
}

const typeNames: Readonly<Record<string, string>> = {
	array: 'a list',
	boolean: 'true or false',
	int: 'a whole number',
	number: 'a number',
	object: 'fields of its own',
	string: 'text',
};

function explainType(expected: string, input: unknown, source: string | undefined): string {
	const wanted = typeNames[expected] ?? expected;
	const found =
		source ?? (Array.isArray(input) ? 'a list' : isRecord(input) ? 'fields of its own' : JSON.stringify(input));
	const advice = expected === 'string' && source !== undefined ? `Put it in quotes: "${source}"` : `Write ${wanted}`;
	return `is ${found}, but must be ${wanted}. ${advice}`;
}

type JsonSchema = Record<string, unknown>;

function jsonSchemaAt(schema: z.ZodType, path: readonly PropertyKey[]): JsonSchema {
	let node: JsonSchema = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
	for (const key of path) {
		const next = propertiesOf(node)[String(key)] ?? node['items'];
		if (!isRecord(next)) return {};
		node = next;
	}
	return node;
}

function propertiesOf(schema: JsonSchema): JsonSchema {
	return isRecord(schema['properties']) ? schema['properties'] : {};
}
