import { isMap, isNode, isPair, isScalar, LineCounter, parseDocument, type ParsedNode, type YAMLError } from 'yaml';
import { z } from 'astro/zod';
import { nearest } from '../domain/nearest.ts';
import type { Problem } from '../domain/problems.ts';

type Path = readonly (string | number)[];

/** A YAML mapping and the lines on which its fields stand. */
export interface Yaml {
	value: Record<string, unknown>;
	/** The line, counted from 1 in the whole file, of the field at `path` or of the nearest that encloses it. */
	lineOf(path: Path): number;
}

/**
 * Reads one YAML 1.2 mapping. Dates stay text; a key given twice, a second document or too many aliases are problems.
 * @param lineOffset how many lines of the file stand before `text`
 */
export function readYaml(text: string, file: string, problems: Problem[], lineOffset = 0): Yaml | undefined {
	const lineCounter = new LineCounter();
	const document = parseDocument(text, { lineCounter, version: '1.2', schema: 'core', prettyErrors: false });
	const lineAt = (offset: number) => lineCounter.linePos(offset).line + lineOffset;
	const faults = [...document.errors, ...document.warnings];
	if (faults.length > 0) {
		for (const fault of faults) problems.push({ file, line: lineAt(fault.pos[0]), message: explainFault(fault, text) });
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
		problems.push({ file, line: 1 + lineOffset, message: 'uses too many YAML aliases (*name). Write the values out' });
		return undefined;
	}
	if (!isRecord(value)) throw new TypeError('A YAML mapping did not become an object.');
	const root = document.contents;
	return { value, lineOf: (path) => lineAt(offsetOf(root, path)) };
}

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function offsetOf(root: ParsedNode, path: Path): number {
	let node: unknown = root;
	let offset = root.range[0];
	for (const key of path) {
		if (isMap(node)) {
			const pair = node.items.find(
				(item) => isPair(item) && isScalar(item.key) && String(item.key.value) === String(key),
			);
			if (!pair) break;
			if (isNode(pair.key) && pair.key.range) offset = pair.key.range[0];
			node = pair.value;
		} else if (isNode(node) && 'items' in node && typeof key === 'number') {
			node = node.items[key];
			if (isNode(node) && node.range) offset = node.range[0];
		} else break;
	}
	return offset;
}

function explainFault(fault: YAMLError, text: string): string {
	const line =
		text
			.slice(text.lastIndexOf('\n', fault.pos[0] - 1) + 1)
			.split('\n', 1)[0]
			?.trim() ?? '';
	const found = line === '' ? '' : ` at ${JSON.stringify(line.length > 60 ? `${line.slice(0, 59)}…` : line)}`;
	if (fault.code === 'DUPLICATE_KEY') return `a field is given twice${found}. Keep one of them`;
	if (fault.code === 'TAB_AS_INDENT') return `a tab stands where YAML needs spaces${found}. Indent with spaces`;
	const reason = fault.message.replace(/\.$/, '').replace(/\s+/g, ' ');
	return `is not valid YAML${found}: ${reason}. Put text that holds ": " or begins with a sign in quotes`;
}

/**
 * Returns `yaml` as the schema reads it; nothing where it does not fit, with a problem for each fault.
 */
export function parseFields<T>(schema: z.ZodType<T>, yaml: Yaml, file: string, problems: Problem[]): T | undefined {
	const result = schema.safeParse(yaml.value, { reportInput: true });
	if (result.success) return result.data;
	for (const issue of result.error.issues) {
		for (const { path, message } of explainIssue(issue, schema)) {
			const names = path.map((part) => (typeof part === 'symbol' ? String(part) : part));
			problems.push({ file, line: yaml.lineOf(names), field: toFieldName(names), message });
		}
	}
	return undefined;
}

function toFieldName(path: Path): string {
	return path.map((part, i) => (typeof part === 'number' ? `[${part + 1}]` : i === 0 ? part : `.${part}`)).join('');
}

function explainIssue(issue: z.core.$ZodIssue, schema: z.ZodType): { path: PropertyKey[]; message: string }[] {
	const { path } = issue;
	if (issue.code === 'unrecognized_keys') {
		const known = keysAt(schema, path);
		return issue.keys.map((key) => {
			const near = nearest(key, known);
			const advice = near ? `Did you mean "${near}"?` : `The fields are ${known.join(', ')}`;
			return { path: [...path, key], message: `is not a field. ${advice}` };
		});
	}
	if (issue.code === 'invalid_type') return [{ path, message: explainType(issue.expected, issue.input) }];
	if (issue.code === 'invalid_value') {
		const values = issue.values.map(String);
		const near = nearest(String(issue.input), values);
		const missing = issue.input === undefined || issue.input === null;
		const found = missing ? 'is missing' : `${JSON.stringify(issue.input)} is not one of ${values.join(', ')}`;
		return [{ path, message: `${found}. ${near ? `Did you mean "${near}"?` : `Write ${values.join(' or ')}`}` }];
	}
	if (issue.code === 'too_small') return [{ path, message: 'is an empty list. Give at least one' }];
	if (issue.code === 'invalid_key') return issue.issues.map(({ message }) => ({ path, message }));
	return [{ path, message: issue.message }];
}

const typeNames: Readonly<Record<string, string>> = {
	array: 'a list',
	boolean: 'true or false',
	object: 'fields of its own',
	record: 'fields of its own',
	string: 'text',
};

function explainType(expected: string, input: unknown): string {
	const wanted = typeNames[expected] ?? expected;
	if (input === undefined) return `is missing. Write ${wanted}`;
	if (input === null) return `is empty. Write ${wanted}, or remove the field if it may be left out`;
	const found = Array.isArray(input)
		? 'a list'
		: typeof input === 'object'
			? 'fields of its own'
			: JSON.stringify(input);
	const isScalar = typeof input === 'number' || typeof input === 'boolean';
	const advice = expected === 'string' && isScalar ? `Put it in quotes: "${input}"` : `Write ${wanted}`;
	return `is ${found}, but must be ${wanted}. ${advice}`;
}

/** Returns the fields that the schema has at `path`. */
function keysAt(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
	let node: unknown = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
	for (const key of path) {
		if (!isRecord(node)) return [];
		const properties = isRecord(node['properties']) ? node['properties'] : {};
		node = properties[String(key)] ?? node['items'] ?? node['additionalProperties'];
	}
	return isRecord(node) && isRecord(node['properties']) ? Object.keys(node['properties']) : [];
}
