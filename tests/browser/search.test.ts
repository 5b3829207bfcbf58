import type { Page } from 'playwright';
import { describe, expect, test } from 'vitest';
import { article, kinds, sizes, visit } from '../support/visit.ts';

const desk = { viewport: sizes.desk };

/** The headlines of what was found. */
const headlines = (page: Page) => page.locator('#results h2').allInnerTexts();
const query = (page: Page) => new URL(page.url()).search;
/** Waits until the page shows what it has found. */
const settle = (page: Page, text: string | RegExp) => page.locator('#count').getByText(text).waitFor();
const choose = (page: Page, name: RegExp) => page.locator('#choices').getByRole('link', { name }).click();

describe('searching', () => {
	test('finds words in headlines and texts, marks them, and keeps them in the address', async () => {
		await visit('/search/', desk, async (page) => {
			const entries = await page.evaluate(() => history.length);
			await page.getByLabel('Search for').fill('railway');
			await settle(page, '5 articles');
			expect(await page.locator('#results mark').first().innerText()).toMatch(/^railway/i);
			expect(await page.locator('#results time').first().getAttribute('datetime')).toMatch(/^\d{4}-\d\d-\d\d$/);
			expect(query(page)).toBe('?q=railway');
			expect(await page.evaluate(() => history.length)).toBe(entries);
			await page.locator('[role=status]').getByText('5 articles').waitFor({ state: 'attached' });
			expect(await page.title()).toBe('railway – Search – Meridian');
		});
	});

	test('says in which language each result is', async () => {
		await visit('/search/?q=tides', desk, async (page) => {
			await settle(page, '1 article');
			const results = page.locator('#results');
			const languages = await results
				.locator('h2 a, .standfirst')
				.evaluateAll((all) => all.map((one) => [one.getAttribute('lang'), one.getAttribute('dir')]));
			expect(languages).toEqual([
				['en-US', 'ltr'],
				['en-US', 'ltr'],
			]);
			await page.getByLabel('Search for').fill('railway');
			await settle(page, '5 articles');
			expect(await results.locator('[lang]').count()).toBe(0);
		});
	});

	test('narrows by tag, section and year, with counts, and goes back and forth', async () => {
		await visit('/search/?q=railway', desk, async (page) => {
			await choose(page, /^2025 \d/);
			await settle(page, '3 articles');
			expect(query(page)).toBe('?q=railway&year=2025');
			await page.getByText('Tags', { exact: true }).last().click();
			const tag = page.locator('#choices').getByRole('link', { name: /^China \d/ });
			const promised = Number(/\d+$/.exec((await tag.innerText()).trim())?.[0]);
			expect(promised).toBeGreaterThan(0);
			await tag.click();
			await page.getByRole('link', { name: 'Remove China' }).waitFor();
			await settle(page, promised === 1 ? '1 article' : `${promised} articles`);
			const narrowed = await headlines(page);
			expect(query(page)).toBe('?q=railway&tag=china&year=2025');
			await page.reload();
			await settle(page, /article/);
			expect(await headlines(page)).toEqual(narrowed);
			expect(await page.locator('#chosen').innerText()).toMatch(/China\s+2025/);
			await page.goBack();
			await settle(page, '3 articles');
			await page.goBack();
			await settle(page, '5 articles');
			expect(await page.getByLabel('Search for').inputValue()).toBe('railway');
			await page.goForward();
			await settle(page, '3 articles');
			await page.getByRole('link', { name: 'Remove 2025' }).click();
			await settle(page, '5 articles');
		});
	});

	test('lists a tag alone as the page of the tag does, newest first, page by page', async () => {
		const listed = await visit(kinds['tag with pages'], desk, (page) => page.locator('main h2').allInnerTexts());
		await visit('/search/?tag=mexico', desk, async (page) => {
			await settle(page, /^\d+ articles\. Page 1 of \d$/);
			const first = await headlines(page);
			expect(first).toEqual(listed.slice(0, 10));
			await page.getByRole('link', { name: 'Next page' }).click();
			await settle(page, /Page 2/);
			expect(await headlines(page)).toEqual(listed.slice(10, 20));
			expect(query(page)).toBe('?tag=mexico&page=2');
			expect(await page.evaluate(() => document.activeElement?.id)).toBe('count');
			await page.goBack();
			await settle(page, /Page 1/);
			expect(await headlines(page)).toEqual(first);
		});
	});

	test('finds a tag by the beginning of a word of its name', async () => {
		await visit('/search/?q=summit', desk, async (page) => {
			await page.getByText('Tags', { exact: true }).last().click();
			await page.getByLabel('Find a tag').fill('jin');
			await page
				.locator('#choices')
				.getByRole('link', { name: /^Xi Jinping \d/ })
				.click();
			await page.getByRole('link', { name: 'Remove Xi Jinping' }).waitFor();
			expect(query(page)).toBe('?q=summit&tag=xi-jinping');
		});
	});

	test('finds a tag under the id that it once had', async () => {
		await visit('/search/?tag=longer', {}, async (page) => {
			await page.locator('#results h2').first().waitFor();
			expect(await page.locator('#results h2').count()).toBe(1);
			expect(await page.locator('#chosen a').textContent()).toContain('Rindfleischetikettierung');
		});
	});

	test.each(['XI', 'xi', 'Xi Jinping'])('finds a tag that the address calls %s', async (name) => {
		await visit(
			`/search/?tag=${encodeURIComponent(name)}`,
			{},
			async (page) => {
				await page.getByRole('link', { name: 'Remove Xi Jinping' }).waitFor();
				await settle(page, /^\d/);
				expect(await page.locator('#results h2').count()).toBeGreaterThan(0);
				expect(await page.locator('#remarks').textContent()).toBe('');
			},
			true,
		);
	});

	test('says which tags of the address are unknown, and goes on without them', async () => {
		await visit(
			'/search/?tag=nobody&tag=china&tag=a%2Fb',
			{},
			async (page) => {
				await settle(page, /^\d/);
				expect(await page.locator('#remarks').innerText()).toBe('There is no tag “nobody” or “a/b”: passed over.');
				expect(await page.locator('#chosen li').allInnerTexts()).toEqual([expect.stringMatching(/^China/)]);
			},
			true,
		);
	});

	test('names the words that no article has', async () => {
		await visit('/search/?q=zzzfoo+railway', desk, async (page) => {
			await settle(page, '5 articles');
			expect(await page.locator('#remarks').innerText()).toBe('No article has “zzzfoo”: passed over.');
			await page.getByLabel('Search for').fill('railway');
			await page.locator('#remarks').getByText('zzzfoo').waitFor({ state: 'detached' });
			await settle(page, '5 articles');
		});
	});

	test('finds phrases in quotes of any kind, alone and beside words', async () => {
		const find = (words: string) =>
			visit(`/search/?q=${encodeURIComponent(words)}`, {}, async (page) => {
				await settle(page, /^\d|^Nothing/);
				return { found: await headlines(page), marks: await page.locator('#results mark').allInnerTexts() };
			});
		const { found, marks } = await find('“belt and road”');
		expect(found.length).toBeGreaterThan(0);
		expect(marks.join(' ').toLowerCase()).toContain('belt and road');
		expect((await find('"road and belt"')).found).toEqual([]);
		expect((await find('railway "road and belt"')).found).toEqual([]);
		expect((await find('railway road and belt')).found).not.toEqual([]);
	});

	test('finds the articles of an author by the name', async () => {
		await visit('/search/?q=sophia+klein', {}, async (page) => {
			await settle(page, /^\d/);
			expect((await headlines(page)).length).toBeGreaterThan(0);
			expect(await page.locator('#remarks').textContent()).toBe('');
		});
	});

	test('offers tags from the first letter, of the most used ones alone where it is Latin', async () => {
		const asked: string[] = [];
		await visit('/search/', desk, async (page) => {
			page.on('request', (request) => asked.push(new URL(request.url()).pathname));
			await page.getByText('Tags', { exact: true }).last().click();
			const offered = (name: RegExp) => page.locator('#choices').getByRole('link', { name });
			await page.getByLabel('Find a tag').fill('m');
			await offered(/^Mexico \d/).waitFor();
			await offered(/^China \d/).waitFor({ state: 'detached' });
			await page.getByLabel('Find a tag').fill('長');
			await offered(/^Rindfleisch/).waitFor();
			await offered(/^Mexico \d/).waitFor({ state: 'detached' });
			expect(asked.filter((path) => path.includes('names'))).toEqual([
				'/search/names/6d.json',
				'/search/names/9577.json',
			]);
		});
	});

	test('says what to try where nothing is found, with links that do it', async () => {
		await visit('/search/?q=low+tides&year=2023', desk, async (page) => {
			await settle(page, /^Nothing was found/);
			expect(await page.getByRole('link', { name: 'Search without “low”' }).isVisible()).toBe(true);
			await page.getByRole('link', { name: 'Search without 2023' }).click();
			await settle(page, /^\d/);
			expect(await headlines(page)).toContain('Tides');
			expect(query(page)).toBe('?q=low+tides');
		});
	});

	test('goes on after the browser has freed what nothing holds any more', async () => {
		await visit('/search/?tag=central-asia', desk, async (page) => {
			await settle(page, /articles/);
			const session = await page.context().newCDPSession(page);
			// What is freed is told to Pagefind after the collection, and by it to its worker.
			for (let i = 0; i < 3; i++) {
				await session.send('HeapProfiler.collectGarbage');
				await page.waitForTimeout(200);
			}
			await choose(page, /^Economy/);
			await settle(page, '3 articles');
			expect(await headlines(page)).toHaveLength(3);
		});
	});

	test('begins from any page, by the form in its header', async () => {
		await visit(article, { viewport: sizes.phone }, async (page) => {
			await page.getByLabel('Search for').fill('samarkand');
			await page.keyboard.press('Enter');
			await page.waitForURL('**/search/?q=samarkand');
			await settle(page, /article/);
			expect((await headlines(page)).length).toBeGreaterThan(0);
		});
	});
});

test('everything is reached by keyboard, and the focus stays where it was', async () => {
	await visit('/search/', desk, async (page) => {
		await page.keyboard.press('/');
		await page.keyboard.type('kazakhstan');
		await page.waitForURL('**/search/?q=kazakhstan');
		const focused = () => page.evaluate(() => document.activeElement?.textContent.replace(/\s+/g, ' ').trim() ?? '');
		const tabTo = async (text: RegExp) => {
			for (let i = 0; i < 40 && !text.test(await focused()); i++) await page.keyboard.press('Tab');
			expect(await focused()).toMatch(text);
		};
		await tabTo(/^Tags$/);
		await page.keyboard.press('Enter');
		await page.locator('details[data-kind=tag] li').first().waitFor();
		await page.keyboard.press('Tab');
		await page.keyboard.type('a/b');
		expect(await page.getByLabel('Find a tag').inputValue()).toBe('a/b');
		await page.getByLabel('Find a tag').fill('');
		await tabTo(/^China \d/);
		await page.keyboard.press('Enter');
		await page.getByRole('link', { name: 'Remove China' }).waitFor();
		expect(await focused()).toMatch(/^China \d/);
		await tabTo(/^China and Central Asia/);
		await page.keyboard.press('Enter');
		await page.waitForURL('**/2025/06/**');
	});
});

test('the key / leads to the field until the reader switches it off, for good', async () => {
	await visit('/search/', desk, async (page) => {
		const box = page.getByLabel('The key / leads to this field');
		const isInField = async () => {
			await page.locator('h1').click();
			await page.keyboard.press('/');
			return page.evaluate(() => document.activeElement?.id === 'q');
		};
		expect([await box.isChecked(), await isInField()]).toEqual([true, true]);
		await box.uncheck();
		expect(await isInField()).toBe(false);
		await page.reload();
		await page.locator('#panel').waitFor();
		expect([await box.isChecked(), await isInField()]).toEqual([false, false]);
		await box.check();
		expect(await isInField()).toBe(true);
	});
});

test('without script the search says so and leads to the lists', async () => {
	await visit('/search/?q=railway', { javaScriptEnabled: false, viewport: sizes.phone }, async (page) => {
		expect(await page.getByText('Searching needs JavaScript').isVisible()).toBe(true);
		expect(await page.locator('#panel, #key').filter({ visible: true }).count()).toBe(0);
		await page.getByRole('link', { name: 'All tags' }).click();
		await page.waitForURL('**/tags/');
	});
});

test('the results are printed without what a hand would choose', async () => {
	await visit('/search/?q=railway', desk, async (page) => {
		await page.emulateMedia({ media: 'print' });
		expect(await page.locator('#choices').isVisible()).toBe(false);
		expect(await page.locator('#results h2').first().isVisible()).toBe(true);
	});
});

test('the tags are not fetched before somebody asks for them', async () => {
	const asked: string[] = [];
	await visit('/search/', desk, async (page) => {
		page.on('request', (request) => asked.push(new URL(request.url()).pathname));
		await page.getByLabel('Search for').fill('railway');
		await settle(page, '5 articles');
		expect(asked.filter((path) => /often|tags|names/.test(path))).toEqual([]);
		await page.getByText('Tags', { exact: true }).last().click();
		await page.locator('details[data-kind=tag] li').first().waitFor();
		expect(asked.filter((path) => /often|tags|names/.test(path))).toEqual(['/search/often.json']);
	});
});
