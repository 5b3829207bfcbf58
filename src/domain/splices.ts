/** A part of a text, from `start` to before `end`, and what takes its place. */
export interface Splice {
	start: number;
	end: number;
	text: string;
}

/** Returns the text with its parts replaced. @throws RangeError where two parts overlap */
export function applySplices(text: string, splices: readonly Splice[]): string {
	let result = '';
	let offset = 0;
	for (const { start, end, text: replacement } of inOrder(splices)) {
		if (start < offset) throw new RangeError('Two parts of a text to be replaced overlap.');
		result += text.slice(offset, start) + replacement;
		offset = end;
	}
	return result + text.slice(offset);
}

/**
 * Returns the lines that the splices change, `-` before each that goes and `+` before each that comes; before those that
 * stand together, the number of the first.
 */
export function changedLines(text: string, splices: readonly Splice[]): string[] {
	const groups: { start: number; end: number; splices: Splice[] }[] = [];
	for (const splice of inOrder(splices)) {
		const start = startOfLine(text, splice.start);
		const end = startOfLine(text, splice.end) === splice.end ? splice.end : endOfLine(text, splice.end);
		const last = groups.at(-1);
		if (last && start < last.end) {
			last.splices.push(splice);
			last.end = Math.max(last.end, end);
		} else groups.push({ start, end, splices: [splice] });
	}
	return groups.flatMap((group) => {
		const before = text.slice(group.start, group.end);
		const moved = group.splices.map(({ start, end, text }) => ({
			start: start - group.start,
			end: end - group.start,
			text,
		}));
		const number = text.slice(0, group.start).split('\n').length;
		return [`line ${number}:`, ...linesOf('-', before), ...linesOf('+', applySplices(before, moved))];
	});
}

/** Returns where the line begins in which `offset` lies. */
export function startOfLine(text: string, offset: number): number {
	return offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
}

/** Returns where the line after `offset` begins. */
export function endOfLine(text: string, offset: number): number {
	const end = text.indexOf('\n', offset);
	return end === -1 ? text.length : end + 1;
}

function inOrder(splices: readonly Splice[]): Splice[] {
	return splices.toSorted((a, b) => a.start - b.start || a.end - b.end);
}

function linesOf(sign: string, text: string): string[] {
	return text
		.replace(/\r?\n$/, '')
		.split(/\r?\n/)
		.filter((line, _, lines) => lines.length > 1 || line !== '')
		.map((line) => `${sign} ${line}`);
}
