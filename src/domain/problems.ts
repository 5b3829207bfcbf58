import { showForbidden } from '../markdown/characters.ts';

/** A place in a file. */
export interface Place {
	/** Counted from 1. */
	line: number;
	/** Counted from 1. */
	column: number;
}

/** Something that keeps the paper from being published. */
export interface Problem {
	/** The file, relative to the project. */
	file: string;
	/** Counted from 1; nothing where the whole file is meant. */
	line?: number | undefined;
	/** Counted from 1. */
	column?: number | undefined;
	/** The field of the front matter or of the YAML file: `source.url`, `tags`. */
	field?: string | undefined;
	/** What was found and how to mend it. */
	message: string;
}

/**
 * Returns the problem as one line: `content/articles/2025/06/x.md:4:8: tags: "CHNA" is not …`. What was found is shortened,
 * and cannot act on the terminal that shows it.
 */
export function formatProblem({ file, line, column, field, message }: Problem): string {
	const place = [file, line, column].filter((part) => part !== undefined).join(':');
	const sentence = /[.?!]$/.test(message) ? message : `${message}.`;
	return showForbidden([place, shorten(field ?? ''), shorten(sentence)].filter((part) => part).join(': '));
}

/** Cuts short what is too long to be read: words, and what stands in quotation marks. */
function shorten(text: string): string {
	return text.replace(/([^\s"]{150})[^\s"]{50,}/g, '$1…').replace(/"([^"]{150})[^"]{50,}"/g, '"$1…"');
}

/** Orders problems by file and line. */
export function byPlace(a: Problem, b: Problem): number {
	if (a.file !== b.file) return a.file < b.file ? -1 : 1;
	return (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0);
}

/** All the problems of a newsroom's content, as one error. */
export class ContentError extends Error {
	override name = 'ContentError';
	readonly problems: readonly Problem[];

	constructor(problems: readonly Problem[]) {
		super([...problems].sort(byPlace).map(formatProblem).join('\n'));
		this.problems = problems;
	}
}
