import { isCollection, isMap, isNode, isScalar, isSeq, parseDocument, stringify, YAMLMap, type YAMLSeq } from 'yaml';
import { endOfLine, type Splice, startOfLine } from '../domain/splices.ts';
import type { VocabularyEdit } from '../domain/tag-edits.ts';
import { yamlOptions } from './yaml.ts';

type Value = string | readonly string[];

/**
 * Returns what an edit changes in the text of `tags.yaml`, and nothing beside it: remarks, order, spaces and line ends stay.
 * @throws Error where an entry is written in a form in which the place of the change cannot be told
 */
export function spliceVocabulary(text: string, { removed, changed }: VocabularyEdit): Splice[] {
	const root = parseDocument(text, yamlOptions).contents;
	const lineEnd = text.includes('\r\n') ? '\r\n' : '\n';
	if (!isMap(root)) throw new Error('tags.yaml holds no entries.');
	const splices = removed === undefined ? [] : [removePair(text, root, indexOf(root, removed))];
	for (const [id, fields] of changed) {
		const entry = root.items[indexOf(root, id)]?.value;
		if (!isMap(entry)) throw new Error(`"${id}" is not written as fields of its own.`);
		for (const [field, value] of Object.entries(fields)) splices.push(...setField(text, entry, field, value, lineEnd));
	}
	return splices;
}

/** Returns the text as a YAML scalar, in quotes where it needs them. */
export function toScalar(text: string): string {
	return toList([text]).slice(1, -1);
}

function toList(values: readonly string[]): string {
	const options = { collectionStyle: 'flow', flowCollectionPadding: false, lineWidth: 0, singleQuote: true } as const;
	return stringify(values, options).trim();
}

const toText = (value: Value) => (typeof value === 'string' ? toScalar(value) : toList(value));

/** Returns the place of a field; -1 where it is not there. */
function indexOf(map: YAMLMap, key: string): number {
	return map.items.findIndex((item) => isScalar(item.key) && String(item.key.value) === key);
}

function setField(text: string, entry: YAMLMap, field: string, value: Value | undefined, lineEnd: string): Splice[] {
	const index = indexOf(entry, field);
	if (value === undefined) return index === -1 ? [] : [removePair(text, entry, index)];
	const node = entry.items[index]?.value;
	if (index === -1) return [insertField(text, entry, `${field}: ${toText(value)}`, lineEnd)];
	if (isSeq(node) && typeof value !== 'string' && isBeginningOf(node, value))
		return appendItems(text, node, value.slice(node.items.length), lineEnd);
	const [start, end] = rangeOf(node);
	const isBlock = text.slice(start, end).endsWith('\n');
	if (isScalar(node) && !isBlock) return [{ start, end, text: toText(value) }];
	const [, keyEnd] = rangeOf(entry.items[index]?.key);
	return [{ start: keyEnd, end, text: `: ${toText(value)}${isBlock ? lineEnd : ''}` }];
}

/** A new field stands behind the kind, which every tag has. */
function insertField(text: string, entry: YAMLMap, field: string, lineEnd: string): Splice {
	const kind = entry.items[indexOf(entry, 'kind')];
	const end = endOf(kind?.value);
	if (entry.flow) return { start: end, end, text: `, ${field}` };
	const [keyStart] = rangeOf(kind?.key);
	return insertLine(text, end, text.slice(startOfLine(text, keyStart), keyStart) + field, lineEnd);
}

/** @param end where that ends behind whose line the new line is to stand */
function insertLine(text: string, end: number, line: string, lineEnd: string): Splice {
	const start = endOfBlock(text, end);
	return { start, end: start, text: text[start - 1] === '\n' ? line + lineEnd : lineEnd + line };
}

function isBeginningOf(list: YAMLSeq, values: readonly string[]): boolean {
	const items = list.items.map((item) => (isScalar(item) ? String(item.value).normalize('NFC').trim() : undefined));
	return items.every((item, i) => item === values[i]);
}

function appendItems(text: string, list: YAMLSeq, values: readonly string[], lineEnd: string): Splice[] {
	const last = list.items.at(-1);
	const [start] = rangeOf(list);
	if (list.flow) {
		const end = last === undefined ? start + 1 : endOf(last);
		const items = toList(values).slice(1, -1);
		return [{ start: end, end, text: last === undefined ? items : `, ${items}` }];
	}
	const indent = text.slice(startOfLine(text, start), start);
	return values.map((value) => insertLine(text, endOf(last), `${indent}- ${toScalar(value)}`, lineEnd));
}

/** Removes a field or an entry, with the remarks that are indented below it. */
function removePair(text: string, map: YAMLMap, index: number): Splice {
	const pair = map.items[index];
	const [keyStart, keyEnd] = rangeOf(pair?.key);
	const valueEnd = Math.max(keyEnd, endOf(pair?.value));
	if (map.flow) {
		const before = map.items[index - 1];
		const after = map.items[index + 1];
		if (before) return { start: endOf(before.value), end: valueEnd, text: '' };
		return { start: keyStart, end: after ? rangeOf(after.key)[0] : valueEnd, text: '' };
	}
	const start = startOfLine(text, keyStart);
	let end = endOfBlock(text, valueEnd);
	const remark = new RegExp(`[ \\t]{${keyStart - start + 1},}#.*(?:\\r?\\n|$)`, 'y');
	for (remark.lastIndex = end; remark.test(text);) end = remark.lastIndex;
	return { start, end, text: '' };
}

/** Returns where the lines of something end that ends at `end`. */
function endOfBlock(text: string, end: number): number {
	return text[end - 1] === '\n' ? end : endOfLine(text, end);
}

/** Returns where a value ends, without the remarks behind it. */
function endOf(node: unknown): number {
	if (isCollection(node) && !node.flow) {
		const last = node.items.at(-1);
		return endOf(isNode(last) ? last : isMap(node) ? node.items.at(-1)?.value : undefined);
	}
	return rangeOf(node)[1];
}

function rangeOf(node: unknown): readonly [start: number, end: number] {
	if (!isNode(node) || !node.range) throw new Error('An entry of tags.yaml is written in an unusual form.');
	return [node.range[0], node.range[1]];
}
