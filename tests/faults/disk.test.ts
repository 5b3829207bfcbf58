import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmod, mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openWorkshop, peoplesEnvironment } from '../support/build.ts';
import { articleFile, newsroomFiles, writeFilesTo } from '../support/content.ts';
import { mountSmallDisk } from '../support/disks.ts';
import { faultsOfPacked, makeTarget, publishTiny, readStore, readWhole, start, startTiny } from '../support/store.ts';

/** Starts a program as a user who has no more rights than files give; for root, without root's right to pass over them. */
const withoutPrivilege =
	process.getuid?.() === 0
		? ['setpriv', '--bounding-set=-dac_override,-dac_read_search', '--inh-caps=-dac_override,-dac_read_search']
		: [];

/** Texts for which the small disk has no room beside the first edition: none for the page, or none for it compressed. */
const tooLarge = [
	['', 'B'.repeat(120_000)],
	[' once its pages are compressed', randomBytes(25_000).toString('hex')],
] as const;

/** Returns an output folder on a small disk, and how to start a program that finds no room on it. */
async function makeSmallTarget(): Promise<{ target: string; command: string[]; isMounted: boolean }> {
	const disk = join(dirname(await makeTarget()), 'disk');
	await mkdir(disk);
	const isMounted = mountSmallDisk(disk, 300);
	return { target: join(disk, 'dist'), command: isMounted ? [] : ['prlimit', '--fsize=20000'], isMounted };
}

test.each(tooLarge)(
	'a full disk stops the publication%s, and the next one that fits goes through',
	async (_, large) => {
		const { target, command } = await makeSmallTarget();
		await publishTiny(target, 'A');
		const { how, output } = await startTiny([target, large], command).ended;
		expect([how, output]).toEqual([
			1,
			expect.stringMatching(/^(?:The disk is full\. Make room|A file would be larger)/m),
		]);
		expect(output).toContain('start again: what readers get is as it was.');
		expect(await readWhole(target)).toBe('A');
		expect((await readStore(target)).names).toEqual(['1', 'log.jsonl', 'packed']);
		expect(await faultsOfPacked(target)).toEqual([]);
		await publishTiny(target, 'C');
		expect(await readWhole(target)).toBe('C');
	},
);

test('a disk that can only be read stops the publication', async () => {
	const { target, isMounted } = await makeSmallTarget();
	await publishTiny(target, 'A');
	const disk = dirname(target);
	const store = join(disk, '.dist-editions');
	if (isMounted) execFileSync('mount', ['-o', 'remount,ro', disk]);
	else await chmod(store, 0o555);
	const { how, output } = await startTiny([target, 'B'], isMounted ? [] : withoutPrivilege).ended;
	if (isMounted) execFileSync('mount', ['-o', 'remount,rw', disk]);
	else await chmod(store, 0o755);
	expect([how, output]).toEqual([1, expect.stringMatching(/a disk that is read only|This user has no right to it/)]);
	expect(await readWhole(target)).toBe('A');
});

test('a former edition that cannot be removed stops no publication', async () => {
	const target = await makeTarget();
	const { name } = await publishTiny(target, 'A');
	const isMounted = mountSmallDisk(join(dirname(target), '.dist-editions', name), 300);
	for (const text of ['B', 'C', 'D', 'E', 'F']) {
		await publishTiny(target, text);
		expect(await readWhole(target)).toBe(text);
	}
	expect((await readStore(target)).names.includes('1')).toBe(isMounted);
});

test('a folder that this user may not write stops the publication', async () => {
	const target = await makeTarget();
	await publishTiny(target, 'A');
	const store = join(dirname(target), '.dist-editions');
	for (const folder of [store, dirname(target)]) {
		await chmod(folder, 0o555);
		const { how, output } = await startTiny([target, 'B'], withoutPrivilege).ended;
		await chmod(folder, 0o755);
		expect([how, output]).toEqual([1, expect.stringContaining('This user has no right to it. Correct the rights')]);
		expect(await readWhole(target)).toBe('A');
	}
	await publishTiny(target, 'C');
	expect(await readWhole(target)).toBe('C');
});

test('content that this user may not read is named', { timeout: 240_000 }, async () => {
	const workshop = await openWorkshop();
	onTestFinished(() => workshop.remove());
	const content = join(workshop.folder, 'content');
	await writeFilesTo(content, { ...newsroomFiles, 'articles/2025/06/x.md': articleFile() });
	await chmod(join(content, 'articles/2025/06/x.md'), 0o000);
	const surroundings = { cwd: workshop.folder, env: peoplesEnvironment() };
	const { how, output } = await start(['src/commands/build.ts'], withoutPrivilege, surroundings).ended;
	expect(how).toBe(1);
	expect(output).toContain('content/articles/2025/06/x.md: cannot be read (EACCES). Check its rights.');
});
