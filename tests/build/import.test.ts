import { execFile } from 'node:child_process';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { z } from 'astro/zod';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openWordPress } from '../../src/import/wordpress/wordpress.ts';
import { mustBuild, openWorkshop, peoplesEnvironment, type Workshop } from '../support/build.ts';
import { newsroomFiles, writeFiles, writeFilesTo } from '../support/content.ts';
import { makeWxr } from '../support/wxr.ts';

let workshop: Workshop;
let output: string;

beforeAll(async () => {
	workshop = await openWorkshop();
	await writeFilesTo(join(workshop.folder, 'content'), newsroomFiles);
	await writeFile(join(workshop.folder, 'export.xml'), [...makeWxr(300)]);
	const outcome = await workshop.run('import', ['wordpress', 'export.xml']);
	if (outcome.status !== 0) throw new Error(outcome.output);
	({ output } = outcome);
	await mustBuild(workshop);
});
afterAll(() => workshop.remove());

setFlagsFromString('--expose-gc');
const collectGarbage = z.custom<() => void>().parse(runInNewContext('gc'));

/** Returns how many bytes of the heap are in use once what nobody wants is gone. */
function heapInUse(): number {
	collectGarbage();
	return process.memoryUsage().heapUsed;
}

const inContent = (files: Readonly<Record<string, string>>): Record<string, string> =>
	Object.fromEntries(Object.entries(files).map(([path, text]) => [`content/${path}`, text]));
const read = (path: string) => readFile(join(workshop.folder, path), 'utf8');

test('several hundred posts are brought in and built', async () => {
	expect(output).toContain('297 articles: 297 new\n');
	// Their titles are too long.
	expect(output).toContain('3 posts put aside: 3 new\n');
	const edition = await read('dist/edition.json');
	// Seven drafts and two posts behind passwords have no page.
	expect(edition.match(/"2015\/\d\d\/story-[\d-]+\/index\.html"/g)).toHaveLength(288);
});

test('of an export that is read, hardly anything stays in memory', async () => {
	const folder = await writeFiles({ 'export.xml': [...makeWxr(300, 260)].join('') });
	const source = await openWordPress([join(folder, 'export.xml')]);
	const before = heapInUse();
	const outlines = await Array.fromAsync(source.outlines());
	expect(heapInUse() - before).toBeLessThan(5_000_000);
	expect(outlines).toHaveLength(300);
});

test('an export of 30 MB is brought in where there is no room for it in memory', async () => {
	const files = await writeFiles({ 'export.xml': [...makeWxr(300, 260)].join(''), ...inContent(newsroomFiles) });
	const args = ['--max-old-space-size=64', '--max-semi-space-size=4', 'src/commands/import.ts'];
	const env = { ...peoplesEnvironment(), CONTENT_DIR: join(files, 'content') };
	const export30 = join(files, 'export.xml');
	expect((await stat(export30)).size).toBeGreaterThan(29_000_000);
	const { stdout } = await promisify(execFile)(process.execPath, [...args, 'wordpress', export30], { env });
	expect(stdout).toContain('297 articles: 297 new\n');
});

test('links among posts lead from page to page', async () => {
	expect(await read('dist/2015/01/story-3/index.html')).toMatch(/href="\/2015\/01\/story-\d\/"[^>]*>an <strong>older/);
});

test('an import that brings nothing in ends with status 1, and says so', async () => {
	await writeFile(join(workshop.folder, 'empty.xml'), [...makeWxr(0)]);
	const { status, output: told } = await workshop.run('import', ['wordpress', 'empty.xml']);
	expect(status).toBe(1);
	expect(told).toContain('Nothing could be brought in.');
});

test.each([
	[['wordpress', 'absent.xml'], 'There is no absent.xml.'],
	[['wordpress'], 'Name what is to be read: npm run import -- wordpress FILE'],
	[['blogger', 'export.xml'], '"blogger" is nothing that this command can bring in.'],
	[['wordpress', 'package.json'], 'package.json is no export of WordPress (WXR)'],
	[['wordpress', 'export.xml', '--media', 'absent'], '--media is "absent", which is no folder.'],
	[['wordpress', 'export.xml', '--media', 'public', '--fetch'], 'Give --media or --fetch, not both.'],
])('%j is refused with a sentence', async (words, sentence) => {
	const { status, output: told } = await workshop.run('import', words);
	expect(status).toBe(1);
	expect(told).toContain(sentence);
});
