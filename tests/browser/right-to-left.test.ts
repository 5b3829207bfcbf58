import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { mustBuild, openWorkshop, type Workshop } from '../support/build.ts';
import { articleFile, newsroomFiles, writeFilesTo } from '../support/content.ts';
import { type RunningServer, serve } from '../support/serve.ts';
import { scrollWidth, sizes } from '../support/visit.ts';

const text = [
	'فقرة أولى عن الميناء، وفيها كلمات مثل Silk Road وعام 2024.[^1]',
	'```chart\ncaption: حركة الميناء\nunit: ألف طن\nbars: [{ label: القمح, value: 20, year: 2024 }, { label: القطن, value: 5, year: 2024 }]\nsource: { name: الديوان }\n```',
	'> اقتباس من الوزير.',
	'> The port is open. {lang=en}',
	'| السنة | المجموع |\n|---|--:|\n| 2024 | 94.82 |',
	'- واحد\n- اثنان',
	'[^1]: ملاحظة.',
].join('\n\n');

const files = {
	...newsroomFiles,
	'sections.yaml': 'politics:\n  name: السياسة\n',
	'authors/desk.yaml': 'name: هيئة التحرير\nkind: organisation\ndescription: هيئة تحرير الجريدة.\n',
	'tags.yaml':
		'china: { name: الصين, kind: place }\nxi-jinping: { name: الرئيس, kind: person }\ntrade: { name: التجارة, kind: topic }\n',
	'articles/2025/06/x.md': articleFile(
		{
			title: 'الميناء الجديد يفتح أبوابه أمام السفن',
			standfirst: 'بعد عشر سنوات من البناء وصلت أول سفينة.',
			tags: '[china, xi-jinping, trade]',
			lead: '{ map: { places: [{ name: الميناء, at: [51.2, 43.6] }, { name: المدينة, at: [71.4, 51.1] }], countries: [KZ], caption: أين يقع الميناء. } }',
		},
		text,
	),
	...Object.fromEntries(
		Array.from({ length: 14 }, (_, i) => [
			`articles/2025/0${(i % 6) + 1}/y-${i}.md`,
			articleFile({
				title: `خبر رقم ${i}`,
				standfirst: 'جملة قصيرة.',
				publishedAt: `2025-0${(i % 6) + 1}-10`,
				tags: '[china, trade]',
			}),
		]),
	),
};

const story = '/2025/06/x/';
const pages = ['/', story, '/tags/china/', '/2025/', '/tags/', '/feeds/'];

let browser: Browser;
let workshop: Workshop;
let server: RunningServer;

beforeAll(async () => {
	workshop = await openWorkshop(undefined, (site) =>
		site.replace("language: 'en-GB'", "language: 'ar'").replace("title: 'Meridian'", "title: 'الجريدة'"),
	);
	const words = join(workshop.folder, 'src/words');
	const fixture = await readFile('tests/fixtures/words/ar.ts', 'utf8');
	await writeFile(join(words, 'ar.ts'), fixture.replaceAll('../../../src/words/', './'));
	const list = await readFile(join(words, 'words.ts'), 'utf8');
	await writeFile(
		join(words, 'words.ts'),
		`import { ar } from './ar.ts';\n${list.replace('{ en, kk, ru }', '{ ar, en, kk, ru }')}`,
	);
	await writeFilesTo(join(workshop.folder, 'content'), files);
	await mustBuild(workshop);
	server = await serve(workshop.folder);
	browser = await launchBrowser();
});
afterAll(async () => {
	await browser.close();
	await server.stop();
	await workshop.remove();
});

/** Opens a page in a window and gives it to `see`. */
async function look<T>(path: string, size: keyof typeof sizes, see: (page: Page) => Promise<T>): Promise<T> {
	const context = await browser.newContext({ viewport: sizes[size] });
	try {
		const page = await context.newPage();
		await page.goto(server.origin + path, { waitUntil: 'load' });
		return await see(page);
	} finally {
		await context.close();
	}
}

/** Returns how far an element's edges are from those of the window, from left and right. */
const distances = (page: Page, selector: string) =>
	page.evaluate((found) => {
		const range = document.createRange();
		range.selectNodeContents(document.querySelector(found) ?? document.body);
		const { left, right } = range.getBoundingClientRect();
		return { left, right: document.documentElement.clientWidth - right };
	}, selector);

describe.each(['phone', 'tablet', 'desk'] as const)('a paper written from right to left, on a %s', (size) => {
	test('fits the window without sideways scrolling', async () => {
		for (const path of pages) expect(await look(path, size, scrollWidth), path).toBeLessThanOrEqual(sizes[size].width);
	});

	test('begins at the right', async () => {
		const seen = await look(story, size, async (page) => ({
			dir: await page.getAttribute('html', 'dir'),
			masthead: await distances(page, '.masthead a'),
			headline: await distances(page, 'h1'),
			paragraph: await distances(page, '.prose > p'),
			item: await distances(page, '.prose > ul > li'),
		}));
		expect(seen.dir).toBe('rtl');
		for (const part of [seen.masthead, seen.headline, seen.paragraph, seen.item])
			expect(part.right).toBeLessThanOrEqual(part.left + 1);
	});

	test('has charts whose bars begin at their names, and maps with all names in view', async () => {
		const { bars, names } = await look(story, size, (page) =>
			page.evaluate(() => {
				const box = (element: Element | null) => (element ?? document.body).getBoundingClientRect();
				const within = (inner: DOMRect, outer: DOMRect) =>
					inner.left >= outer.left - 1 && inner.right <= outer.right + 1;
				const bars = [...document.querySelectorAll('tbody th svg')].map(
					(svg) => box(svg).right - box(svg.querySelector('rect')).right,
				);
				const shown = [...document.querySelectorAll('.map text')].filter((text) => text.getClientRects().length > 0);
				const names = shown.map((text) => `${text.textContent} ${within(box(text), box(text.closest('svg')))}`);
				return { bars, names };
			}),
		);
		expect(bars).toHaveLength(2);
		for (const distance of bars) expect(Math.abs(distance)).toBeLessThan(1);
		expect(names.filter((name) => name.endsWith('false'))).toEqual([]);
		expect(names).toContain('الميناء true');
	});
});

test('names stand beside their pins on a map of a paper written from right to left', async () => {
	const gaps = await look(story, 'desk', (page) =>
		page.evaluate(() => {
			const boxes = (selector: string) =>
				[...document.querySelectorAll(selector)]
					.filter((one) => one.getClientRects().length > 0)
					.map((one) => one.getBoundingClientRect());
			const pins = boxes('.map .pin');
			const middle = ({ left, right }: DOMRect) => (left + right) / 2;
			const distance = (a: DOMRect, b: DOMRect) =>
				Math.max(0, Math.abs(middle(a) - middle(b)) - (a.width + b.width) / 2);
			const texts = [...document.querySelectorAll('.map text')].filter(
				(one) => one.getClientRects().length > 0 && /^(?:الميناء|المدينة)$/.test(one.textContent),
			);
			return texts.map((one) => Math.min(...pins.map((pin) => distance(pin, one.getBoundingClientRect()))));
		}),
	);
	expect(gaps).toHaveLength(2);
	for (const gap of gaps) expect(gap).toBeLessThan(20);
});

test('a quotation from left to right keeps its line at its own side', async () => {
	const sides = await look(story, 'desk', (page) =>
		page.evaluate(() =>
			[...document.querySelectorAll('blockquote')].map((quotation) => {
				const { borderLeftWidth, borderRightWidth } = getComputedStyle(quotation);
				return borderLeftWidth > borderRightWidth ? 'left' : 'right';
			}),
		),
	);
	expect(sides).toEqual(['right', 'left']);
});
