import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { createBuilder } from '../../src/service/builder.ts';
import { openDesk } from '../support/desk.ts';

test('an edition that cannot be made after an approval is told at the desk, and asked for again there', async () => {
	const desk = await openDesk();
	const fault = `console.error('content/tags.yaml:3: <b>broken</b>'); process.exitCode = 1`;
	const builder = createBuilder({
		commands: [[process.execPath, '-e', fault]],
		folder: desk.service.comments.replace(/comments$/, ''),
		pause: 10,
		now: desk.service.now,
		onOutcome: () => Promise.resolve(),
	});
	onTestFinished(() => builder.stop());
	desk.service.builder = builder;
	await desk.send({ name: 'Aigerim', text: 'A remark.', email: '' });
	const editor = await desk.signedIn();
	const list = await editor.open('/desk/');
	const approve = list.document.querySelector('button[name=approve]')?.getAttribute('value') ?? '';
	expect((await editor.send('/desk/decide', { approve })).status).toBe(303);
	await vi.waitUntil(() => !builder.isAtWork(), 10_000);

	const { document, text } = await editor.open('/desk/');
	expect(text).toContain('could not be made. Readers still have the one before.');
	expect(text).toContain('content/tags.yaml:3: <b>broken</b>');
	expect(document.querySelector('b')).toBeNull();
	expect(await readdir(join(desk.service.comments, '2025/06/a-story'))).toHaveLength(1);
	const former = builder.lastOutcome();
	expect((await editor.send('/desk/build')).status).toBe(303);
	await vi.waitUntil(() => builder.lastOutcome() !== former, 10_000);
});
