import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Moved, parseMoved } from '../domain/moved.ts';

/**
 * Reads what imports have written down of old addresses, if there was one.
 * @param content the folder of the content, beside which it stands
 * @throws Error where a line has another form
 */
export async function readMoved(content: string): Promise<Moved> {
	const file = join(content, '../import/redirects');
	return parseMoved(existsSync(file) ? await readFile(file, 'utf8') : '', file);
}
