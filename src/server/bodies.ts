import { type FileHandle, open, readFile } from 'node:fs/promises';
import type { Form } from './served-edition.ts';

/** Bodies of at most so many bytes are kept in memory … */
const small = 256 * 1024;
/** … as long as they have at most so many together. */
const most = 64 * 1024 * 1024;

/** Returns what reads the body of a form: a small one whole, a large one to be streamed. */
export function bodyReader(): (form: Form) => Promise<Buffer | FileHandle> {
	const kept = new Map<string, Buffer>();
	let bytes = 0;
	return async ({ tag, file, size }) => {
		const known = kept.get(tag);
		if (known) return known;
		if (size > small) return open(file);
		const body = await readFile(file);
		if (kept.has(tag)) return body;
		kept.set(tag, body);
		bytes += body.length;
		for (const [oldest, { length }] of kept) {
			if (bytes <= most) break;
			kept.delete(oldest);
			bytes -= length;
		}
		return body;
	};
}
