import { mkdir, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { moveIn } from '../../src/import/move-in.ts';
import type { Media } from '../../src/import/media.ts';
import { openWordPress } from '../../src/import/wordpress/wordpress.ts';
import { articleFile, newsroomFiles, writeFiles } from '../support/content.ts';
import { now } from '../support/newsroom.ts';
import { makePhotograph } from '../support/photographs.ts';
import { problemsOf } from '../support/problems.ts';

const fixture = 'tests/fixtures/wordpress.xml';

/** A newsroom in a folder of its own. */
interface Home {
	root: string;
	/** Reads a file of it. */
	read(path: string): Promise<string>;
	/** The paths of all files below a folder of it, in order. */
	list(folder: string): Promise<string[]>;
	import(options?: { media?: Media; files?: string[]; now?: number }): ReturnType<typeof moveIn>;
}

async function openHome(files: Readonly<Record<string, string>> = {}): Promise<Home> {
	const all = Object.entries({ ...newsroomFiles, ...files }).map(([path, text]) => [`content/${path}`, text]);
	const root = await writeFiles(Object.fromEntries(all));
	const content = join(root, 'content');
	return {
		root,
		read: (path) => readFile(join(root, path), 'utf8'),
		async list(folder) {
			const entries = await readdir(join(root, folder), { recursive: true, withFileTypes: true });
			return entries
				.filter((entry) => entry.isFile())
				.map(({ parentPath, name }) => join(parentPath, name).slice(root.length + 1))
				.sort();
		},
		import: async ({ media, files: exports = [fixture], now: clock = now } = {}) =>
			moveIn(await openWordPress(exports), { content, comments: join(content, 'comments'), now: clock, media }),
	};
}

/** Writes a copy of the former paper's uploads, and returns its folder. */
async function writeUploads(): Promise<string> {
	const gif = await sharp({ create: { width: 6, height: 6, channels: 3, background: 'green' } })
		.gif()
		.toBuffer();
	return writeFiles({
		'2015/03/harbour.jpg': await makePhotograph(40, 30),
		'2015/03/mill.png': await sharp({ create: { width: 8, height: 8, channels: 3, background: 'red' } })
			.png()
			.toBuffer(),
		'2015/03/old.gif': gif,
	});
}

const imported = async (options?: Parameters<Home['import']>[0]) => {
	const home = await openHome();
	const report = await home.import(options);
	return { ...home, report };
};

describe('an export of WordPress', () => {
	test('becomes content that can be published', async () => {
		const home = await imported({ media: { folder: await writeUploads() } });
		expect(await problemsOf(join(home.root, 'content'))).toEqual([]);
	});

	test('becomes content that can be published without its pictures', async () => {
		const home = await imported();
		expect(await problemsOf(join(home.root, 'content'))).toEqual([]);
	});
});
