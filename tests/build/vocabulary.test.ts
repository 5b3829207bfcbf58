import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mustBuild, openWorkshop, type Workshop } from '../support/build.ts';
import { articleFile, newsroomFiles, writeFilesTo } from '../support/content.ts';
import { attributesOf, type Edition, readEdition, textsOf } from '../support/edition.ts';
import { brokenLinksOf, faultsOf } from '../support/page-rules.ts';
import { makeWriter, readVocabulary } from '../support/writer.ts';

const tagCount = 5000;
const articleCount = 1000;
/** How many names begin with S, each as long as a name may be. */
const withS = 600;
const letters = 'abcdefghijklmnopqrtuvwxyz0';
const kinds = ['person', 'place', 'organisation', 'topic'];

let workshop: Workshop;
let edition: Edition;

/** A vocabulary in which those that are used most have the longest names. */
async function vocabulary(): Promise<{ id: string; line: string }[]> {
	const write = makeWriter(await readVocabulary());
	return Array.from({ length: tagCount }, (_, i) => {
		const initial = i < withS ? 's' : (letters[i % letters.length] ?? '');
		const name = `${initial.toUpperCase()}${write(i < withS ? 55 : 4 + (i % 26)).slice(1)} ${i}`;
		const id = name.toLowerCase().replaceAll(' ', '-');
		return { id, line: `${id}: { name: "${name}", kind: ${kinds[i % kinds.length] ?? ''} }` };
	});
}

beforeAll(async () => {
	workshop = await openWorkshop();
	const tags = await vocabulary();
	const day = (i: number) => new Date(Date.UTC(2015, 0, 1 + i * 3.8)).toISOString().slice(0, 10);
	const articles = Array.from({ length: articleCount }, (_, i): [string, string] => {
		const own = tags.slice(i * 5, i * 5 + 5).map(({ id }) => id);
		const common = Array.from({ length: 5 }, (__, j) => tags[(i * 7 + j * 31) % withS]?.id ?? '');
		const path = `articles/${day(i).slice(0, 7).replace('-', '/')}/story-${i}.md`;
		return [path, articleFile({ publishedAt: day(i), tags: `[${[...new Set([...own, ...common])].join(', ')}]` })];
	});
	await writeFilesTo(join(workshop.folder, 'content'), {
		...newsroomFiles,
		...Object.fromEntries(articles),
		'tags.yaml': `${tags.map(({ line }) => line).join('\n')}\n`,
	});
	await mustBuild(workshop);
	edition = await readEdition(workshop.dist);
});
afterAll(() => workshop.remove());

/** The pages of the index: `/tags/` and those from A to Z. */
const indexPages = () => edition.pages.filter(({ path }) => /^\/tags\/(?:a-z\/.*)?$/.test(path));

describe('a vocabulary of 5,000 tags', () => {
	test('has an index whose pages are whole, light and sound, and many pages for a letter of many', () => {
		expect(indexPages().length).toBeGreaterThan(50);
		expect(indexPages().flatMap(faultsOf)).toEqual([]);
		expect(brokenLinksOf({ ...edition, pages: indexPages() }, 'https://meridian.example.org')).toEqual([]);
		expect(attributesOf(edition.page('/tags/a-z/s/').document, 'nav[aria-label^=Pages] a', 'href')).toEqual([
			'/tags/a-z/s/',
			...[2, 3, 4].map((number) => `/tags/a-z/s/page/${number}/`),
		]);
		expect(textsOf(edition.page('/tags/a-z/s/page/2/').document, 'h1')).toEqual(['Tags: S, page 2 of 4']);
	});

	test('names the most used of each kind first, with how many there are', () => {
		const { document } = edition.page('/tags/');
		expect(textsOf(document, 'section > .label')).toEqual(kinds.map(() => 'The 40 with most articles of 1250.'));
		expect(document.querySelectorAll('section li')).toHaveLength(160);
	});

	test('can be walked through from /tags/ to every tag', () => {
		const reached = new Set(['/tags/']);
		for (const path of reached) {
			if (!/^\/tags\/(?:a-z\/.*)?$/.test(path)) continue;
			for (const href of attributesOf(edition.page(path).document, 'main a', 'href'))
				if (href.startsWith('/tags/')) reached.add(href);
		}
		const tags = edition.pages.map(({ path }) => path).filter((path) => /^\/tags\/[^/]+\/$/.test(path));
		expect(tags).toHaveLength(tagCount);
		expect(tags.filter((path) => !reached.has(path))).toEqual([]);
	});

	test('has heads of tags that are whole and light', () => {
		const heads = edition.pages.filter(({ path }) => /^\/tags\/s[^/]*\/$/.test(path)).slice(0, 40);
		expect(heads).toHaveLength(40);
		expect(heads.flatMap(faultsOf)).toEqual([]);
	});
});
