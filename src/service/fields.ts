import type { Context } from 'hono';
import { commentLimits } from '../schemas/comment.ts';
import { isBlank, removeForbidden } from '../markdown/characters.ts';
import { serviceWords } from '../words/service-words.ts';

const words = serviceWords.service;

/** In bytes: the longest text, of letters that take most, as a form sends it, and something for the other fields. */
export const mostBytes = 100_000;

/** Tells whether a request carries a form as browsers send ours. */
export function isForm({ req }: Pick<Context, 'req'>): boolean {
	return /^application\/x-www-form-urlencoded\b/i.test(req.header('Content-Type') ?? '');
}

/** What stands in the fields of a form for comments. */
export interface Typed {
	name: string;
	text: string;
	/** Empty where none was given. */
	email: string;
}

/** What is wrong with a field, for the reader; nothing where it can be taken. */
export type Faults = Partial<Record<keyof Typed, string>>;

/** Returns what a reader has typed without what nobody can see: line ends as they are here, and no space around it. */
export function readTyped(form: URLSearchParams): Typed {
	const read = (name: keyof Typed) => (form.get(name) ?? '').replace(/\r\n?/g, '\n').normalize('NFC');
	return { name: tidy(toLine(read('name'))), text: tidy(read('text')), email: tidy(toLine(read('email'))) };
}

function toLine(text: string): string {
	return text.replace(/\s+/g, ' ');
}

/** Removes what nobody sees, within the text and around it, until nothing is left of it: a space may have stood for a letter beside a joiner. */
function tidy(text: string): string {
	const tidied = removeForbidden(text).trim();
	return tidied === text ? text : tidy(tidied);
}

/** Finds what keeps a comment from being taken. */
export function findFaults({ name, text, email }: Typed): Faults {
	const faults = {
		name: faultOf(words.name, name, commentLimits.name),
		text: faultOf(words.text, text, commentLimits.text),
		email: email === '' || isEmail(email) ? undefined : words.isNoEmail,
	};
	return Object.fromEntries(Object.entries(faults).filter(([, fault]) => fault !== undefined));
}

function faultOf(field: string, value: string, most: number): string | undefined {
	if (isBlank(value)) return words.isEmpty(field);
	if (value.includes('\uFFFD')) return words.hasLost(field);
	const count = Array.from(value).length;
	return count > most ? words.isTooLong(field, count, most) : undefined;
}

/** Tells whether a letter could be sent to an address: as browsers do, and no longer than addresses can be (RFC 5321). */
function isEmail(text: string): boolean {
	return text.length <= 254 && /^[\w.!#$%&'*+/=?^`{|}~-]+@[a-z\d-]+(?:\.[a-z\d-]+)+$/i.test(text);
}
