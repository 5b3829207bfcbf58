import { hash } from 'node:crypto';

const known = new WeakMap<object, string>();

/** Of a digest, in letters of six bits: of a billion different things no two are likely to have the same. */
const length = 22;

/**
 * Returns a digest of plain data: equal data, equal digest. What an object holds is looked into once, however often and
 * wherever it is part of something.
 * @throws TypeError where something is not plain data, so that its content cannot be told
 */
export function digestOf(value: unknown): string {
	if (typeof value !== 'object' || value === null) return digestOfPrimitive(value);
	return known.getOrInsertComputed(value, () => hash('sha256', describe(value), 'base64url').slice(0, length));
}

function digestOfPrimitive(value: unknown): string {
	switch (typeof value) {
		case 'string':
			return JSON.stringify(value);
		case 'number':
		case 'boolean':
		case 'undefined':
			return String(value);
		default:
			if (value === null) return 'null';
			throw new TypeError(`A ${typeof value} is given to a page, which is no data: give what it stands for.`);
	}
}

function describe(value: object): string {
	if (Array.isArray(value)) return `[${value.map(digestOf).join()}]`;
	if (Object.getPrototypeOf(value) !== Object.prototype)
		throw new TypeError(`A ${value.constructor.name} is given to a page, which is no plain data: give a list.`);
	const parts = Object.entries(value)
		// Astro publishes the original of a picture of which anything is asked. The article's version stands for it.
		.filter(([key]) => !(key === 'image' && 'kind' in value && value.kind === 'picture'))
		.map(([key, part]) => `${JSON.stringify(key)}:${digestOf(part)}`);
	return `{${parts.join()}}`;
}
