import { appendFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { expect, onTestFinished, test, vi } from 'vitest';
import { createBuilder, type Outcome } from '../../src/service/builder.ts';

/** Opens a builder of which each build runs a program with the path of a file that it can write into. */
async function openBuilder(...programs: readonly string[]) {
	const folder = await mkdtemp(join(tmpdir(), 'meridian-builder-'));
	const file = join(folder, 'lines');
	await appendFile(file, '');
	const outcomes: Outcome[] = [];
	const builder = createBuilder({
		commands: programs.map((program) => [process.execPath, '-e', program, file] as const),
		folder,
		pause: 50,
		now: () => 7,
		onOutcome: (outcome) => Promise.resolve(void outcomes.push(outcome)),
	});
	onTestFinished(async () => {
		await builder.stop();
		await rm(folder, { recursive: true });
	});
	const readLines = async () => (await readFile(file, 'utf8')).split('\n').filter((line) => line !== '');
	return { builder, outcomes, readLines };
}

const write = (line: string) => `require('fs').appendFileSync(process.argv[1], '${line}\\n');`;
const slowly = `${write('begin')} setTimeout(() => { ${write('end')} }, 300);`;

test('changes that come together make one edition', async () => {
	const { builder, outcomes, readLines } = await openBuilder(`${write('built')} console.log('Done.')`);
	for (let i = 0; i < 5; i++) {
		builder.changed();
		expect(builder.isAtWork()).toBe(true);
		await setTimeout(10);
	}
	await vi.waitUntil(() => !builder.isAtWork(), 5000);
	expect(await readLines()).toEqual(['built']);
	expect(outcomes).toEqual([{ at: 7, isFailure: false, message: 'Done.' }]);
	expect(builder.lastOutcome()).toEqual(outcomes[0]);
});

test('changes that never cease do not keep an edition from being made', async () => {
	const { builder, outcomes } = await openBuilder(write('built'));
	const changing = setInterval(() => builder.changed(), 10);
	onTestFinished(() => clearInterval(changing));
	await vi.waitUntil(() => outcomes.length >= 2, 10_000);
});

test('a change while an edition is being made makes another, afterwards', async () => {
	const { builder, outcomes, readLines } = await openBuilder(slowly);
	builder.changed();
	await vi.waitUntil(async () => (await readLines()).length === 1, 5000);
	builder.changed();
	await vi.waitUntil(() => outcomes.length === 2, 5000);
	expect(await readLines()).toEqual(['begin', 'end', 'begin', 'end']);
});

test('a build that fails says why, ends with the step that failed, and the next is tried', async () => {
	const { builder, outcomes, readLines } = await openBuilder(
		`console.error('Nothing is where it should be.'); process.exitCode = 3`,
		write('not reached'),
	);
	builder.changed();
	await vi.waitUntil(() => outcomes.length === 1, 5000);
	expect(outcomes).toEqual([{ at: 7, isFailure: true, message: 'Nothing is where it should be.' }]);
	builder.changed();
	await vi.waitUntil(() => outcomes.length === 2, 5000);
	expect(await readLines()).toEqual([]);
});

test('once stopped, the build that is under way is ended and none follows', async () => {
	const { builder, outcomes, readLines } = await openBuilder(`${write('begin')} setTimeout(() => {}, 60_000)`);
	builder.changed();
	await vi.waitUntil(async () => (await readLines()).length === 1, 5000);
	builder.changed();
	await builder.stop();
	expect(outcomes).toEqual([{ at: 7, isFailure: true, message: 'It ended with SIGTERM.' }]);
	builder.changed();
	await setTimeout(150);
	expect(await readLines()).toEqual(['begin']);
});
