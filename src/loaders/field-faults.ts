import { z } from 'astro/zod';
import { adviceFor, nearest } from '../domain/nearest.ts';
import { isRecord } from './yaml.ts';

/** Returns what would be wrong with another value at a path of the schema. */
export type IssuesWith = (path: readonly PropertyKey[], other: unknown) => z.core.$ZodIssue[];

/**
 * Returns sentences, without their stops, of what is wrong and how to mend it: advice that was tried and would do.
 * @param source the faulty value as it is written
 * @returns one sentence, or one for each of the fields that `key` names
 */
export function explainIssue(
	issue: z.core.$ZodIssue,
	schema: z.ZodType,
	source: string | undefined,
	issuesWith: IssuesWith,
): { key?: string; message: string }[] {
	const node = jsonSchemaAt(schema, issue.path);
	if (issue.code === 'unrecognized_keys') return explainUnknown(issue, node);
	const { description } = node;
	const meaning = typeof description === 'string' ? ` It is wanted as: ${description}` : ' Write it';
	if (issue.input === undefined) return [{ message: `is missing.${meaning}` }];
	if (issue.input === null && issue.code !== 'custom') {
		const isAllowed = issuesWith(issue.path, '').length === 0;
		const advice = isAllowed ? 'Write ""' : 'Write it, or remove the field if it may be left out';
		return [{ message: `is empty. ${advice}` }];
	}
	const found = typeof issue.input === 'string' ? JSON.stringify(issue.input) : (source ?? kindOf(issue.input));
	if (issue.code === 'invalid_type') {
		const expected = node['type'] === 'integer' ? 'int' : issue.expected;
		if (expected === 'string' && source !== undefined) {
			// Where it would not do in quotes either, quotes are not what is wanted.
			const fault = issuesWith(issue.path, source)[0];
			if (fault) return explainIssue(fault, schema, source, issuesWith);
		}
		const wanted = typeNames[expected] ?? expected;
		const advice = typeAdvice({ ...issue, expected }, source, node, issuesWith) ?? `Write ${wanted}`;
		return [{ message: `is ${found}, but must be ${wanted}. ${advice}` }];
	}
	if (issue.code === 'invalid_value') {
		const values = issue.values.map(String);
		const near = typeof issue.input === 'string' ? nearest(issue.input, values) : undefined;
		const advice = near ? `Did you mean "${near}"?` : `Write ${values.join(' or ')}`;
		const fault = typeof issue.input === 'string' ? `${found} is not one of` : `is ${found}, but must be one of`;
		return [{ message: `${fault} ${values.join(', ')}. ${advice}` }];
	}
	if (issue.code === 'too_small' && issue.minimum === 1) return [{ message: 'is an empty list. Give at least one' }];
	if ((issue.code === 'too_big' || issue.code === 'too_small') && node['prefixItems'] === undefined)
		return [{ message: explainLimit(issue, found) }];
	return [{ message: issue.message }];
}

function explainUnknown(
	{ keys, input }: z.core.$ZodIssueUnrecognizedKeys,
	node: JsonSchema,
): { key: string; message: string }[] {
	const properties = propertiesOf(node);
	const known = Object.keys(properties);
	const isIn = (key: string, parent: unknown) => isRecord(parent) && key in propertiesOf(parent);
	const isEmpty = (field: string) => isRecord(input) && input[field] === null;
	const adviceOn = (key: string) => {
		const owner = known.find((field) => isEmpty(field) && isIn(key, properties[field]));
		if (owner) return `Indent it below "${owner}", where it belongs`;
		if (/^\p{Zs}/u.test(key)) return 'It begins with a no-break space: indent with plain spaces';
		if (/^\d+(?:\.\d+)?$/.test(key) && isEmpty(key)) return commaAdvice;
		return adviceFor(key, known, `The fields are ${known.join(', ')}`);
	};
	return keys.map((key) => ({ key, message: `is not a field. ${adviceOn(key)}` }));
}

function explainLimit(issue: z.core.$ZodIssueTooBig | z.core.$ZodIssueTooSmall, found: string): string {
	const limit = issue.code === 'too_big' ? `at most ${issue.maximum}` : `at least ${issue.minimum}`;
	if (!Array.isArray(issue.input)) return `is ${found}, but must be ${limit}. Correct it`;
	const mend = issue.code === 'too_big' ? 'Keep the most important ones' : 'Give more';
	const entries = issue.input.length === 1 ? '1 entry' : `${issue.input.length} entries`;
	return `has ${entries}, but must have ${limit}. ${mend}`;
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

function kindOf(input: unknown): string {
	return Array.isArray(input) ? 'a list' : isRecord(input) ? 'fields of its own' : JSON.stringify(input);
}

/** @param source the faulty value as it is written, without its quotes */
function typeAdvice(
	{ expected, input, path }: { expected: string; input?: unknown; path: readonly PropertyKey[] },
	source: string | undefined,
	node: JsonSchema,
	issuesWith: IssuesWith,
): string | undefined {
	if (expected === 'object')
		return `Write its fields, indented below it: ${Object.keys(propertiesOf(node)).join(', ')}`;
	const first: unknown = Array.isArray(input) ? input[0] : undefined;
	if (expected === 'string' && typeof first === 'string') return `Write one alone: ${first}`;
	if (source === undefined) return undefined;
	if (expected === 'string') return `Put it in quotes: "${source}"`;
	if (expected === 'array') {
		if (source.startsWith('-')) return 'Write a space behind each hyphen';
		if (issuesWith(path, [input]).length === 0) return `Write [${source}]`;
		return issuesWith(path, [source]).length === 0 ? `Write ["${source}"]` : 'Write each entry behind a hyphen';
	}
	if (expected === 'boolean') return 'Write true or false, without quotes';
	if (expected !== 'number' && expected !== 'int') return undefined;
	const meant = toNumber(source);
	const isMeant = meant !== undefined && issuesWith(path, Number(meant)).length === 0;
	const number = isMeant ? meant : expected === 'int' ? 'one such as 2024' : 'one such as 43.82';
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

const jsonSchemas = new WeakMap<z.ZodType, JsonSchema>();

function jsonSchemaAt(schema: z.ZodType, path: readonly PropertyKey[]): JsonSchema {
	let node = jsonSchemas.getOrInsertComputed(schema, () =>
		z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }),
	);
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
