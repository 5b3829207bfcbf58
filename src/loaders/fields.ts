import { z } from 'astro/zod';
import { adviceFor, nearest } from '../domain/nearest.ts';
import type { Problem } from '../domain/problems.ts';
import { isRecord, type Path, type Yaml } from './yaml.ts';

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
	for (const issue of result.error.issues.flatMap(toInnerIssues)) {
		const path = [...at, ...issue.path.map(toKey)];
		for (const { key, message } of explainIssue(issue, schema, yaml.sourceOf(path))) {
			const place = key === undefined ? path : [...path, key];
			problems.push({ file, line: yaml.lineOf(place), field: toFieldName(place), message });
		}
	}
	return undefined;
}

/** Returns in the place of “fits none of these” what is wrong with the one that was meant, where its kind tells. */
function toInnerIssues(issue: z.core.$ZodIssue): z.core.$ZodIssue[] {
	if (issue.code !== 'invalid_union') return [issue];
	const meant = issue.errors.find((issues) =>
		issues.every(({ code, path }) => path.length > 0 || code === 'unrecognized_keys'),
	);
	return meant?.map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] })) ?? [issue];
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
		const properties = propertiesOf(jsonSchemaAt(schema, issue.path));
		const known = Object.keys(properties);
		const isIn = (key: string, parent: unknown) => isRecord(parent) && key in propertiesOf(parent);
		const isEmpty = (field: string) => isRecord(issue.input) && issue.input[field] === null;
		return issue.keys.map((key) => {
			const owner = known.find((field) => isEmpty(field) && isIn(key, properties[field]));
			const otherwise = owner ? `Indent it below "${owner}", where it belongs` : `The fields are ${known.join(', ')}`;
			const advice =
				/^\d+(?:\.\d+)?$/.test(key) && isEmpty(key) ? commaAdvice : adviceFor(key, owner ? [] : known, otherwise);
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
	if (issue.code === 'too_small' && issue.minimum === 1) return [{ message: 'is an empty list. Give at least one' }];
	return [{ message: issue.message }];
}

const commaAdvice = 'A comma parts fields here: write a number with a point, 43.82, and a position as [73.98, 45.21]';

const typeNames: Readonly<Record<string, string>> = {
	array: 'a list',
	boolean: 'true or false',
	int: 'a whole number',
	number: 'a number',
	object: 'fields of its own',
	string: 'text',
	tuple: 'a list of numbers in brackets',
};

function explainType(expected: string, input: unknown, source: string | undefined): string {
	const wanted = typeNames[expected] ?? expected;
	const written = typeof input === 'string' ? JSON.stringify(input) : source;
	const list = Array.isArray(input) ? input.filter((part) => typeof part === 'string') : [];
	const advice = expected === 'string' && list[0] !== undefined ? `Write one alone: ${list[0]}` : undefined;
	const found =
		written ?? (Array.isArray(input) ? 'a list' : isRecord(input) ? 'fields of its own' : JSON.stringify(input));
	return `is ${found}, but must be ${wanted}. ${advice ?? typeAdvice(expected, source) ?? `Write ${wanted}`}`;
}

/** @param source the faulty value as it is written, without its quotes */
function typeAdvice(expected: string, source: string | undefined): string | undefined {
	if (source === undefined) return undefined;
	if (expected === 'string') return `Put it in quotes: "${source}"`;
	if (expected === 'array') return source.startsWith('-') ? 'Write a space behind each hyphen' : `Write [${source}]`;
	if (expected === 'boolean') return 'Write true or false, without quotes';
	if (expected !== 'number' && expected !== 'int') return undefined;
	const number = toNumber(source) ?? (expected === 'int' ? 'one such as 2024' : 'one such as 43.82');
	return `Write ${number}, with digits${expected === 'int' ? '' : ' and a point'} alone, without quotes`;
}

/** Returns a number as YAML wants it where it is clear which one was meant: `43.82` for `43,82`, `1234` for `1 234`. */
function toNumber(written: string): string | undefined {
	const digits = written.replace(/[\s’']/g, '').replace('−', '-');
	const plain = /^-?\d{1,3}(?:,\d{3})+\.\d+$/.test(digits)
		? digits.replaceAll(',', '')
		: digits.replace(/^(-?\d+),(\d{1,2}|\d{4,})$/, '$1.$2');
	return /^-?\d+(?:\.\d+)?$/.test(plain) ? plain : undefined;
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
	const alternatives = Array.isArray(schema['anyOf']) ? schema['anyOf'].filter(isRecord).map(propertiesOf) : [];
	const own = isRecord(schema['properties']) ? schema['properties'] : {};
	return Object.fromEntries([...alternatives, own].flatMap((properties) => Object.entries(properties)));
}
