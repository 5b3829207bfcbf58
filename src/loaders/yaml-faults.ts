import { type Document, isScalar, visit, type YAMLError } from 'yaml';
import type { Place } from '../domain/problems.ts';

type Fault = readonly [found: string, mend: string];

const misindented: Fault = [
	'a line is indented unlike those that it belongs to',
	'Begin fields that belong together in one column, with spaces',
];
const reservedSign: Fault = ['a value begins with a sign that YAML needs itself', 'Put the whole value in quotes'];
const noField: Fault = [
	'a line is no field',
	'Write "name: value" with a space behind the colon, or indent what goes on from the line above',
];
const faultsByCode: Readonly<Record<string, Fault>> = {
	BAD_INDENT: misindented,
	BAD_SCALAR_START: reservedSign,
	BLOCK_AS_IMPLICIT_KEY: ['text that holds ": " must stand in quotes', 'Put the whole value in quotes'],
	BLOCK_IN_FLOW: ['a comma is missing between fields in brackets', 'Write { name: value, name: value }'],
	DUPLICATE_KEY: ['a field is given twice', 'Keep one of them'],
	MISSING_CHAR: noField,
	MULTILINE_IMPLICIT_KEY: noField,
	MULTIPLE_DOCS: ['a line of three hyphens or stops stands among the fields', 'Remove it'],
	TAB_AS_INDENT: ['a tab stands where YAML needs spaces', 'Indent with spaces'],
	TAG_RESOLVE_FAILED: reservedSign,
	UNEXPECTED_TOKEN: [
		'something stands behind the end of a value',
		"Put the whole value in single quotes, and write each apostrophe within it twice: 'It''s over'",
	],
};

/** What the parser calls by one code is told apart by the beginning of its message. */
const faultsByMessage: readonly (readonly [beginning: string, fault: Fault])[] = [
	['Missing ,', ['a comma is missing between fields in brackets', 'Write { name: value, name: value }']],
	['Missing directives-end', ['the file begins with %, as only instructions to programs do', 'Delete that line']],
	['Unexpected , in flow', ['a comma stands where an entry is missing', 'Delete it']],
	['Unexpected flow-', ['a bracket is closed that was never opened', 'Delete it, or open it']],
	[
		'Unexpected block-seq-ind',
		['a list begins on the line of its field', 'Begin it on the next line, or write [a, b]'],
	],
];

/** Returns what is wrong with a text that is no YAML, and where. @param placeAt returns the place of an offset */
export function explainFault(
	fault: YAMLError,
	document: Document.Parsed,
	text: string,
	placeAt: (offset: number) => Place,
): Place & { message: string } {
	const { offset, kind } = diagnose(fault, text);
	const [found, mend] = kind;
	const line = lineOfText(text, offset).trim();
	const place = line === '' ? '' : ` at “${line.length > 60 ? `${line.slice(0, 59)}…` : line}”`;
	const first = fault.code === 'DUPLICATE_KEY' ? offsetOfFirst(document, offset) : undefined;
	const before = first === undefined ? '' : `, and before in line ${placeAt(first).line}`;
	return { ...placeAt(offset), message: `${found}${place}${before}. ${mend}` };
}

/** Returns where a field was given before that is given again at the offset. */
function offsetOfFirst(document: Document.Parsed, offset: number): number | undefined {
	let first: number | undefined;
	visit(document, {
		Map(_, { items }) {
			const keys = items.map(({ key }) => (isScalar(key) ? key : undefined));
			const again = keys.find((key) => key?.range?.[0] === offset);
			if (!again) return undefined;
			first = keys.find((key) => key?.value === again.value)?.range?.[0];
			return visit.BREAK;
		},
	});
	return first;
}

/** Returns where an editor should look, and at what. */
function diagnose(fault: YAMLError, text: string): { offset: number; kind: Fault } {
	const closing = /(?:Missing closing|end with an?) (.)/.exec(fault.message)?.[1];
	if (closing !== undefined) {
		const opening = openings[closing] ?? closing;
		const name = opening === closing ? 'quotation mark' : 'bracket';
		const kind: Fault = [`a ${name} ${opening} is opened and never closed`, 'Close it'];
		return { offset: offsetOfUnclosed(opening, text), kind };
	}
	const misplaced = offsetOfMisindented(fault, text);
	if (misplaced !== undefined) return { offset: misplaced, kind: misindented };
	const other: Fault = [`is not valid YAML (${reasonOf(fault)})`, 'Write the values more plainly, or in quotes'];
	const named = faultsByMessage.find(([beginning]) => fault.message.startsWith(beginning))?.[1];
	return { offset: offsetOfMark(fault, text) ?? fault.pos[0], kind: named ?? faultsByCode[fault.code] ?? other };
}

/** Returns where the line begins that parts or heads documents, which the parser misses only below it. */
function offsetOfMark({ code, pos: [offset], message }: YAMLError, text: string): number | undefined {
	if (message.startsWith('Missing directives-end')) return text.search(/^%/m);
	return code === 'MULTIPLE_DOCS'
		? text.slice(0, offset + 3).search(/^(?:-{3}|\.{3})\s*$(?![^]*^(?:-{3}|\.{3})\s*$)/m)
		: undefined;
}

const openings: Readonly<Record<string, string>> = { ']': '[', '}': '{' };

function reasonOf({ message }: YAMLError): string {
	if (message.includes('call stack')) return 'it is nested too deeply';
	return message.replace(/\.$/, '').replace(/\s+/g, ' ');
}

/** Returns the whole line in which a text has the offset. */
function lineOfText(text: string, offset: number): string {
	return text.slice(text.lastIndexOf('\n', offset - 1) + 1).split('\n', 1)[0] ?? '';
}

/** Returns the offset of the line that is to blame where a fault follows from its indentation. */
function offsetOfMisindented({ code, pos: [offset], message }: YAMLError, text: string): number | undefined {
	const start = text.lastIndexOf('\n', offset - 1) + 1;
	const line = lineOfText(text, offset);
	const indentOf = (written: string) => written.length - written.trimStart().length;
	if (code === 'BLOCK_AS_IMPLICIT_KEY' && !/:\s.*:\s/.test(line)) {
		const next = start + line.length + 1;
		return indentOf(lineOfText(text, next)) > indentOf(line) ? next : undefined;
	}
	const isWholeLine = text.slice(start, offset).trim() === '' && /^\s*(?:-\s+)?[\w-]+:(?:\s|$)/.test(line);
	return isWholeLine && (code === 'UNEXPECTED_TOKEN' || message.startsWith('Sequence item')) ? start : undefined;
}

/** Returns where the first line begins that opens a bracket, or a value in quotes, and does not close it. */
function offsetOfUnclosed(sign: string, text: string): number {
	const count = (line: string, of: string) => line.split(of).length - 1;
	const isUnclosed = (line: string) => {
		if (sign === '[') return count(line, '[') > count(line, ']');
		if (sign === '{') return count(line, '{') > count(line, '}');
		return new RegExp(`^\\s*(?:-\\s+)?(?:[\\w-]+:\\s+)?${sign}`).test(line) && count(line, sign) % 2 === 1;
	};
	let offset = 0;
	for (const line of text.split('\n')) {
		if (isUnclosed(line)) return offset;
		offset += line.length + 1;
	}
	return 0;
}

/** Returns the first value of which YAML would drop a part that most likely belongs to it. */
export function findLost(document: Document.Parsed, text: string): { offset: number; message: string } | undefined {
	// To look at every value takes as long as to read them.
	if (!/[&#]/.test(text)) return undefined;
	const used = new Set<string>();
	visit(document, { Alias: (_, { source }) => void used.add(source) });
	let lost: { offset: number; message: string } | undefined;
	visit(document, {
		Scalar(_, { anchor, comment, range, source = '' }) {
			const offset = range?.[0] ?? 0;
			if (anchor !== undefined && !used.has(anchor))
				lost = { offset, message: `&${anchor} would be lost before “${source}”. Put the whole value in quotes` };
			else if (comment != null && !/^[\s#]/.test(comment))
				lost = {
					offset,
					message: `#${comment} would be lost behind “${source}”. Put the whole value in quotes; a remark has a space behind its #`,
				};
			return lost && visit.BREAK;
		},
	});
	return lost;
}
