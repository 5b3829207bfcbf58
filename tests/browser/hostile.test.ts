import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toHtml } from '../../src/markdown/html.ts';
import { readText } from '../../src/markdown/text.ts';
import { launchBrowser } from '../support/browser.ts';
import { markdown } from '../support/hostile.ts';

test('nothing of a text that can be published runs or asks for anything in a browser', async () => {
	const texts = fc.sample(markdown, { numRuns: 2_000, seed: 1 }).map(readText);
	const published = texts.filter(({ findings }) => findings.length === 0);
	expect(published.length).toBeGreaterThan(200);
	const html = published.map(({ tree }, i) => toHtml(tree, { linkTo: (path) => path, idPrefix: `${i}-` })).join('\n');
	const browser = await launchBrowser();
	try {
		const page = await browser.newPage();
		const events: string[] = [];
		page.on('request', (request) => events.push(request.url()));
		page.on('dialog', (dialog) => events.push(dialog.message()));
		page.on('pageerror', (error) => events.push(error.message));
		await page.setContent(html, { waitUntil: 'load' });
		const handlers = await page.$$eval('*', (all) =>
			all.flatMap(({ attributes }) =>
				[...attributes].map(({ name }) => name).filter((name) => /^on|^style$|^src/.test(name)),
			),
		);
		expect({ events, handlers, scripts: await page.locator('script').count() }).toEqual({
			events: [],
			handlers: [],
			scripts: 0,
		});
	} finally {
		await browser.close();
	}
});
