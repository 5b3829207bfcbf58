import { join, resolve } from 'node:path';

/**
 * Returns where the inbox is, as `openDatabase` takes it: `DATABASE_URL`, or a file in the folder `INBOX_DIR`, by default
 * `.data`.
 */
export function databaseAddress(): string {
	const { DATABASE_URL: address = '', INBOX_DIR: folder = '.data' } = process.env;
	return address === '' ? join(resolve(folder), 'inbox.sqlite') : address;
}
