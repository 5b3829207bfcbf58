import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { mustBuild, openWorkshop, type Workshop } from '../support/build.ts';
import { articleFile, newsroomFiles, writeFilesTo } from '../support/content.ts';
import { type Edition, readEdition } from '../support/edition.ts';
import { makePhotograph } from '../support/photographs.ts';

/** What plain text may hold, and must never be: an element, a style, the place where the program puts something. */
const words = `zz"'><style>b{}</style><body><i class="astro-abcd1234">`;
const written = JSON.stringify(words);
const longer = `${words}</head><form action=https://evil.example><script>zz()</script>`;
const longerWritten = JSON.stringify(longer);

const figure = (kind: string, fields: string) => `\n\`\`\`${kind}\n${fields}\n\`\`\`\n`;
const text = [
	`[A link](https://a.example/ "zz <style>i{}</style> <body>")\n`,
	figure('picture', `file: a.jpg\nalt: ${longerWritten}\ncaption: ${longerWritten}\ncredit: ${written}`),
	figure('map', `places: [{ name: 'zz<b>', at: [71.45, 51.18] }]\ncaption: ${longerWritten}`),
	figure('table', `caption: ${longerWritten}\ncolumns: [${written}, B]\nrows: [[${written}, ${written}]]`),
	figure(
		'chart',
		`caption: ${longerWritten}\nunit: ${written}\nyear: 2024\nbars: [{ label: ${written}, value: 1 }, { label: B, value: 2 }]\nsource: { name: ${written} }`,
	),
	figure('timeline', `caption: ${longerWritten}\nevents: [{ date: "2025", text: ${written} }]`),
].join('\n');

const files = {
	...newsroomFiles,
	'sections.yaml': `politics: { name: ${written}, description: ${longerWritten} }\n`,
	'tags.yaml': `${newsroomFiles['tags.yaml'] ?? ''}x: { name: "zz 'A' & B", kind: topic, description: ${longerWritten} }\n`,
	'authors/desk.yaml': `name: ${written}\ndescription: ${longerWritten}\n`,
	'articles/2025/06/x/index.md': articleFile(
		{
			title: longerWritten,
			standfirst: longerWritten,
			tags: '[x, CHINA]',
			source: `{ name: ${written}, title: ${written}, url: https://a.example/, relation: retold, basedOn: ${written} }`,
			sources: `[{ name: ${written}, title: ${longerWritten}, url: https://a.example/ }]`,
			corrections: `[{ at: 2025-06-18, text: ${longerWritten}, was: ${written}, is: ${written} }]`,
		},
		text,
	),
	'articles/2025/06/gone.md': articleFile({ retracted: `{ at: 2025-06-18, reason: ${longerWritten} }` }),
	'comments/2025/06/x/one.yaml': `name: ${written}\nwrittenAt: 2025-06-17\napprovedAt: 2025-06-17\ntext: ${longerWritten}\n`,
};

let workshop: Workshop;
let edition: Edition;

beforeAll(async () => {
	workshop = await openWorkshop();
	const content = join(workshop.folder, 'content');
	await writeFilesTo(content, { ...files, 'articles/2025/06/x/a.jpg': await makePhotograph(40, 30) });
	await mustBuild(workshop);
	edition = await readEdition(workshop.dist, '/');
});
afterAll(() => workshop.remove());

test('plain text is text wherever it stands in a page, and changes nothing around it', () => {
	const pages = edition.pages.filter(({ html }) => html.includes('zz'));
	expect(pages.length).toBeGreaterThan(12);
	for (const { path, document } of pages) {
		const found = (selector: string) => [...document.querySelectorAll(selector)].map((element) => element.outerHTML);
		expect(found('script:not([type="application/ld+json"], [type="module"])'), path).toEqual([]);
		expect(found('form:not([action="/search/"]), i, [onload], [style]'), path).toEqual([]);
		expect(found('style').length, path).toBeLessThanOrEqual(1);
		expect(found('style').join(''), path).not.toMatch(/\b[bi]\{\}/);
		expect(found('head meta[name=description]').length, path).toBeLessThanOrEqual(1);
		expect(found('body main, body > a, body > p').length, path).toBeGreaterThan(0);
	}
	const { document } = edition.page('/2025/06/x/');
	expect(document.querySelector('h1')?.textContent).toBe(longer);
	expect(document.querySelector('meta[name=description]')?.getAttribute('content')).toBe(longer);
	expect(document.querySelector('figure img')?.getAttribute('alt')).toBe(longer);
});
