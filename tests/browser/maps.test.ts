import { readFile } from 'node:fs/promises';
import type { Browser } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readGeodata } from '../../src/geodata.ts';
import { drawMap } from '../../src/maps/draw.ts';
import { toSvg } from '../../src/maps/svg.ts';
import { launchBrowser } from '../support/browser.ts';
import { subjectsOfPaper } from '../support/maps.ts';

let browser: Browser;
let html: string;

beforeAll(async () => {
	browser = await launchBrowser();
	const sheets = ['reset', 'tokens', 'base', 'map'];
	const css = await Promise.all(sheets.map((name) => readFile(`src/styles/${name}.css`, 'utf8')));
	const maps = Object.values(subjectsOfPaper).map((subject) => toSvg(drawMap(subject, readGeodata()), 'A map.'));
	html = `<!doctype html><style>${css.join('')} main { max-width: 640px; margin: 0 16px }</style><main>${maps.join('')}</main>`;
});
afterAll(() => browser.close());

test.each([320, 600, 700, 1280])('names on maps are large enough and touch nothing at %i pixels', async (width) => {
	const page = await browser.newPage({ viewport: { width, height: 900 } });
	await page.setContent(html);
	const maps = await page.$$eval('.map', (maps) =>
		maps.map((map) => {
			const boxOf = (element: Element) => {
				const { left, top, right, bottom } = element.getBoundingClientRect();
				return { text: element.textContent, left, top, right, bottom };
			};
			const isShown = (element: Element) => element.getClientRects().length > 0;
			const texts = [...map.querySelectorAll('text')].filter(isShown);
			const scale = map.getBoundingClientRect().width / 720;
			return {
				frame: boxOf(map),
				pins: [...map.querySelectorAll('.pin')].map(boxOf),
				names: texts.map(boxOf),
				sizes: texts.map((text) => Number.parseFloat(getComputedStyle(text).fontSize) * scale),
			};
		}),
	);
	expect(maps).toHaveLength(6);
	for (const { frame, pins, names, sizes } of maps) {
		expect(names.length).toBeGreaterThan(3);
		expect(Math.min(...sizes)).toBeGreaterThanOrEqual(11);
		names.forEach((name, i) => {
			expect([name.text, name.left >= frame.left && name.right <= frame.right]).toEqual([name.text, true]);
			for (const other of [...names.slice(i + 1), ...pins]) {
				const touches =
					name.left < other.right && other.left < name.right && name.top < other.bottom && other.top < name.bottom;
				expect([name.text, other.text, touches]).toEqual([name.text, other.text, false]);
			}
		});
	}
	await page.close();
});
