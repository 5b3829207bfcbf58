import type * as fs from 'node:fs';
import { linkSync } from 'node:fs';
import { mkdir, readdir, readFile, stat, symlink } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { carryOver } from '../../src/edition/carry.ts';
import { writeFiles, writeFilesTo } from '../support/content.ts';

const disk = vi.hoisted(() => ({ hasLinks: true, made: new Array<string>() }));
vi.mock(import('node:fs'), async (importOriginal) => {
	const original: typeof fs = await importOriginal();
	const link: typeof fs.linkSync = (from, to) => {
		if (!disk.hasLinks) throw Object.assign(new Error('EPERM'), { code: 'EPERM' });
		original.linkSync(from, to);
		disk.made.push(String(to));
	};
	return { ...original, linkSync: link };
});

/** Lays out a former edition and a new one of which some is made, and takes files over. */
async function carry(prepare: (folder: string) => unknown = () => undefined) {
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
	await prepare(folder);
	disk.made = [];
	const files = ['a/index.html', 'b/index.html', 'gone/index.html', '_astro/picture.png', '_astro/type.woff2'];
	await carryOver(former, edition, new Set(files), join(folder, 'spare'));
	const read = async (path: string) => [path, await readFile(join(edition, path), 'utf8')];
	const isLinked = async (path: string) =>
		(await stat(join(former, path))).ino === (await stat(join(edition, path))).ino;
	const paths = ['_astro/picture.png', '_astro/type.woff2', 'a/index.html', 'b/index.html'];
	const inEdition = await readdir(edition, { recursive: true });
	return {
		files: inEdition.filter((path) => /\.\w+$/.test(path)).sort(),
		folders: inEdition.filter((path) => !path.includes('.')).sort(),
		texts: await Promise.all(paths.map(read)),
		linked: await Promise.all(paths.map(isLinked)),
		made: disk.made.map((path) => relative(edition, path)),
		left: (await readdir(folder)).sort(),
		former: await Promise.all(['a', 'b', 'c'].map((name) => readFile(join(former, name, 'index.html'), 'utf8'))),
	};
}

const there = [
	['_astro/picture.png', 'picture'],
	['_astro/type.woff2', 'type'],
	['a/index.html', 'a'],
	['b/index.html', 'made'],
];
const files = there.map(([path]) => path);

describe('files of a former edition', () => {
	test('are taken over as links, but not over what was made nor where they are gone', async () => {
		const carried = await carry();
		expect(carried.files).toEqual(files);
		expect(carried.texts).toEqual(there);
		expect(carried.linked).toEqual([true, false, true, false]);
	});

	test('are copied where the disk has no links', async () => {
		disk.hasLinks = false;
		const carried = await carry().finally(() => (disk.hasLinks = true));
		expect(carried.files).toEqual(files);
		expect(carried.texts).toEqual(there);
		expect(carried.linked).toEqual([false, false, false, false]);
	});
});

describe('a spare edition', () => {
	const linkTo = (folder: string, path: string) => linkSync(join(folder, 'former', path), join(folder, 'spare', path));

	test('becomes the next: its links to the same files stay, and all else goes, with folders that are left empty', async () => {
		const carried = await carry(async (folder) => {
			await writeFilesTo(join(folder, 'spare'), {
				'_astro/picture.png': 'another file with the same name',
				'old/deep/index.html': 'of old',
				'b/index.html': 'b, as it was',
				'edition.json': 'what it held',
			});
			for (const name of ['a', 'c']) {
				await mkdir(join(folder, 'spare', name));
				linkTo(folder, `${name}/index.html`);
			}
			await symlink(join(folder, 'former'), join(folder, 'spare', 'elsewhere'));
		});
		expect(carried.files).toEqual(files);
		expect(carried.texts).toEqual(there);
		expect(carried.linked).toEqual([true, false, true, false]);
		expect(carried.folders).toEqual(['_astro', 'a', 'b', 'gone']);
		expect(carried.made).toEqual(['_astro/picture.png']);
		expect(carried.left).toEqual(['edition', 'former']);
	});

	test.each(['a file', 'a link to a folder'])('that is %s is left alone', async (what) => {
		const elsewhere = await writeFiles({ 'mine.txt': 'mine' });
		const carried = await carry(async (folder) => {
			if (what === 'a file') await writeFilesTo(folder, { spare: '' });
			else await symlink(elsewhere, join(folder, 'spare'));
		});
		expect(carried.files).toEqual(files);
		expect(carried.texts).toEqual(there);
		expect(carried.left).toEqual(['edition', 'former', 'spare']);
		expect(await readdir(elsewhere)).toEqual(['mine.txt']);
	});

	test('that shares a file with the former edition does not have it written into', async () => {
		const carried = await carry(async (folder) => {
			await mkdir(join(folder, 'spare', 'b'), { recursive: true });
			linkTo(folder, 'b/index.html');
		});
		expect(carried.texts).toEqual(there);
		expect(carried.former).toEqual(['a', 'b', 'c']);
	});
});
