import type { z } from 'astro/zod';
import type { Problem } from '../domain/problems.ts';
import { explainIssue, type IssuesWith } from './field-faults.ts';
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
	/** Tells what would be wrong with another value at a path. */
	const issuesWith: IssuesWith = (path, other) =>
		issuesOf(schema.safeParse(replaceAt(value, path, other), { reportInput: true }).error).filter((issue) =>
			path.every((key, i) => issue.path[i] === key),
		);
	for (const issue of issuesOf(result.error)) {
		const path = [...at, ...issue.path.map(toKey)];
		for (const { key, message } of explainIssue(issue, schema, yaml.sourceOf(path), issuesWith)) {
			const place = key === undefined ? path : [...path, key];
			problems.push({ file, ...yaml.placeOf(place), field: toFieldName(place), message });
		}
	}
	return undefined;
}

/** Returns the issues that are causes: one of another type is not also too long. */
function issuesOf(error: z.ZodError | undefined): z.core.$ZodIssue[] {
	const issues = error?.issues.flatMap(toInnerIssues) ?? [];
	const wrong = new Set(issues.filter(({ code }) => code === 'invalid_type').map(({ path }) => path.join('.')));
	return issues.filter(({ code, path }) => code === 'invalid_type' || !wrong.has(path.join('.')));
}

/** Returns in the place of “fits none of these” what is wrong with the one that was meant, where its kind tells. */
function toInnerIssues(issue: z.core.$ZodIssue): z.core.$ZodIssue[] {
	if (issue.code !== 'invalid_union') return [issue];
	const meant =
		issue.errors.find((issues) => issues.every(({ code, path }) => path.length > 0 || code === 'unrecognized_keys')) ??
		issue.errors.find((issues) => issues.every(({ code }) => code === 'custom'));
	return meant?.map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] })) ?? [issue];
}

function replaceAt(value: unknown, [key, ...rest]: readonly PropertyKey[], other: unknown): unknown {
	if (key === undefined) return other;
	if (Array.isArray(value))
		return value.map((entry: unknown, i) => (i === key ? replaceAt(entry, rest, other) : entry));
	return isRecord(value) ? { ...value, [key]: replaceAt(value[String(key)], rest, other) } : value;
}

const toKey = (part: PropertyKey) => (typeof part === 'symbol' ? String(part) : part);

/** Returns how people are told of a field: `sources[2].url`. */
export function toFieldName(path: Path): string {
	return path
		.map((part, i) => (typeof part === 'number' ? `[${part + 1}]` : `${i === 0 ? '' : '.'}${part || '""'}`))
		.join('');
}
