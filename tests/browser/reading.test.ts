import type { Page } from 'playwright';
import { describe, expect, test } from 'vitest';
import { accessibilityFindings } from '../support/accessibility.ts';
import { article, kinds, scrollWidth, sizes, visit } from '../support/visit.ts';

describe.each(Object.entries(kinds))('%s', (_, path) => {
	test('has no accessibility finding in light and dark', async () => {
		await visit(path, { viewport: sizes.desk }, async (page) => {
			expect(await accessibilityFindings(page)).toEqual([]);
		});
	});

	test('fits every screen without sideways scrolling, script off, with targets to hit', async () => {
		await visit(path, { javaScriptEnabled: false }, async (page) => {
			for (const [name, viewport] of Object.entries(sizes)) {
				await page.setViewportSize(viewport);
				expect(await scrollWidth(page), name).toBeLessThanOrEqual(viewport.width);
			}
		});
		await visit(path, { viewport: sizes.phone }, async (page) => {
			expect(await smallTargets(page)).toEqual([]);
		});
	});
});

/** Links under 24 pixels in height or width that do not stand in running text (WCAG 2.2, 2.5.8). */
function smallTargets(page: Page): Promise<string[]> {
	return page.$$eval('a:not(.sr-only)', (links) =>
		links
			.filter((link) => link.checkVisibility() && !link.closest('.prose, p:not(.label, .masthead)'))
			.map((link) => ({ text: link.textContent, box: link.getBoundingClientRect() }))
			.filter(({ box }) => box.height < 24 || box.width < 24)
			.map(({ text, box }) => `${text} ${box.width}×${box.height}`),
	);
}

describe('an article', () => {
	test('is read without script, and its tags lead on', async () => {
		await visit(article, { javaScriptEnabled: false }, async (page) => {
			expect(await page.getByRole('heading', { level: 1 }).innerText()).toContain('Xi in Kazakhstan');
			expect(await page.locator('.prose > p').count()).toBe(9);
			await page.getByRole('link', { name: 'Xi Jinping', exact: true }).click();
			await page.waitForURL('**/tags/xi-jinping/');
			await page.getByRole('link', { name: /Xi in Kazakhstan/ }).click();
			await page.waitForURL(`**${article}`);
		});
	});

	test('an alias leads to its tag', async () => {
		await visit('/tags/kyrgy/', { javaScriptEnabled: false }, async (page) => {
			await page.waitForURL('**/tags/kyrgyzstan/');
			expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('Kyrgyzstan');
		});
	});

	test('is reached by keyboard: the skip link first, focus always visible', async () => {
		await visit(article, {}, async (page) => {
			await page.keyboard.press('Tab');
			expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to the text');
			expect(await page.getByText('Skip to the text').isVisible()).toBe(true);
			await page.keyboard.press('Enter');
			expect(await page.evaluate(() => document.activeElement?.id)).toBe('main');
			await page.keyboard.press('Tab');
			const links = await page.locator('a').count();
			const seen = new Set<string>();
			for (let i = 0; i < links; i++) {
				const focused = await page.evaluate(() => {
					const element = document.activeElement;
					if (!(element instanceof HTMLAnchorElement)) return undefined;
					const { outlineStyle, outlineWidth } = getComputedStyle(element);
					return { text: element.textContent, isVisible: outlineStyle === 'solid' && parseFloat(outlineWidth) >= 2 };
				});
				if (!focused) break;
				expect(focused.isVisible, focused.text).toBe(true);
				seen.add(focused.text);
				await page.keyboard.press('Tab');
			}
			expect(seen).toContain('Sophia Klein');
			expect(seen).toContain('Uzbekistan');
		});
	});

	test('is dark where the reader wants it dark', async () => {
		const background = (colorScheme: 'light' | 'dark') =>
			visit(article, { colorScheme }, (page) =>
				page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor),
			);
		expect(await background('light')).toBe('rgb(252, 250, 245)');
		expect(await background('dark')).toBe('rgb(23, 22, 19)');
	});

	test('is printed alone, with the addresses of its links', async () => {
		await visit(article, {}, async (page) => {
			await page.emulateMedia({ media: 'print' });
			for (const selector of ['header nav', 'footer', '.tags', 'nav[aria-label="You are here"]'])
				expect(await page.locator(selector).first().isVisible(), selector).toBe(false);
			expect(await page.locator('.prose').isVisible()).toBe(true);
			const after = await page.evaluate(() => {
				const link = document.createElement('a');
				link.href = 'https://a.example/';
				document.querySelector('.prose')?.append(link);
				return getComputedStyle(link, '::after').content;
			});
			expect(after).toContain('https://a.example/');
		});
	});

	test('moves nothing while it loads, on a first visit and on a second', async () => {
		const shift = (page: Page) =>
			page.evaluate(
				() =>
					new Promise<number>((resolve) => {
						let sum = 0;
						new PerformanceObserver((list) => {
							for (const entry of list.getEntries()) if ('value' in entry) sum += Number(entry.value);
						}).observe({ type: 'layout-shift', buffered: true });
						setTimeout(() => resolve(sum), 500);
					}),
			);
		await visit(article, { viewport: sizes.phone }, async (page) => {
			expect(await shift(page)).toBe(0);
			await page.reload({ waitUntil: 'load' });
			expect(await shift(page)).toBe(0);
		});
	});

	test('takes few and light requests on a first visit', async () => {
		await visit(article, {}, async (page) => {
			await page.waitForLoadState('networkidle');
			const bytes = await page.evaluate(() =>
				[...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')].map((entry) =>
					entry instanceof PerformanceResourceTiming ? entry.transferSize : NaN,
				),
			);
			expect(bytes.length).toBeGreaterThan(1);
			expect(bytes.length).toBeLessThanOrEqual(8);
			for (const size of bytes) expect(size).toBeGreaterThan(0);
			expect(bytes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(160_000);
		});
	});
});

describe('a paragraph', () => {
	const anchor = '.prose > p:first-child > .anchor';
	const opacity = (page: Page) => page.locator(anchor).evaluate((link) => getComputedStyle(link).opacity);

	test('shows its link to the mouse over it, and is marked once its address is open', async () => {
		await visit(article, { viewport: sizes.desk }, async (page) => {
			expect(await opacity(page)).toBe('0');
			const background = () =>
				page.locator('.prose > p:first-child').evaluate((text) => getComputedStyle(text).backgroundColor);
			const before = await background();
			await page.locator('.prose > p:first-child').hover();
			expect(await opacity(page)).toBe('1');
			await page.locator(anchor).click();
			expect(new URL(page.url()).hash).toBe('#six-presidents-are-gathering-in-astana-xi-jinping');
			expect(await background()).not.toBe(before);
		});
	});

	test('is linked to by keyboard', async () => {
		await visit(article, { viewport: sizes.desk, javaScriptEnabled: false }, async (page) => {
			await page.getByRole('link', { name: '0 Comments' }).focus();
			await page.keyboard.press('Tab');
			const focused = page.locator('a:focus');
			expect(await focused.getAttribute('aria-label')).toBe('Link to this paragraph');
			expect(await opacity(page)).toBe('1');
			await page.keyboard.press('Enter');
			await page.waitForURL('**#six-presidents-*');
		});
	});

	test('shows its link on a touch screen, large enough to hit, without widening the page', async () => {
		const phone = { viewport: sizes.phone, isMobile: true, hasTouch: true };
		await visit(article, phone, async (page) => {
			const links = page.getByRole('link', { name: 'Link to this paragraph' });
			expect(await links.count()).toBe(9);
			for (const link of await links.all()) {
				expect(await link.evaluate((element) => getComputedStyle(element).opacity)).toBe('1');
				const box = await link.boundingBox();
				expect(box?.width).toBeGreaterThanOrEqual(24);
				expect(box?.height).toBeGreaterThanOrEqual(24);
				expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(sizes.phone.width);
			}
			await links.first().tap();
			await page.waitForURL('**#six-presidents-*');
		});
	});

	test('is printed without its link', async () => {
		await visit(article, {}, async (page) => {
			await page.emulateMedia({ media: 'print' });
			expect(await page.locator(anchor).isVisible()).toBe(false);
		});
	});
});

test.each([
	['no-preference', true],
	['reduce', false],
] as const)('a reader who asks for motion as "%s" sees pages fade: %s', async (reducedMotion, fades) => {
	await visit('/about/', { reducedMotion }, async (page) => {
		await page.addInitScript(() =>
			addEventListener('pagereveal', (event) => {
				document.documentElement.dataset['fades'] = String(event.viewTransition !== null);
			}),
		);
		await page.reload();
		await page.getByRole('link', { name: 'Privacy' }).click();
		await page.waitForURL('**/privacy/');
		await page.locator('html[data-fades]').waitFor();
		expect(await page.locator('html').getAttribute('data-fades')).toBe(String(fades));
	});
});
