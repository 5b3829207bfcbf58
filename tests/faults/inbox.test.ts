import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openCommenting } from '../support/commenting.ts';
import { mountSmallDisk } from '../support/disks.ts';

test('a full disk takes no comment, says so with all that was typed, and loses none that it took', async () => {
	const folder = await mkdtemp(join(tmpdir(), 'meridian-full-'));
	onTestFinished(() => rm(folder, { recursive: true }));
	const disk = join(folder, 'disk');
	await mkdir(disk);
	if (!mountSmallDisk(disk, 1000))
		throw new Error('This test mounts a disk: start it as root, where mounting is allowed.');
	const filler = join(disk, 'filler');
	await writeFile(filler, Buffer.alloc(200_000));
	const readers = await openCommenting({ perAddress: 1000, perArticle: 1000 }, disk);
	onTestFinished(() => readers.close());
	const send = (i: number) =>
		readers.send({ name: 'A', text: `${i} ${'ү'.repeat(4900)}`, email: '' }, { timeToWrite: 5000 });
	const confirmed: number[] = [];
	let status = 303;
	for (let i = 0; status === 303 && i < 100; i++) {
		({ status } = await send(i));
		if (status === 303) confirmed.push(i);
	}
	expect(status).toBe(503);
	expect(confirmed.length).toBeGreaterThan(3);
	const again = await send(1000);
	expect(again.document.querySelector('textarea')?.value).toMatch(/^1000 ү+$/);
	const kept = async () => (await readers.rows()).map(({ text }) => Number(text.split(' ', 1)[0]));
	expect(await kept()).toEqual(confirmed);
	await rm(filler);
	expect((await send(2000)).status).toBe(303);
	expect(await kept()).toEqual([...confirmed, 2000]);
}, 120_000);
