import { execFile } from 'node:child_process';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { z } from 'astro/zod';
import sharp from 'sharp';
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

test('a folder of markdown is brought in with its pictures and built', async () => {
	const png = await sharp({ create: { width: 20, height: 10, channels: 3, background: 'green' } })
		.png()
		.toBuffer();
	await writeFilesTo(join(workshop.folder, 'texts'), {
		'2016-03-04-bread.md': '# Bread and salt\n\nFresh.\n\n![A loaf](loaf.png)\n',
		'loaf.png': png,
	});
	const { status, output: told } = await workshop.run('import', ['markdown', 'texts']);
	expect([status, told]).toEqual([0, expect.stringContaining('1 article: 1 new\n')]);
	await mustBuild(workshop);
	expect(await read('dist/2016/03/bread/index.html')).toMatch(/Bread and salt[^]*alt="A loaf"/);
});

test.each([
	['ghost', 'ghost.json'],
	['feed', 'feed.xml'],
	['jekyll', 'jekyll'],
	['hugo', 'hugo'],
])('what is brought in from %s comes from %s', async (kind, place) => {
	const post = {
		id: 1,
		title: 'Bread',
		slug: 'bread',
		html: '<p>Fresh.</p>',
		status: 'published',
		published_at: '2016-03-04T10:00:00Z',
	};
	await writeFilesTo(workshop.folder, {
		'ghost.json': JSON.stringify({ db: [{ data: { posts: [post] } }] }),
		'feed.xml':
			'<rss version="2.0"><channel><title>Former</title><item><title>Bread</title><link>https://former.example/bread</link><pubDate>Fri, 04 Mar 2016 10:00:00 GMT</pubDate><description>Fresh.</description></item></channel></rss>',
		'jekyll/_posts/2016-03-04-bread.md': '---\ntitle: Bread\n---\nFresh.\n',
		'hugo/content/posts/bread.md': '+++\ntitle = "Bread"\ndate = 2016-03-04\n+++\nFresh.\n',
	});
	const home = `homes/${kind}`;
	const files = Object.entries(newsroomFiles).map(([path, text]): [string, string] => [`content/${path}`, text]);
	await writeFilesTo(join(workshop.folder, home), Object.fromEntries(files));
	const { output: told } = await workshop.run('import', [kind, place], { CONTENT_DIR: `${home}/content` });
	expect(told).toContain('1 article: 1 new\n');
	expect(await read(`${home}/content/articles/2016/03/bread.md`)).toContain('Fresh.');
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
	[['ghost', 'package.json'], 'package.json is no export of Ghost'],
	[['feed', 'package.json'], 'package.json cannot be read as a feed'],
	[
		['feed', 'http://127.0.0.1/rss.xml'],
		'http://127.0.0.1/rss.xml leads to 127.0.0.1, an address of a private network.',
	],
	[['jekyll', 'src'], 'has no folder _posts with texts.'],
	[['hugo', 'src'], 'has no folder content with texts.'],
	[['markdown', 'src', 'public'], '"public" is too much'],
	[['wordpress', 'export.xml', '--media', 'absent'], '--media is "absent", which is no folder.'],
	[['wordpress', 'export.xml', '--media', 'public', '--fetch'], 'Give --media or --fetch, not both.'],
])('%j is refused with a sentence', async (words, sentence) => {
	const { status, output: told } = await workshop.run('import', words);
	expect(status).toBe(1);
	expect(told).toContain(sentence);
});
