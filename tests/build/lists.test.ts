import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mustBuild, openWorkshop, type Workshop } from '../support/build.ts';
import { articleFile, newsroomFiles, writeFilesTo } from '../support/content.ts';
import { attributesOf, type Edition, readEdition, textsOf } from '../support/edition.ts';
import { brokenLinksOf, faultsOf } from '../support/page-rules.ts';

let workshop: Workshop;
let edition: Edition;

/** How many articles carry each tag `count-<n>`: newest ones first. */
const counts = [1, 19, 20, 21, 39, 40, 41, 61];
const inMay = 200;
const inJune = 61;

/** 200 articles in May and 61 in June, with the longest headlines and standfirsts that are allowed. */
function corpus(): Record<string, string> {
	const long = (length: number, n: number) => `${n} ${'Қазақ word '.repeat(40)}`.slice(0, length - 1) + '.';
	const entry = (month: string, i: number, position: number) => {
		const day = String((i % 28) + 1).padStart(2, '0');
		const tags = ['china', ...counts.filter((count) => position < count).map((count) => `count-${count}`)];
		return articleFile({
			title: long(150, i),
			standfirst: long(320, i),
			publishedAt: `2025-${month}-${day}T${String(Math.floor(i / 28) + 10)}:00+05:00`,
			tags: `[${tags.join(', ')}]`,
		});
	};
	const months = [
		['06', inJune],
		['05', inMay],
	] as const;
	return Object.fromEntries(
		months.flatMap(([month, length]) =>
			Array.from({ length }, (_, i) => [
				`articles/2025/${month}/story-${i}.md`,
				entry(month, i, month === '06' ? i : inJune + i),
			]),
		),
	);
}

beforeAll(async () => {
	workshop = await openWorkshop();
	const tags = counts.map((count) => `count-${count}: { name: Count ${count}, kind: topic }\n`).join('');
	await writeFilesTo(join(workshop.folder, 'content'), {
		...newsroomFiles,
		'tags.yaml': `china: { name: China, kind: place }\n${tags}`,
		...corpus(),
		// The end of the second pin has come.
		'front.yaml': `lead: { article: 2025/05/story-3 }\npins: [${[
			'{ article: 2025/05/story-0, until: 2025-08-01 }',
			'{ article: 2025/06/story-1, until: 2025-06-30 }',
			'{ article: 2025/06/story-20, until: 2025-08-01 }',
		].join(', ')}]\n`,
	});
	await mustBuild(workshop);
	edition = await readEdition(workshop.dist);
});
afterAll(() => workshop.remove());

const headlines = (path: string) => attributesOf(edition.page(path).document, 'main li h2 a', 'href');
const hasPage = (path: string) => edition.pages.some((page) => page.path === path);

describe('long lists', () => {
	test('are whole, light and sound on every page', () => {
		expect(edition.pages.flatMap(faultsOf)).toEqual([]);
		expect(brokenLinksOf(edition, 'https://meridian.example.org')).toEqual([]);
	});

	test.each(counts)('a tag of %i articles shows all of them on its head and its numbered pages', (count) => {
		const list = `/tags/count-${count}/`;
		const older = Math.max(0, Math.floor(count / 20) - 1);
		expect(headlines(list)).toHaveLength(count - older * 20);
		for (let number = 1; number <= older; number++) expect(headlines(`${list}page/${number}/`)).toHaveLength(20);
		expect(hasPage(`${list}page/${older + 1}/`)).toBe(false);
		expect(textsOf(edition.page(list).document, 'main header .label').join(' ')).toContain(
			count === 1 ? '1 article' : `${count} articles`,
		);
	});

	test('page 1 is the oldest, and pages link to each other', () => {
		const { document } = edition.page('/tags/count-61/page/1/');
		expect(attributesOf(document, 'nav a[rel=prev]', 'href')).toEqual(['/tags/count-61/page/2/']);
		expect(attributesOf(document, 'nav a[rel=next]', 'href')).toEqual([]);
		const head = edition.page('/tags/count-61/').document;
		expect(attributesOf(head, 'nav a[rel=next]', 'href')).toEqual(['/tags/count-61/page/2/']);
		expect(textsOf(document, 'title')).toEqual(['Count 61, page 1, counted from the oldest – Meridian']);
	});

	test('the home page has what the editor has chosen, the newest once each, and its older pages the rest', () => {
		const all = inMay + inJune;
		const older = Math.floor(all / 20) - 1;
		const { document } = edition.page('/');
		const shown = attributesOf(document, 'main article h2 a, main article h3 a', 'href');
		const chosenOfMay = ['/2025/05/story-3/', '/2025/05/story-0/'];
		expect(shown.slice(0, 3)).toEqual([...chosenOfMay, '/2025/06/story-20/']);
		expect(shown).toHaveLength(all - older * 20 + chosenOfMay.length);
		expect(new Set(shown).size).toBe(shown.length);
		expect(attributesOf(document, '[aria-labelledby=pinned] h3 a', 'href')).toEqual(shown.slice(1, 3));
		expect(textsOf(document, '#pinned')).toEqual(['Chosen by the editor']);
		expect(headlines('/page/1/')).toContain('/2025/05/story-0/');
		expect(attributesOf(document, 'nav a[rel=next]', 'href')).toEqual([`/page/${older}/`]);
		expect(headlines('/page/1/')).toHaveLength(20);
	});

	test('a month of 200 shows all its headlines by day on one page', () => {
		const { document } = edition.page('/2025/05/');
		expect(document.querySelectorAll('main section li a')).toHaveLength(inMay);
		expect(document.querySelectorAll('main section h2')).toHaveLength(28);
		expect(textsOf(edition.page('/2025/').document, '.calendar li')).toEqual(
			expect.arrayContaining(['May 200 articles', 'June 61 articles', 'July']),
		);
	});

	test('feeds hold the newest 50, those of tags 20', async () => {
		expect((await edition.xml('rss.xml')).querySelectorAll('item')).toHaveLength(50);
		expect((await edition.xml('tags/china/rss.xml')).querySelectorAll('item')).toHaveLength(20);
	});
});

test('a paper without an article has all its pages and no empty list in the sitemap', async () => {
	const empty = await openWorkshop();
	try {
		await writeFilesTo(join(empty.folder, 'content'), newsroomFiles);
		await mustBuild(empty);
		const paper = await readEdition(empty.dist);
		expect(paper.pages.flatMap(faultsOf)).toEqual([]);
		expect(brokenLinksOf(paper, 'https://meridian.example.org')).toEqual([]);
		expect(textsOf(paper.page('/').document, 'main > p')).toContain('No article yet.');
		expect(textsOf(await paper.xml('sitemap-0.xml'), 'loc')).not.toContain(
			'https://meridian.example.org/sections/politics/',
		);
		expect((await paper.xml('rss.xml')).querySelectorAll('item')).toHaveLength(0);
	} finally {
		await empty.remove();
	}
});
