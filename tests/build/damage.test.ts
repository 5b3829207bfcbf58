import { readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mustBuild, openWorkshop, type Workshop } from '../support/build.ts';
import { articleFile, newsroomFiles, writeFilesTo } from '../support/content.ts';
import { differences, sharedFiles } from '../support/edition.ts';
import { makePhotograph } from '../support/photographs.ts';

const picture = '{ picture: { file: a.jpg, alt: Blue and red., caption: Two colours., credit: Nobody } }';
const versions = ['One headline', 'Another headline'] as const;

let workshop: Workshop;
/** What builds from nothing have made of each version. */
let expected: Readonly<Record<string, string>>;
let version = 0;

/** Edits the headline, so that the next build has something to do. */
async function edit(): Promise<void> {
	version = 1 - version;
	const title = versions[version];
	await writeFilesTo(join(workshop.folder, 'content'), { 'articles/2025/06/edited.md': articleFile({ title }) });
}

const editionOf = (out: string) => realpath(join(workshop.folder, out));

/** Builds after an edit, and returns which files the edition shares with the one before, once it is what it should be. */
async function buildOn(options: readonly string[] = []): Promise<string[]> {
	const former = await editionOf('dist');
	await edit();
	const { status, output } = await workshop.run('build', options, { CLOCK: '2025-07-01T00:00:00Z' });
	expect([status, status === 0 ? '' : output]).toEqual([0, '']);
	const edition = await editionOf('dist');
	expect(await differences(edition, expected[version] ?? '')).toEqual([]);
	return sharedFiles(edition, former);
}

beforeAll(async () => {
	workshop = await openWorkshop();
	await writeFilesTo(join(workshop.folder, 'content'), {
		...newsroomFiles,
		'articles/2025/06/pictured/index.md': articleFile({ lead: picture, tags: '[trade]', publishedAt: '2025-06-10' }),
		'articles/2025/06/pictured/a.jpg': await makePhotograph(640, 480),
		'articles/2025/06/other.md': articleFile({ tags: '[trade]', publishedAt: '2025-06-14' }),
		'articles/2025/06/third.md': articleFile({ tags: '[trade]', publishedAt: '2025-06-12' }),
	});
	const editions: string[] = [];
	for (const i of versions.keys()) {
		version = 1 - i;
		await edit();
		await mustBuild(workshop, { OUT_DIR: `expected-${i}` });
		editions.push(await editionOf(`expected-${i}`));
	}
	expected = { 0: editions[0] ?? '', 1: editions[1] ?? '' };
	await mustBuild(workshop);
});
afterAll(() => workshop.remove());

/** Changes a file of an edition in place. */
const spoil = async (file: string) => writeFile(file, 'spoilt');
/** Returns a picture of the article's page, which no feed shows. */
const pictureOf = async (edition: string) => {
	const page = await readFile(join(edition, '2025/06/pictured/index.html'), 'utf8');
	return join(edition, /_astro\/[^" ]*\.(?:webp|avif)/.exec(page)?.[0] ?? '');
};

describe('a build', () => {
	test('takes over what has not changed', async () => {
		const shared = await buildOn();
		expect(shared).toContain('2025/06/third/index.html');
		expect(shared).toContain('tags/trade/rss.xml');
		expect(shared).not.toContain('2025/06/edited/index.html');
	});

	test('makes nothing where nothing has changed, until the clock brings something', async () => {
		const build = (clock: string) => workshop.run('build', [], { CLOCK: clock });
		// Files that have changed so lately could change again without a trace.
		await setTimeout(2500);
		await build('2025-07-01T00:00:00Z');
		const again = await build('2025-07-02T00:00:00Z');
		expect(again.output).toContain('Nothing has changed');
		expect(again.output).not.toContain('Making the pages');
		const before = await build('2025-06-17T00:00:00Z');
		expect(before.output).toContain('Making the pages');
		const back = await build('2025-07-01T00:00:00Z');
		expect(back.output).toContain('Making the pages');
	});

	test('makes everything anew where nothing has changed but an edition’s own file', async () => {
		await setTimeout(2500);
		await mustBuild(workshop);
		await spoil(join(await editionOf('dist'), 'tags/trade/rss.xml'));
		await mustBuild(workshop);
		expect(await differences(await editionOf('dist'), expected[version] ?? '')).toEqual([]);
	});

	test('takes it over also where all that is kept beside the editions was lost', async () => {
		for (const name of ['.cache', '.astro']) await rm(join(workshop.folder, name), { recursive: true });
		expect(await buildOn()).toContain('2025/06/third/index.html');
	});

	test('takes over from the edition to which the paper went back', async () => {
		const { status } = await workshop.run('rollback');
		expect(status).toBe(0);
		version = 1 - version;
		expect(await buildOn()).toContain('2025/06/third/index.html');
	});

	test.for<[damage: string, damage: (edition: string) => Promise<void>]>([
		['the file that tells what it was made of was lost', (edition) => rm(`${edition}.plan.json`)],
		['that file was spoilt', (edition) => spoil(`${edition}.plan.json`)],
		[
			'that file was cut off',
			async (edition) => {
				const plan = await readFile(`${edition}.plan.json`);
				await writeFile(`${edition}.plan.json`, plan.subarray(0, plan.length / 2));
			},
		],
		[
			'that file is of another edition',
			async (edition) => {
				const plan = await readFile(`${edition}.plan.json`, 'utf8');
				await writeFile(`${edition}.plan.json`, plan.replace(/"edition":"\w{4}/, '"edition":"0000'));
			},
		],
		['the edition no longer tells what it holds', (edition) => rm(join(edition, 'edition.json'))],
		['a page was changed in place', (edition) => spoil(join(edition, '2025/06/third/index.html'))],
		['a page was removed', (edition) => rm(join(edition, '2025/06/third/index.html'))],
		['a feed was changed in place', (edition) => spoil(join(edition, 'tags/trade/rss.xml'))],
		['a picture was changed in place', async (edition) => spoil(await pictureOf(edition))],
		['a picture was removed', async (edition) => rm(await pictureOf(edition))],
		['the sitemap was changed in place', (edition) => spoil(join(edition, 'sitemap-0.xml'))],
	])('makes everything anew where %s', async ([, damage]) => {
		await damage(await editionOf('dist'));
		expect(await buildOn()).toEqual([]);
	});

	test('says which file was changed', async () => {
		await spoil(join(await editionOf('dist'), '2025/06/third/index.html'));
		await edit();
		const { output } = await workshop.run('build', [], { CLOCK: '2025-07-01T00:00:00Z' });
		expect(output).toContain(
			'In the edition that readers have, 2025/06/third/index.html was changed or removed: everything is made anew.',
		);
		expect(output).not.toContain('taken over');
	});

	test('makes everything anew where that is wanted', async () => {
		expect(await buildOn(['--full'])).toEqual([]);
	});
});
