import { z } from 'astro/zod';
import { isRecord } from '../../src/loaders/yaml.ts';
import type { Example } from './examples.ts';
import { change, sourceAt, toTree, type Tree, type TreePath } from './yaml-tree.ts';

/** An example in which one field is not as its schema wants it. */
export interface BadInput {
	example: Example;
	/** What was done to the field. */
	what: string;
	/** The field that was changed. */
	path: TreePath;
	tree: Tree;
	/** The field in whose line the fault is looked for: where a field is missing, the one that lacks it. */
	place: TreePath;
	isOptional: boolean;
	/** True where plain text stands, which may hold anything that can be seen. */
	mayPass: boolean;
}

type Kind = 'array' | 'boolean' | 'integer' | 'null' | 'number' | 'object' | 'string';
type Node = Readonly<Record<string, unknown>>;

const alternativesOf = (node: Node): Node[] =>
	Array.isArray(node['anyOf']) ? node['anyOf'].filter(isRecord).flatMap(alternativesOf) : [node];
const kindOf = (value: unknown): Kind =>
	Array.isArray(value)
		? 'array'
		: isRecord(value)
			? 'object'
			: typeof value === 'number'
				? 'number'
				: typeof value === 'boolean'
					? 'boolean'
					: 'string';
const fits = ({ type, const: only }: Node, kind: Kind): boolean =>
	type === kind ||
	(only !== undefined && type === undefined && typeof only === kind) ||
	(kind === 'number' && type === 'integer') ||
	(kind === 'integer' && type === 'number');

const wrongValues: readonly [kind: Kind, source: string][] = [
	['null', ''],
	['null', 'null'],
	['string', '"no-such-thing"'],
	['integer', '12'],
	['number', '1.5'],
	['boolean', 'true'],
	['array', '[a]'],
	['object', '{ a: b }'],
];

const within = (sign: string) => (text: string) => text.slice(0, 1) + sign + text.slice(1);
const instead = (text: string) => () => text;

/** What somebody might write who means harm, or does not see what is written: only plain text may hold what can be seen. */
const hostileTexts: readonly [what: string, text: (sound: string) => string, isVisible: boolean][] = [
	['empty', instead(''), false],
	['blank', instead(' \u3000'), false],
	['path', instead('../x'), true],
	['code', instead('<script>alert(1)</script>'), true],
	['script as an address', instead('javascript:alert(1)'), true],
	['unknown', instead('no-such-thing'), true],
	['property of objects', instead('__proto__'), true],
	['300 characters', instead('a'.repeat(300)), true],
	['10,000 characters', instead('a'.repeat(10_000)), true],
	['control character', within('\u0007'), false],
	['escape of terminals', within('\u001B'), false],
	['override', within('\u202E'), false],
	['lone surrogate', within('\uD800'), false],
	['line break', within('\n'), true],
];

/** Returns a text as YAML, what cannot be seen of it as escapes. */
const escaped = (text: string) => JSON.stringify(text).replaceAll('\u202E', '\\u202E');

/** Returns the example with each of its fields in turn missing, empty, of a wrong type, unknown, too long or hostile. */
export function badInputsOf(example: Example): BadInput[] {
	const tree = toTree(example.fields);
	const inputs: BadInput[] = [];
	const start = example.under ?? '';
	const add = (what: string, path: TreePath, value: Tree | undefined, rest: Partial<BadInput> = {}) => {
		if (example.isSlow && rest.mayPass && what !== 'unknown') return;
		const changed = change(tree, path, value);
		inputs.push({ example, what, path, tree: changed, place: path, isOptional: false, mayPass: false, ...rest });
	};
	walk(example, (path, node, value, isOptional) => {
		if (start !== '' && path[0] !== start) return;
		const kinds = alternativesOf(node);
		const isPlain = kinds.some(({ maxLength, format }) => typeof maxLength === 'number' && format === undefined);
		if (path.length > 0) {
			if (typeof path.at(-1) === 'string')
				add('missing', path, undefined, { place: path.slice(0, -1), isOptional, mayPass: isOptional });
			for (const [kind, source] of wrongValues)
				if (!kinds.some((alternative) => fits(alternative, kind)))
					add(source || 'nothing', path, { source }, { isOptional });
			if (typeof value === 'number') for (const source of ['.nan', '.inf', '-.inf']) add(source, path, { source });
			if (Array.isArray(value)) add('[]', path, { source: '[]' }, { isOptional, mayPass: !hasMinimum(kinds) });
			if (isRecord(value)) add('{}', path, { source: '{}' }, { isOptional });
		}
		if (typeof value === 'string') {
			for (const [what, text, isVisible] of hostileTexts) {
				if (example.isSlow && isPlain && isVisible) continue;
				const mayPass = (isPlain && isVisible) || (what === 'unknown' && kinds.some(({ enum: known }) => !known));
				add(
					what,
					path,
					{ source: escaped(text(value)) },
					{ isOptional, mayPass: mayPass || (what === 'empty' && kinds.length > 1) },
				);
			}
			add('override as itself', path, { source: JSON.stringify(within('\u202E')(value)) }, { isOptional });
		}
		for (const { maxLength, maxItems, maximum, minimum } of kinds) {
			if (typeof maxLength === 'number' && typeof value === 'string')
				add('too long', path, { source: JSON.stringify(value.padEnd(maxLength + 1, 'b')) });
			if (typeof maxItems === 'number' && Array.isArray(value)) {
				const items = Array.from({ length: maxItems + 1 }, () => toTree(value[0]));
				add('too many', path, items);
			}
			const isOwn = (limit: unknown): limit is number => typeof limit === 'number' && Math.abs(limit) < 1e6;
			if (isOwn(maximum)) add('too much', path, { source: String(maximum + 1) });
			if (isOwn(minimum)) add('too little', path, { source: String(minimum - 1) });
		}
		if (!isRecord(value)) return;
		for (const key of [
			'zzzzzz',
			'"a\\u001B[31m\\nb"',
			'__proto__',
			...Object.keys(value)
				.slice(0, 1)
				.map((name) => `${name}x`),
		]) {
			const at = [...path, key];
			add(`unknown field ${key}`, at, { source: '1' });
		}
	});
	return inputs;
}

const hasMinimum = (kinds: readonly Node[]) =>
	kinds.some(({ minItems, prefixItems }) => minItems !== undefined || prefixItems !== undefined);

type Visit = (path: TreePath, node: Node, value: unknown, isOptional: boolean) => void;

/** Visits every field and entry that an example has, the whole first. */
function walk({ schema, fields }: Example, visit: Visit): void {
	const step = (path: TreePath, node: Node, value: unknown, isOptional: boolean): void => {
		visit(path, node, value, isOptional);
		const own = alternativesOf(node).find((alternative) => fits(alternative, kindOf(value)));
		if (!own) throw new Error(`${path.join('.')} does not fit its schema.`);
		const { properties, required, items, prefixItems } = own;
		if (isRecord(value))
			for (const [key, field] of Object.entries(value)) {
				const inner = isRecord(properties) ? properties[key] : undefined;
				if (!isRecord(inner)) throw new Error(`${[...path, key].join('.')} is in no schema.`);
				step([...path, key], inner, field, !(Array.isArray(required) && required.includes(key)));
			}
		if (Array.isArray(value))
			value.forEach((entry, i) => {
				const inner: unknown = Array.isArray(prefixItems) ? prefixItems[i] : items;
				if (isRecord(inner)) step([...path, i], inner, entry, false);
			});
	};
	step([], jsonSchemaOf(schema), fields, false);
}

const jsonSchemaOf = (schema: z.ZodType): Node => z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });

/** Returns the names of all fields that a schema has, `sources[].url`. */
export function fieldsOfSchema(schema: z.ZodType): Set<string> {
	const names = new Set<string>();
	const step = (name: string, node: Node): void => {
		for (const { properties, items, prefixItems } of alternativesOf(node)) {
			if (isRecord(properties))
				for (const [key, inner] of Object.entries(properties)) {
					names.add(name === '' ? key : `${name}.${key}`);
					if (isRecord(inner)) step(name === '' ? key : `${name}.${key}`, inner);
				}
			const inner = [items, prefixItems].flat().filter(isRecord);
			for (const entry of inner) step(`${name}[]`, entry);
		}
	};
	step('', jsonSchemaOf(schema));
	return names;
}

/** Returns the same of the fields that an input changes. */
export function nameOfField(path: TreePath): string {
	return path.map((key, i) => (typeof key === 'number' ? '[]' : i === 0 ? key : `.${key}`)).join('');
}

/** Does what a message says; nothing where it leaves to people what to write. */
export function mend({ example, path, tree, isOptional, what }: BadInput, message: string): Tree | undefined {
	const original = toTree(example.fields);
	const set = (source: string | undefined) => (source === undefined ? undefined : change(tree, path, { source }));
	const text = () => {
		const source = sourceAt(tree, path);
		return source?.startsWith('"') ? String(JSON.parse(source)) : '';
	};
	const quoted = (value: string | undefined) => (value === undefined ? undefined : JSON.stringify(value));
	const found = (pattern: RegExp) => pattern.exec(message)?.[1];
	if (what.startsWith('unknown field') || /is missing|Give at least one|Keep the most/.test(message)) return original;
	if (message.includes('remove the field')) return isOptional ? change(tree, path, undefined) : original;
	const limit = found(/at most (\d+) are allowed\. Shorten it$/);
	if (limit !== undefined) return set(quoted(text().slice(0, Number(limit))));
	if (message.includes('Delete it')) return set(quoted(text().replace(/[\p{Cc}\p{Cs}\u202E]/gu, '')));
	if (message.includes('as one line')) return set(quoted(text().replaceAll('\n', ' ')));
	if (message.endsWith('Write it in quotes')) return set(quoted(sourceAt(tree, path)));
	return set(
		found(/Put it in quotes: (".*")$/) ??
			found(/Write (\[.*\]|"")$/) ??
			quoted(found(/Did you mean "(.*)"\?$/)) ??
			found(/Write (true) or false/) ??
			found(/Write (?:one such as )?(\d[\d.]*), with digits/) ??
			quoted(found(/such as ([A-Z]{2})$/)) ??
			quoted(found(/as (https:\S+)$/)) ??
			quoted(found(/Write (\d{4}-\d\d-\d\d), or/)) ??
			quoted(found(/or a day: .* or (\d{4}-\d\d-\d\d)$/)) ??
			quoted(found(/ one of .*\. Write (\w+) or/)) ??
			found(/longitude first: (\[.*\])$/),
	);
}
