import { PassThrough } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import { askNewPassword } from '../../src/commands/password.ts';

const [enter, interrupt] = ['\r', '\x03'];
const password = 'correct horse';

/** Types what is to be typed once the terminal shows what is awaited. Returns the password and all that was shown. */
async function answer(answers: readonly (readonly [awaited: string, typed: string])[]) {
	const [input, output] = [new PassThrough(), new PassThrough()];
	let [shown, all] = ['', ''];
	output.on('data', (data: Buffer) => {
		const text = stripVTControlCharacters(data.toString());
		shown += text;
		all += text;
	});
	const asked = askNewPassword({ input, output });
	const ended = asked.then(
		() => undefined,
		() => undefined,
	);
	for (const [awaited, typed] of answers) {
		while (!shown.includes(awaited)) await Promise.race([delay(10), ended]);
		shown = '';
		input.write(typed);
		await delay(20);
	}
	return { given: await asked, all };
}

test('a new password is asked for twice, after saying how long it must be, and never shown', async () => {
	const { given, all } = await answer([
		['at least 12', password + enter],
		['same again', password + enter],
	]);
	expect(given).toBe(password);
	expect(all).not.toContain(password);
});

test('one that is too short is asked for again at once', async () => {
	const { given } = await answer([
		['at least 12', `short${enter}`],
		['5 characters', password + enter],
		['same again', password + enter],
	]);
	expect(given).toBe(password);
});

test('two that differ are asked for again', async () => {
	const { given, all } = await answer([
		['at least 12', password + enter],
		['same again', `another one${enter}`],
		['at least 12', password + enter],
		['same again', password + enter],
	]);
	expect(given).toBe(password);
	expect(all).toContain('two different passwords');
});

test('breaking off gives no password', async () => {
	await expect(answer([['at least 12', interrupt]])).rejects.toThrow('Nothing was changed.');
});
