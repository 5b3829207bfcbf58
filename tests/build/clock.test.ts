import { mkdtemp, readlink, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkEdition } from '../../src/edition/check/check.ts';
import { readManifest } from '../../src/edition/check/manifest.ts';
import { mustBuild, openWorkshop, type Workshop } from '../support/build.ts';
import { articleFile, newsroomFiles, writeFilesTo } from '../support/content.ts';
import { type Edition, readEdition, textsOf } from '../support/edition.ts';
import { numberedPaths } from '../support/search.ts';
import { findTraces } from '../support/traces.ts';

const today = '2025-06-30T12:00:00Z';
const tomorrow = '2025-07-01T12:00:00Z';
const later = '2025-07-10T12:00:00Z';

const unrelated = { section: 'trade', authors: '[other]', tags: '[trade]' };

const files = {
	...newsroomFiles,
	'sections.yaml': 'politics: { name: Politics }\ntrade: { name: Trade }\n',
	'authors/other.yaml': 'name: Other Author\ndescription: Writes.\n',
	'articles/2024/05/old.md': articleFile({ ...unrelated, title: 'An old story', publishedAt: '2024-05-10' }),
	'articles/2025/05/untrue.md': articleFile(
		{
			...unrelated,
			title: 'Zquntruetitlex',
			publishedAt: '2025-05-10',
			retracted: '{ at: 2025-07-05, reason: It was untrue. }',
		},
		'Zquntruetextx.\n',
	),
	'articles/2025/06/before.md': articleFile({
		title: 'The story before',
		publishedAt: '2025-06-10',
		updatedAt: '2025-07-08',
		corrections: '[{ at: 2025-07-08, text: A year was wrong. }]',
	}),
	'comments/2025/06/before/one.yaml': 'name: Reader\nwrittenAt: 2025-06-20\napprovedAt: 2025-07-08\ntext: Late.\n',
	'articles/2025/07/new.md': articleFile({ title: 'The new story', publishedAt: '2025-07-01', tags: '[china, xi]' }),
};

/** What the new article touches, written by hand: no other file may change when its time has come. */
const touched = [
	// It, and the article before it, which leads on to it.
	...['2025/07/new/index.html', '2025/07/new/card.png', '2025/06/before/index.html'],
	// The lists of the newest, of its year, and of its month, which is new, so that the month before leads on to it.
	...['index.html', '404.html', '2025/index.html', '2025/06/index.html', '2025/07/index.html'],
	// Its section, its author and its tags, one of which nothing had before, with all that counts or names them.
	...['sections/index.html', 'sections/politics/index.html', 'authors/index.html', 'authors/desk/index.html'],
	...['tags/index.html', 'tags/china/index.html', 'tags/xi-jinping/index.html', 'tags/xi/index.html'],
	...['tags/a-z/c/index.html', 'tags/a-z/x/index.html'],
	// The other letters of the index, because each names those that have tags.
	'tags/a-z/t/index.html',
	// Their feeds, and what lists those.
	...['rss.xml', 'feed.json', 'sections/politics/rss.xml', 'sections/politics/feed.json', 'authors/desk/rss.xml'],
	...['authors/desk/feed.json', 'tags/china/rss.xml', 'tags/xi-jinping/rss.xml', 'feeds/index.html', 'feeds.opml'],
	...['sitemap-index.xml', 'sitemap-0.xml', 'news-sitemap.xml'],
	// Half a year ends with today.
	'.well-known/security.txt',
	// The search: its own facts, those of its tags, tags by the first two letters of their words (ch, ji and xi) and by those
	// letters that had none before (j and x), and Pagefind's.
	...['search/facts.json', 'search/often.json', 'search/tags/china.json', 'search/tags/xi-jinping.json'],
	...['63-68', '6a-69', '6a', '78-69', '78'].map((letters) => `search/names/${letters}.json`),
	'search/pagefind/pagefind-entry.json',
	...['fragment/2025-07/.pf_fragment', 'index/en.pf_index', 'pagefind.en.pf_meta'].map(
		(file) => `search/pagefind/${file}`,
	),
];

/** Returns a file's name without what its name has of its bytes in the index of the search. */
const withoutHash = (file: string) => file.replace(/(?:_|(?<=\/))[\da-f]{5,}(?=\.pf_)/, '');

let workshop: Workshop;
let reconstructed: string;

beforeAll(async () => {
	workshop = await openWorkshop();
	reconstructed = join(await mkdtemp(join(tmpdir(), 'meridian-as-it-was-')), 'paper');
	await writeFilesTo(join(workshop.folder, 'content'), files);
});
afterAll(async () => {
	await workshop.remove();
	await rm(join(reconstructed, '..'), { recursive: true });
});

const filesOf = async () => (await readManifest(workshop.dist))?.files ?? {};

test('an article of tomorrow is there after one build at its time, and no file has changed but those that it touches', async () => {
	await mustBuild(workshop, { CLOCK: today });
	const before = await filesOf();
	await mustBuild(workshop, { CLOCK: tomorrow });
	const after = await filesOf();
	expect(Object.keys(before).filter((file) => file.startsWith('2025/07'))).toEqual([]);
	const all = Object.keys({ ...before, ...after });
	const changed = new Set(all.filter((file) => before[file] !== after[file]).map(withoutHash));
	expect([...changed].sort()).toEqual(touched.sort());
});

describe('the paper as it was', () => {
	let edition: Edition;
	let published: string;

	beforeAll(async () => {
		published = await readlink(workshop.dist);
		// A link that the text got when there was something to link to.
		const old = articleFile(
			{ ...unrelated, title: 'An old story', publishedAt: '2024-05-10' },
			'[New](/2025/07/new/)\n',
		);
		await writeFilesTo(join(workshop.folder, 'content'), { 'articles/2024/05/old.md': old });
		const options = ['--at', '2025-06-30T17:00+05:00', '--out', reconstructed];
		const { status, output } = await workshop.run('build', options, { CLOCK: later });
		expect([status, output]).toEqual([
			0,
			expect.stringContaining(
				`This is the paper as of 30 June 2025, 17:00 (UTC+5), reconstructed in ${reconstructed}.`,
			),
		]);
		edition = await readEdition(reconstructed);
	});

	test('is made elsewhere, and the paper stays', async () => {
		expect(await readlink(workshop.dist)).toBe(published);
	});

	test('says on every page what it is, and is a sound edition', async () => {
		for (const { path, document } of edition.pages) {
			expect(textsOf(document, 'body > p.label')[0], path).toMatch(
				/^Reconstructed: the paper as of 30 June 2025, 17:00/,
			);
			expect(document.querySelector('meta[name=robots]')?.getAttribute('content'), path).toBe('noindex');
		}
		expect((await checkEdition(reconstructed)).findings).toEqual([]);
		for (const file of edition.files.filter((name) => name.endsWith('rss.xml')))
			expect(textsOf(await edition.xml(file), 'channel > title')[0], file).toMatch(
				/ \(reconstructed as of 30 June 2025/,
			);
	});

	test('has the articles, corrections, updates and comments of then', () => {
		const addresses = edition.pages.map(({ path }) => path).filter((path) => /^\/\d{4}\/\d{2}\/./.test(path));
		expect(addresses.sort()).toEqual(['/2024/05/old/', '/2025/05/untrue/', '/2025/06/before/']);
		const { document } = edition.page('/2025/06/before/');
		expect(textsOf(document, '.facts > p').at(-1)).toBe('Published 10 June 2025 1 min read 0 Comments');
		expect(textsOf(document, '[aria-labelledby=corrections]')).toEqual([]);
		expect(textsOf(edition.page('/2024/05/old/').document, '.prose > p > a:not([href])')).toEqual(['New']);
	});

	test('does not bring back what has been retracted since', async () => {
		const words = { title: 'zquntruetitlex', text: 'zquntruetextx' };
		expect(Object.keys(await findTraces(join(workshop.folder, 'content'), { words, colours: {} }))).toHaveLength(2);
		expect(await findTraces(reconstructed, { words, colours: {} })).toEqual({});
		expect(textsOf(edition.page('/2025/05/untrue/').document, 'main').join()).toContain('It was untrue.');
	});

	test('can be searched', async () => {
		expect(await numberedPaths(reconstructed, edition.files)).toEqual(['/2024/05/old/', '/2025/06/before/']);
	});
});
