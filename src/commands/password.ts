import { createInterface } from 'node:readline/promises';
import { text } from 'node:stream/consumers';
import { Writable } from 'node:stream';

/**
 * Asks for a new password, twice and without showing it; where the input is no terminal, its first line is the password.
 * @throws Error where the two are not the same
 */
export async function askNewPassword(): Promise<string> {
	if (!process.stdin.isTTY) return (await text(process.stdin)).split(/\r?\n/, 1)[0] ?? '';
	const password = await ask('Password: ');
	if ((await ask('The same again: ')) !== password)
		throw new Error('These were two different passwords. Nothing was changed.');
	return password;
}

async function ask(question: string): Promise<string> {
	const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
	const lines = createInterface({ input: process.stdin, output: nowhere, terminal: true });
	const stop = new AbortController();
	lines.on('SIGINT', () => stop.abort()).on('close', () => stop.abort());
	process.stderr.write(question);
	try {
		return await lines.question('', { signal: stop.signal });
	} catch (error) {
		if (stop.signal.aborted) throw new Error('No password was given. Nothing was changed.', { cause: error });
		throw error;
	} finally {
		process.stderr.write('\n');
		lines.close();
	}
}
