import { readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { digestOfSources } from '../../src/edition/sources.ts';
import { writeFiles } from '../support/content.ts';

/** Returns the digest of folders as it is when their files have lain there for a minute. */
async function digestLater(...folders: readonly string[]): Promise<string | undefined> {
	vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 60_000 });
	const digest = await digestOfSources(folders);
	vi.useRealTimers();
	return digest;
}

const files = { 'articles/a.md': 'A', 'articles/b.md': 'B', 'tags.yaml': 'tags' };

describe('the digest of the sources', () => {
	test('is the same as long as nothing changes', async () => {
		const folder = await writeFiles(files);
		const digest = await digestLater(folder);
		expect(digest).toMatch(/^[\w-]{43}$/);
		expect(await digestLater(folder)).toBe(digest);
	});

	test.for<[change: string, (folder: string) => Promise<unknown>]>([
		['is edited', (folder) => writeFile(join(folder, 'tags.yaml'), 'more tags')],
		['is replaced by one of the same size', (folder) => writeFile(join(folder, 'tags.yaml'), 'gats')],
		[
			'is replaced by one of the same size and time',
			async (folder) => {
				const file = join(folder, 'tags.yaml');
				const { atime, mtime } = await stat(file);
				await writeFile(file, 'gats');
				await utimes(file, atime, mtime);
			},
		],
		['is added', (folder) => writeFile(join(folder, 'articles/c.md'), 'C')],
		['is removed', (folder) => rm(join(folder, 'articles/b.md'))],
		['is renamed', (folder) => rename(join(folder, 'articles/b.md'), join(folder, 'articles/c.md'))],
		[
			'changes places with another',
			async (folder) => {
				const [a, b, c] = ['a.md', 'b.md', 'c.md'].map((name) => join(folder, 'articles', name));
				await rename(String(a), String(c));
				await rename(String(b), String(a));
				await rename(String(c), String(b));
			},
		],
	])('is another where a file %s', async ([, change]) => {
		const folder = await writeFiles(files);
		const digest = await digestLater(folder);
		await change(folder);
		expect(await digestLater(folder)).not.toBe(digest);
	});

	test('follows every folder', async () => {
		const [content, other] = [await writeFiles(files), await writeFiles({ 'icon.svg': 'icon' })];
		const digest = await digestLater(content, other);
		await writeFile(join(other, 'icon.svg'), 'noci');
		expect(await digestLater(content, other)).not.toBe(digest);
	});

	test('is not there where a folder is not', async () => {
		expect(await digestLater(await writeFiles(files), '/nowhere')).toBeUndefined();
	});

	test('is not there where a file has changed so lately that another change might not show', async () => {
		const folder = await writeFiles(files);
		expect(await digestOfSources([folder])).toBeUndefined();
		expect(await readFile(join(folder, 'tags.yaml'), 'utf8')).toBe('tags');
	});

	test('is there half a second after a change, but two seconds after one of which the disk tells whole seconds', async () => {
		const folder = await writeFiles(files);
		const changed = Math.floor(Date.now() / 1000) * 1000;
		const digestAfter = async (milliseconds: number) => {
			vi.useFakeTimers({ toFake: ['Date'], now: changed + milliseconds });
			const digest = await digestOfSources([folder]);
			vi.useRealTimers();
			return digest;
		};
		await utimes(join(folder, 'tags.yaml'), new Date(changed + 1), new Date(changed + 1));
		expect(await digestAfter(1500)).toBeDefined();
		await utimes(join(folder, 'tags.yaml'), new Date(changed), new Date(changed));
		expect(await digestAfter(1500)).toBeUndefined();
		expect(await digestAfter(2001)).toBeDefined();
	});
});
