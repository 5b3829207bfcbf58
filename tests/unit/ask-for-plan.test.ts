import { PassThrough } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import { askForPlan } from '../../src/commands/ask-for-plan.ts';
import type { GivenPlan } from '../../src/domain/new-article.ts';
import { makeEntries } from '../support/newsroom.ts';

const [down, space, enter, interrupt] = ['\x1b[B', ' ', '\r', '\x03'];

/** Answers the questions as they come: for each the words by which it is known, and the keys. */
async function answer(answers: readonly (readonly [question: string, ...keys: string[]])[], given: GivenPlan) {
	const [input, output] = [new PassThrough(), new PassThrough()];
	let shown = '';
	output.on('data', (data: Buffer) => (shown += stripVTControlCharacters(data.toString())));
	const asked = askForPlan(given, makeEntries({ '2025/06/x': {} }), { input, output });
	const ended = asked.then(
		() => undefined,
		() => undefined,
	);
	for (const [question, ...keys] of answers) {
		while (!shown.includes(question)) await Promise.race([delay(10), ended]);
		shown = '';
		for (const key of keys) {
			input.write(key);
			await delay(20);
		}
	}
	return asked;
}

test('every question is answered with keys', async () => {
	const plan = await answer(
		[
			['Headline', 'On treaties', enter],
			['Section', down, enter],
			['Authors', down, space, enter],
			['Tags', enter],
		],
		{ title: '' },
	);
	expect(plan).toMatchObject({ title: 'On treaties', section: 'trade', authors: ['a', 'b'], tags: ['china'] });
});

test('what was given is not asked for, and tags that the headline names are chosen beforehand', async () => {
	const given = { title: '', section: 'trade', authors: ['b'] };
	const plan = await answer(
		[
			['Headline', 'The treaty and AFP', enter],
			['Tags', enter],
		],
		given,
	);
	expect(plan).toEqual({ ...given, title: 'The treaty and AFP', tags: ['afp', 'treaty'] });
});

test('breaking off makes nothing', async () => {
	await expect(answer([['Headline', interrupt]], { title: '' })).rejects.toThrow('Nothing was made.');
});
