import { text } from 'node:stream/consumers';
import { type CommonOptions, isCancel, log, password } from '@clack/prompts';
import { faultOfPassword, leastPassword } from '../service/passwords.ts';

/**
 * Asks for a new password, twice and without showing it, until it can be kept and both are the same; where the input is no
 * terminal, its first line is the password.
 * @param streams another terminal than the process's
 * @throws Error where whoever is asked breaks off
 */
export async function askNewPassword(streams?: Pick<CommonOptions, 'input' | 'output'>): Promise<string> {
	if (!streams && !process.stdin.isTTY) return (await text(process.stdin)).split(/\r?\n/, 1)[0] ?? '';
	const validate = (typed = '') => faultOfPassword(typed);
	for (;;) {
		const message = `Password, of at least ${leastPassword} characters`;
		const first = answered(await password({ message, validate, clearOnError: true, ...streams }));
		if (answered(await password({ message: 'The same again', ...streams })) === first) return first;
		log.error('These were two different passwords.', streams);
	}
}

function answered(answer: string | symbol | undefined): string {
	if (isCancel(answer)) throw new Error('No password was given. Nothing was changed.');
	return String(answer ?? '');
}
