import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { type Moved, parseMoved } from '../domain/moved.ts';

/** Reads what imports have written down of old addresses, if there was one. @throws Error where a line has another form */
export async function readMoved(file: string): Promise<Moved> {
	return parseMoved(existsSync(file) ? await readFile(file, 'utf8') : '', file);
}
