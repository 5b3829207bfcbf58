import type { IncomingHttpHeaders } from 'node:http';
import type { Form, ServedFile } from './served-edition.ts';

/** A part of a body, with both its ends. */
export interface Range {
	start: number;
	end: number;
}

/** What every client takes that does not say otherwise, though none wants it more than what it names. */
const leastWeight = 0.0001;

/**
 * Chooses the form that a client wants most, and of equals the smallest. Who takes none gets the plain one.
 * @param accepted the header `Accept-Encoding`
 */
export function chooseForm({ packed, plain }: ServedFile, accepted = ''): Form {
	const weights = new Map(accepted.toLowerCase().split(',').map(readWeight));
	const weightOf = ({ coding }: Form) =>
		weights.get(coding) ?? weights.get('*') ?? (coding === 'identity' ? leastWeight : 0);
	const wanted = [...packed, plain].filter((form) => weightOf(form) > 0);
	const [form = plain] = wanted.sort((a, b) => weightOf(b) - weightOf(a));
	return form;
}

/** @param part `gzip;q=0.5` */
function readWeight(part: string): [coding: string, weight: number] {
	const [coding = '', ...parameters] = part.split(';').map((text) => text.trim());
	const given = parameters.find((parameter) => parameter.startsWith('q='));
	const weight = given === undefined ? 1 : Number(given.slice(2));
	return [coding, weight >= 0 && weight <= 1 ? weight : 0];
}

/** What tells a form of a file from others: its entity tag, and when the file was changed last. */
interface Validators {
	tag: string;
	modified: string;
}

/**
 * Tells whether a client has the form already. Times are compared as nginx does, for being the same: an edition that
 * readers have again after a later one has earlier times.
 */
export function isKnown(headers: IncomingHttpHeaders, { tag, modified }: Validators): boolean {
	const tags = headers['if-none-match'];
	if (tags === undefined) return headers['if-modified-since'] === modified;
	return tags
		.split(',')
		.map((known) => known.trim().replace(/^W\//, ''))
		.some((known) => known === tag || known === '*');
}

/**
 * Returns the part of a body that a client asks for; nothing where it is to get all, since it asks for no part, for
 * several, for that of another body or in no way that is known.
 * @param size of the body, in bytes
 */
export function rangeOf(
	headers: IncomingHttpHeaders,
	{ tag, modified }: Validators,
	size: number,
): Range | 'not there' | undefined {
	const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/i.exec(headers.range ?? '') ?? [];
	const condition = headers['if-range'];
	if (condition !== undefined && condition !== tag && condition !== modified) return undefined;
	if (first === '') {
		if (last === '') return undefined;
		return size > 0 && Number(last) > 0 ? { start: Math.max(0, size - Number(last)), end: size - 1 } : 'not there';
	}
	if (last !== '' && Number(last) < Number(first)) return undefined;
	if (Number(first) >= size) return 'not there';
	return { start: Number(first), end: last === '' ? size - 1 : Math.min(size - 1, Number(last)) };
}
