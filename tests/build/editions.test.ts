import { mkdir, readdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'astro/zod';
import { describe, expect, test } from 'vitest';
import { birthOf, BusyError, takeLock } from '../../src/edition/lock.ts';
import { publish } from '../../src/edition/publish.ts';
import { rollBack } from '../../src/edition/rollback.ts';
import { seeded } from '../bench/corpus.ts';
import { parseJson } from '../support/json.ts';
import { faultsOfPacked, makeTarget, publishTiny, readStore, readWhole, startTiny } from '../support/store.ts';
import { retract, tinyEdition, tinyPage, writeEdition, writeTiny } from '../support/tiny-edition.ts';

/** Writes nothing, and fails. */
const failing = (reason: string) => (): Promise<void> => Promise.reject(new Error(reason));
const steps = ['locked', 'writing', 'half', 'written', 'checked', 'packed', 'filed', 'linked', 'shown', 'tidied'];

/** What the moments of killing follow from; `SEED` repeats those of another run. */
const seed = Number(process.env['SEED'] ?? Math.floor(Math.random() * 1e9));

/** Tells whether a name in the store is neither an edition's, nor the log's, nor that of the edition kept to be made use of. */
const isLeftover = (name: string) => !/^(?:\d+|log\.jsonl|packed|spare)$/.test(name);

describe('an edition', () => {
	test('is published by a link, and leaves three former ones, and one more for the next to be made of', async () => {
		const target = await makeTarget();
		for (const text of ['A', 'B', 'C', 'D', 'E']) await publishTiny(target, text);
		expect(await readWhole(target)).toBe('E');
		expect(await readStore(target)).toEqual({
			names: ['2', '3', '4', '5', 'log.jsonl', 'packed', 'spare'],
			current: '5',
		});
		expect(await readdir(dirname(target))).toEqual(['.dist-editions', 'dist']);
	});

	test('in which nothing has changed is not published again', async () => {
		const target = await makeTarget();
		const first = await publishTiny(target, 'A');
		const second = await publishTiny(target, 'A');
		expect([first.isNew, second.isNew, second.name]).toEqual([true, false, first.name]);
		expect(await readStore(target)).toEqual({ names: ['1', 'log.jsonl', 'packed'], current: '1' });
	});

	test('that somebody has changed in place is published anew', async () => {
		const target = await makeTarget();
		await publishTiny(target, 'A');
		await writeFile(join(target, 'icon.svg'), '');
		expect((await publishTiny(target, 'A')).isNew).toBe(true);
		expect(await readWhole(target)).toBe('A');
	});

	test('with a finding is not published', async () => {
		const target = await makeTarget();
		await publishTiny(target, 'A');
		const write = async (folder: string) => {
			await writeTiny(folder, 'B');
			await rm(join(folder, 'tags/china/index.html'));
		};
		await expect(publish(target, write)).rejects.toThrow('index.html: leads to /tags/china/, which is not there.');
		expect(await readWhole(target)).toBe('A');
		expect((await readStore(target)).names).toEqual(['1', 'log.jsonl', 'packed']);
	});

	test('is logged outside of what is published, with its time and computer', async () => {
		const target = await makeTarget();
		const { name } = await publish(target, (folder) => writeTiny(folder, 'A'), { clock: 1000 });
		const log = await readFile(join(dirname(target), '.dist-editions/log.jsonl'), 'utf8');
		const entry = z.strictObject({
			at: z.iso.datetime(),
			what: z.literal('published'),
			edition: z.literal(name),
			clock: z.literal('1970-01-01T00:00:01.000Z'),
			commit: z.string().nullable(),
			host: z.string(),
		});
		expect(() => parseJson(entry, log)).not.toThrow();
		const manifest = parseJson(z.record(z.string(), z.unknown()), await readFile(join(target, 'edition.json'), 'utf8'));
		expect(Object.keys(manifest)).toEqual([
			'articles',
			'pages',
			'feeds',
			'bytes',
			'digest',
			'retracted',
			'redirects',
			'files',
		]);
	});

	test('takes the place of a real folder, which is kept to go back to', async () => {
		const target = await makeTarget();
		await mkdir(target);
		await writeTiny(target, 'A');
		await publishTiny(target, 'B');
		expect(await readWhole(target)).toBe('B');
		await rollBack(target);
		expect(await readWhole(target)).toBe('A');
	});

	test('that was damaged is not gone back to', async () => {
		const target = await makeTarget();
		const { name } = await publishTiny(target, 'A');
		await publishTiny(target, 'B');
		await rm(join(dirname(target), '.dist-editions', name, 'tags'), { recursive: true });
		await expect(rollBack(target)).rejects.toThrow(
			`The edition ${name} was damaged. Correct the content, and publish it with "npm run build".`,
		);
		expect(await readWhole(target)).toBe('B');
	});

	test('that was gone back to is put back where its link was lost', async () => {
		const target = await makeTarget();
		await publishTiny(target, 'A');
		await publishTiny(target, 'B');
		await rollBack(target);
		await rm(target);
		await expect(publish(target, failing('No.'))).rejects.toThrow('No.');
		expect(await readWhole(target)).toBe('A');
	});

	test('by a clock of old that shows what was retracted is not published; with the retraction taken back it is', async () => {
		const target = await makeTarget();
		const publishAt = (clock: number, isRetracted: boolean) =>
			publish(
				target,
				async (folder) => {
					const files = tinyEdition();
					if (isRetracted) retract(files);
					await writeEdition(folder, files);
				},
				{ clock },
			);
		await publishAt(2000, true);
		await expect(publishAt(1000, false)).rejects.toThrow(
			'For 1970-01-01T00:00:01.000Z what was retracted since would be published again: 2025/06/story/. Build without CLOCK, or with OUT_DIR in another folder.',
		);
		expect((await readStore(target)).current).toBe('1');
		await publishAt(2000, false);
		expect((await readStore(target)).current).toBe('2');
	});

	test('has no place where links lead in a circle', async () => {
		const target = await makeTarget();
		await symlink('dist', target);
		await expect(publishTiny(target, 'A')).rejects.toThrow(
			`${target} is a link that leads back to itself. Remove it, and build again.`,
		);
	});

	test('is published where somebody’s own link leads, and that link stays', async () => {
		const target = await makeTarget();
		const link = join(dirname(target), 'www');
		await symlink('dist', link);
		await publishTiny(link, 'A');
		await publishTiny(link, 'B');
		expect(await readWhole(link)).toBe('B');
		expect((await readStore(target)).current).toBe('2');
	});
});

test('addresses that were published and are gone are warned of', async () => {
	const target = await makeTarget();
	const making = { program: '', inputs: {}, madeFor: 0 };
	const publishTinyWith = (more: Readonly<Record<string, string>>) =>
		publish(target, async (folder) => {
			await writeEdition(folder, { ...tinyEdition(), ...more });
			return { making, carried: new Set<string>() };
		});
	const lead = (path: string) =>
		tinyPage('/2025/06/story/', '', `<meta http-equiv="refresh" content="0; url=${path}">`);
	const leads = { '2025/06/moved/index.html': lead('/2025/06/story/'), 'tags/old/index.html': lead('/2025/06/story/') };
	expect((await publishTinyWith(leads)).warnings).toEqual([]);
	expect((await publishTinyWith({})).warnings).toEqual([
		{
			file: '2025/06/moved/index.html',
			message:
				'was published, and is gone. Name it in the formerPaths of the article that took its place, or retract the article',
		},
		{
			file: 'tags/old/index.html',
			message: 'was published, and is gone. Name it under formerly of the tag that took its place',
		},
	]);
	expect((await publishTinyWith({})).warnings).toEqual([]);
});

describe('an edition of which nothing has changed', () => {
	/** Publishes twice and more, and tells whether the edition was looked into to find that out. */
	async function openCurrent() {
		const target = await makeTarget();
		const making = { program: '', inputs: {}, madeFor: 0 };
		const publishAgain = async () => {
			const steps: string[] = [];
			const write = async (folder: string) => {
				await writeTiny(folder, 'A');
				return { making, carried: new Set<string>() };
			};
			const isCurrent = () => Promise.resolve(true);
			const { isNew } = await publish(target, write, { isCurrent, onStep: (step) => void steps.push(step) });
			return { isNew, isRead: steps.includes('written'), isMade: steps.includes('writing') };
		};
		await publishAgain();
		// Files must be so old that a later change shows in their times.
		await delay(150);
		await publishAgain();
		return { target, publishAgain };
	}
	const kept = { isNew: false, isRead: false, isMade: false };

	test('is not looked into where its files are as they were', async () => {
		const { publishAgain } = await openCurrent();
		expect(await publishAgain()).toEqual(kept);
	});

	test.each(['icon.svg', 'edition.json'])('is made anew where %s was changed in place', async (file) => {
		const { target, publishAgain } = await openCurrent();
		const text = await readFile(join(target, file), 'utf8');
		await writeFile(join(target, file), text.replace('"pages": ', '"pages": 1').replace('<svg', '<svg '));
		expect(await publishAgain()).toMatchObject({ isRead: true, isMade: true });
		expect(await publishAgain()).toMatchObject({ isNew: false });
	});

	test('is made anew where something else lies among its files', async () => {
		const { target, publishAgain } = await openCurrent();
		await symlink('icon.svg', join(target, 'link.svg'));
		expect(await publishAgain()).toMatchObject({ isRead: true, isMade: true });
	});
});

describe('going back', () => {
	test('gives readers the edition before, and again the one before that, until there is none', async () => {
		const target = await makeTarget();
		for (const text of ['A', 'B', 'C']) await publishTiny(target, text);
		await rollBack(target);
		expect(await readWhole(target)).toBe('B');
		expect((await rollBack(target)).to).toMatch(/^1-/);
		expect(await readWhole(target)).toBe('A');
		await expect(rollBack(target)).rejects.toThrow(/There is no former edition of .* to go back to\./);
	});

	test('is refused where it would bring back what was retracted', async () => {
		const target = await makeTarget();
		const publishRetracted = (text: string) =>
			publish(target, async (folder) => {
				const files = tinyEdition(text);
				retract(files);
				await writeEdition(folder, files);
			});
		await publishTiny(target, 'A');
		await publishRetracted('B');
		await publishRetracted('C');
		await rollBack(target);
		expect(await readWhole(target)).toBe('B');
		await expect(rollBack(target)).rejects.toThrow(
			/^The edition 1-\w+ would bring back what was retracted since: 2025\/06\/story\/\. Correct the content, and publish it with "npm run build"\.$/,
		);
		expect(await readWhole(target)).toBe('B');
	});

	test('passes over editions that were damaged or would bring back what was retracted, and says so', async () => {
		const target = await makeTarget();
		await publish(target, async (folder) => {
			const files = tinyEdition('A');
			retract(files);
			await writeEdition(folder, files);
		});
		await publishTiny(target, 'B');
		const { name } = await publishTiny(target, 'C');
		await writeFile(join(dirname(target), '.dist-editions', name, 'icon.svg'), '');
		await publish(target, async (folder) => {
			const files = tinyEdition('D');
			retract(files);
			await writeEdition(folder, files);
		});
		const { passedOver } = await rollBack(target);
		expect(await readWhole(target)).toBe('A');
		expect(passedOver.map((sentence) => sentence.replace(/-\w+/, ''))).toEqual([
			'The edition 3 would bring back what was retracted since: 2025/06/story/.',
			'The edition 2 would bring back what was retracted since: 2025/06/story/.',
		]);
	});

	test('passes over an edition that was damaged', async () => {
		const target = await makeTarget();
		await publishTiny(target, 'A');
		const { name } = await publishTiny(target, 'B');
		await publishTiny(target, 'C');
		await writeFile(join(dirname(target), '.dist-editions', name, 'icon.svg'), '');
		expect((await rollBack(target)).passedOver).toEqual([`The edition ${name} was damaged.`]);
		expect(await readWhole(target)).toBe('A');
	});

	test('is refused too where the edition before does not say what it holds', async () => {
		const target = await makeTarget();
		await mkdir(target);
		await writeTiny(target, 'A');
		await publish(target, async (folder) => {
			const files = tinyEdition('B');
			retract(files);
			await writeEdition(folder, files);
		});
		await expect(rollBack(target)).rejects.toThrow('would bring back what was retracted since: 2025/06/story/.');
	});

	test('is not to what was gone back from: the next build removes that', async () => {
		const target = await makeTarget();
		for (const text of ['A', 'B', 'C']) await publishTiny(target, text);
		await rollBack(target);
		await publishTiny(target, 'D');
		// No number is given twice.
		expect(await readStore(target)).toEqual({ names: ['1', '2', '4', 'log.jsonl', 'packed', 'spare'], current: '4' });
		await rollBack(target);
		expect(await readWhole(target)).toBe('B');
	});
});

describe('a publication that is killed', () => {
	test.each(steps)('at the step "%s" leaves an edition whole, and the next one tidies', async (step) => {
		const target = await makeTarget();
		await publishTiny(target, 'A');
		expect(await startTiny([target, 'B', step]).ended).toMatchObject({ how: 'SIGKILL' });
		const isLate = steps.indexOf(step) >= steps.indexOf('shown');
		expect(await readWhole(target)).toBe(isLate ? 'B' : 'A');
		await publishTiny(target, 'C');
		expect(await readWhole(target)).toBe('C');
		expect((await readStore(target)).names.filter(isLeftover)).toEqual([]);
		expect(await faultsOfPacked(target)).toEqual([]);
	});

	test.each(steps)('at the step "%s" of the very first leaves nothing or an edition', async (step) => {
		const target = await makeTarget();
		expect(await startTiny([target, 'A', step]).ended).toMatchObject({ how: 'SIGKILL' });
		if (steps.indexOf(step) >= steps.indexOf('shown')) expect(await readWhole(target)).toBe('A');
		else await expect(readdir(target)).rejects.toThrow('ENOENT');
		await publishTiny(target, 'B');
		expect(await readWhole(target)).toBe('B');
	});

	test(`at twenty random moments, those of SEED=${seed}, leaves an edition whole, and the next one tidies`, async () => {
		const target = await makeTarget();
		await publishTiny(target, 'A');
		const whole = startTiny([target, 'B']);
		await whole.until('beginning');
		const begun = performance.now();
		expect(await whole.ended).toMatchObject({ how: 0 });
		const duration = performance.now() - begun;
		const random = seeded(seed);
		let isKilled = false;
		let isInterrupted = false;
		for (let i = 0, former = 'B'; i < 20; i++, former = `A${i}`) {
			const { process: child, ended, until } = startTiny([target, `B${i}`]);
			await until('beginning');
			// One in each twentieth of the time that a publication takes, so that all that it does is hit.
			setTimeout(() => child.kill('SIGKILL'), ((i + random()) / 20) * duration);
			const { how } = await ended;
			expect([0, 'SIGKILL']).toContain(how);
			isKilled ||= how === 'SIGKILL';
			expect([former, `B${i}`]).toContain(await readWhole(target));
			isInterrupted ||= (await readStore(target)).names.some(isLeftover);
			await publishTiny(target, `A${i + 1}`);
			expect(await readWhole(target)).toBe(`A${i + 1}`);
			expect((await readStore(target)).names.filter(isLeftover)).toEqual([]);
			expect(await faultsOfPacked(target)).toEqual([]);
		}
		expect({ isKilled, isInterrupted }).toEqual({ isKilled: true, isInterrupted: true });
	});

	test('between the two renamings of a real folder lets the next one put it back', async () => {
		const target = await makeTarget();
		await publishTiny(target, 'A');
		const store = join(dirname(target), '.dist-editions');
		await rm(target);
		const broken = publish(target, failing('Nothing was written.'));
		await expect(broken).rejects.toThrow('Nothing was written.');
		expect(await readWhole(target)).toBe('A');
		expect((await readdir(store)).length).toBe(3);
	});
});

test.each(['SIGTERM', 'SIGINT'] as const)('%s ends a publication, leaves the edition and tidies', async (signal) => {
	const target = await makeTarget();
	await publishTiny(target, 'A');
	const { process: child, ended, until } = startTiny([target, 'B', '', '/nowhere']);
	await until('writing');
	child.kill(signal);
	expect(await ended).toMatchObject({ how: signal === 'SIGTERM' ? 143 : 130 });
	expect(await readWhole(target)).toBe('A');
	expect((await readStore(target)).names.filter((name) => !name.startsWith('lock-'))).toEqual([
		'1',
		'log.jsonl',
		'packed',
	]);
});

test('a file that vanishes while it is read stops the publication', async () => {
	const target = await makeTarget();
	await publishTiny(target, 'A');
	const write = (folder: string) => rename(join(folder, 'gone'), join(folder, 'there'));
	await expect(publish(target, write)).rejects.toThrow(
		/^A file vanished while it was wanted\. Try again when nobody changes files, and start again: what readers get is as it was\. \(ENOENT/,
	);
	expect(await readWhole(target)).toBe('A');
});

describe('two publications at once', () => {
	test('follow each other: the second says that it waits', async () => {
		const target = await makeTarget();
		const signal = join(dirname(target), 'signal');
		const first = startTiny([target, 'A', '', signal]);
		await first.until('writing');
		const second = startTiny([target, 'B']);
		await second.until('waiting');
		await writeFile(signal, '');
		expect(await first.ended).toMatchObject({ how: 0 });
		expect(await second.ended).toMatchObject({ how: 0, output: 'beginning\nwaiting\nwriting\n' });
		expect(await readWhole(target)).toBe('B');
	});

	test('are refused where nothing may be waited for, with a status of its own', async () => {
		const target = await makeTarget();
		const first = startTiny([target, 'A', '', '/nowhere']);
		await first.until('writing');
		const second = publishTiny(target, 'B');
		await expect(second).rejects.toThrow(BusyError);
		await expect(second).rejects.toMatchObject({ status: 75 });
		first.process.kill('SIGKILL');
		await first.ended;
	});

	test('never write together, however many there are', async () => {
		const target = await makeTarget();
		const all = ['A', 'B', 'C', 'D', 'E'].map((text) => startTiny([target, text]).ended);
		for (const { how, output } of await Promise.all(all)) expect([how, output]).toEqual([0, expect.any(String)]);
		expect((await readStore(target)).names).toEqual(['2', '3', '4', '5', 'log.jsonl', 'packed', 'spare']);
	});
});

describe('a lock', () => {
	test('of a process that has ended is taken over, also where another has its number', async () => {
		const folder = dirname(await makeTarget());
		await writeFile(join(folder, 'lock-99999999-abc'), '');
		await writeFile(join(folder, `lock-${process.ppid}-0123456789abcdef`), '');
		(await takeLock(folder))();
		expect(await readdir(folder)).toEqual([]);
	});

	test('of a process that runs is respected', async () => {
		const folder = dirname(await makeTarget());
		await writeFile(join(folder, `lock-${process.ppid}-${birthOf(process.ppid) ?? ''}`), '');
		await expect(takeLock(folder)).rejects.toThrow(`Process ${process.ppid} is at work on ${folder}.`);
	});
});
