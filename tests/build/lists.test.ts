import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mustBuild, openWorkshop, type Workshop } from '../support/build.ts';
import { articleFile, newsroomFiles, writeFilesTo } from '../support/content.ts';
import { attributesOf, type Edition, readEdition, textsOf } from '../support/edition.ts';
import { brokenLinksOf, faultsOf } from '../support/page-rules.ts';
import { makeWriter, readVocabulary } from '../support/writer.ts';

let workshop: Workshop;
let edition: Edition;
/** Ids of the articles that the editor has chosen for the home page: the first two are not among its newest. */
let chosen: { lead: string; pins: string[] };

/** How many articles carry each tag `count-<n>`: newest ones first. */
const counts = [1, 19, 20, 21, 39, 40, 41, 61];
const inJune = 53;
const inMay = 300;
/** One on every day. */
const in2024 = 366;
const tagCount = 500;

function uniqueNames(write: (length: number) => string, count: number): Set<string> {
	const names = new Set<string>();
	while (names.size < count) names.add(write(6 + (names.size % 15)));
	return names;
}

/** Every article and name is as long as it may be, but those of the 500 tags, which are as names are. */
async function corpus(): Promise<Record<string, string>> {
	const write = makeWriter(await readVocabulary());
	const slug = (text: string) => text.toLowerCase().replaceAll(' ', '-');
	const tagNames = [...uniqueNames(write, tagCount)];
	const kinds = ['person', 'place', 'organisation', 'topic'];
	const subjects = tagNames.map((name, i) => `${slug(name)}: { name: ${name}, kind: ${kinds[i % 4] ?? ''} }`);
	const counted = counts.map((count) => `count-${count}: { name: ${write(60)}, kind: topic }`);
	const entry = (day: string, hour: number, position: number) =>
		articleFile({
			title: write(150),
			standfirst: write(320),
			publishedAt: `${day}T${hour}:00+05:00`,
			section: position % 2 === 0 ? 'politics' : 'economy',
			tags: `[${[
				...[position, position + inJune + inMay].map((i) => tagNames[i % tagCount] ?? ''),
				...counts.filter((count) => position < count).map((count) => `count-${count}`),
			].join(', ')}]`,
		});
	const pad = (number: number) => String(number).padStart(2, '0');
	const files: Record<string, string> = {
		'sections.yaml': `politics: { name: ${write(60)} }\neconomy: { name: ${write(60)} }\n`,
		'tags.yaml': [...subjects, ...counted, ''].join('\n'),
		'authors/desk.yaml': `name: ${write(100)}\ndescription: ${write(1000)}\n`,
	};
	const add = (day: string, hour: number) => {
		const position = Object.keys(files).length - 3;
		files[`articles/${day.slice(0, 7).replace('-', '/')}/${slug(write(50))}.md`] = entry(day, hour, position);
	};
	for (const [month, length] of [
		['06', inJune],
		['05', inMay],
	] as const)
		for (let i = 0; i < length; i++) add(`2025-${month}-${pad(28 - (i % 28))}`, 23 - Math.floor(i / 28));
	for (let i = 0; i < in2024; i++) {
		const day = new Date(Date.UTC(2024, 0, 1 + i)).toISOString().slice(0, 10);
		add(day, 12);
	}
	return files;
}

beforeAll(async () => {
	workshop = await openWorkshop();
	const files = await corpus();
	const ids = Object.keys(files).flatMap((file) => /^articles\/(.*)\.md$/.exec(file)?.[1] ?? []);
	const [ofMay = '', another = '', ofJune = '', expired = ''] = [inJune + 3, inJune, 4, 1].map((i) => ids[i] ?? '');
	const map =
		'{ map: { places: [{ name: Astana, at: [71.45, 51.18] }], countries: [KZ, KG, TJ, TM, UZ], caption: A map. } }';
	const leadFile = `articles/${ofMay}.md`;
	files[leadFile] = (files[leadFile] ?? '').replace('section:', `lead: ${map}\nsection:`);
	chosen = { lead: ofMay, pins: [another, ofJune] };
	await writeFilesTo(join(workshop.folder, 'content'), {
		...newsroomFiles,
		...files,
		// The end of the second pin has come.
		'front.yaml': `lead: { article: ${ofMay} }\npins: [${[
			`{ article: ${another}, until: 2025-08-01 }`,
			`{ article: ${expired}, until: 2025-06-30 }`,
			`{ article: ${ofJune}, until: 2025-08-01 }`,
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
		const isList = ({ path }: { path: string }) =>
			/^\/(?:\d{4}\/(?:\d{2}\/)?|page\/(?:1|34)\/|tags\/(?:count-.*)?|sections\/(?:[a-z]+\/)?|authors\/(?:[a-z]+\/)?)?$/.test(
				path,
			);
		const lists = edition.pages.filter(isList);
		expect(lists.length).toBeGreaterThan(30);
		expect(lists.flatMap(faultsOf)).toEqual([]);
		expect(brokenLinksOf({ ...edition, pages: lists }, 'https://meridian.example.org')).toEqual([]);
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
		expect(textsOf(document, 'title').join()).toMatch(/^W.+, page 1, counted from the oldest – Meridian$/);
	});

	test('the home page has what the editor has chosen, the newest once each, and its older pages the rest', () => {
		const all = inMay + inJune + in2024;
		const older = Math.floor(all / 20) - 1;
		const { document } = edition.page('/');
		const shown = attributesOf(document, 'main article h2 a, main article h3 a', 'href');
		expect(shown.slice(0, 3)).toEqual([chosen.lead, ...chosen.pins].map((id) => `/${id}/`));
		expect(all - older * 20).toBe(39);
		expect(shown).toHaveLength(39 + 2);
		expect(new Set(shown).size).toBe(shown.length);
		expect(attributesOf(document, '[aria-labelledby=pinned] h3 a', 'href')).toEqual(shown.slice(1, 3));
		expect(textsOf(document, '#pinned')).toEqual(['Chosen by the editor']);
		expect(document.querySelectorAll('main .map')).toHaveLength(1);
		expect(attributesOf(document, 'nav a[rel=next]', 'href')).toEqual([`/page/${older}/`]);
		expect(headlines('/page/1/')).toHaveLength(20);
	});

	test('a month of 300 shows all its headlines by day on one page', () => {
		const { document } = edition.page('/2025/05/');
		expect(document.querySelectorAll('main section li a')).toHaveLength(inMay);
		expect(textsOf(document, 'main section h2').slice(0, 2)).toEqual(['28 Wednesday', '27 Tuesday']);
		expect(document.querySelectorAll('main section h2')).toHaveLength(28);
		const { document: year } = edition.page('/2025/');
		expect(textsOf(year, '.calendar caption').slice(4, 7)).toEqual(['May 300 articles', 'June 53 articles', 'July']);
		expect(attributesOf(year, '.calendar td a', 'href')).toHaveLength(56);
		expect(textsOf(year, '.calendar td a[href="/2025/05/#day-28"]')).toEqual(['28 11']);
	});

	test('feeds hold the newest 50, those of tags 20', async () => {
		expect((await edition.xml('rss.xml')).querySelectorAll('item')).toHaveLength(50);
		expect((await edition.xml('tags/count-61/rss.xml')).querySelectorAll('item')).toHaveLength(20);
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
		expect(textsOf(paper.page('/').document, 'main .top p')).toContain('No article yet.');
		expect(textsOf(await paper.xml('sitemap-0.xml'), 'loc')).not.toContain(
			'https://meridian.example.org/sections/politics/',
		);
		expect((await paper.xml('rss.xml')).querySelectorAll('item')).toHaveLength(0);
	} finally {
		await empty.remove();
	}
});
