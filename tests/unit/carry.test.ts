import type * as promises from 'node:fs/promises';
import { mkdir, readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { carryOver } from '../../src/edition/carry.ts';
import { writeFiles, writeFilesTo } from '../support/content.ts';

const disk = vi.hoisted(() => ({ hasLinks: true }));
vi.mock(import('node:fs/promises'), async (importOriginal) => {
	const original: typeof promises = await importOriginal();
	const link: typeof promises.link = async (from, to) => {
		if (!disk.hasLinks) throw Object.assign(new Error('EPERM'), { code: 'EPERM' });
		await original.link(from, to);
	};
	return { ...original, link };
});

async function carry(hasLinks: boolean) {
	const folder = await writeFiles({
		'former/a/index.html': 'a',
		'former/b/index.html': 'b',
		'former/c/index.html': 'c',
		'former/_astro/picture.png': 'picture',
		'former/_astro/type.woff2': 'type',
	});
	const [former, edition] = [join(folder, 'former'), join(folder, 'edition')];
	await mkdir(edition);
	await writeFilesTo(edition, { 'b/index.html': 'made', '_astro/type.woff2': 'type' });
	disk.hasLinks = hasLinks;
	const files = ['a/index.html', 'b/index.html', 'gone/index.html', '_astro/picture.png', '_astro/type.woff2'];
	await carryOver(former, edition, files);
	const read = async (path: string) => [path, await readFile(join(edition, path), 'utf8')];
	const isLinked = async (path: string) =>
		(await stat(join(former, path))).ino === (await stat(join(edition, path))).ino;
	const paths = ['_astro/picture.png', '_astro/type.woff2', 'a/index.html', 'b/index.html'];
	return {
		files: (await readdir(edition, { recursive: true })).filter((path) => /\.\w+$/.test(path)).sort(),
		texts: await Promise.all(paths.map(read)),
		linked: await Promise.all(paths.map(isLinked)),
	};
}

describe('files of a former edition', () => {
	const there = [
		['_astro/picture.png', 'picture'],
		['_astro/type.woff2', 'type'],
		['a/index.html', 'a'],
		['b/index.html', 'made'],
	];

	test('are taken over as links, but not over what was made nor where they are gone', async () => {
		const { files, texts, linked } = await carry(true);
		expect(files).toEqual(there.map(([path]) => path));
		expect(texts).toEqual(there);
		expect(linked).toEqual([true, false, true, false]);
	});

	test('are copied where the disk has no links', async () => {
		const { files, texts, linked } = await carry(false);
		expect(files).toEqual(there.map(([path]) => path));
		expect(texts).toEqual(there);
		expect(linked).toEqual([false, false, false, false]);
	});
});
