import type { Page } from 'playwright';
import { describe, expect, test } from 'vitest';
import { article, kinds, scrollWidth, sizes, visit } from '../support/visit.ts';

const schemes = ['light', 'dark'] as const;

/**
 * Returns the texts, and the outlines of what has focus, that stand out too little from what lies below them, as the
 * browser computes both: text under 4.5, large text and outlines under 3 (WCAG 2.2, 1.4.3 and 1.4.11). Drawings are left out.
 */
function faintTexts(page: Page): Promise<string[]> {
	return page.evaluate(() => {
		interface Colour {
			channels: number[];
			alpha: number;
		}
		const parse = (text: string): Colour => {
			const numbers = /^rgba?\((.+)\)$/
				.exec(text)?.[1]
				?.split(/[ ,/]+/)
				.map(Number);
			if (!numbers) throw new Error(`The colour ${text} cannot be read.`);
			return { channels: numbers.slice(0, 3), alpha: numbers[3] ?? 1 };
		};
		const over = (top: Colour, below: Colour): Colour => ({
			channels: top.channels.map((channel, i) => channel * top.alpha + (below.channels[i] ?? 0) * (1 - top.alpha)),
			alpha: 1,
		});
		const luminance = ({ channels }: Colour) => {
			const [r = 0, g = 0, b = 0] = channels.map((channel) => {
				const part = channel / 255;
				return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
			});
			return 0.2126 * r + 0.7152 * g + 0.0722 * b;
		};
		const backgroundOf = (element: Element | null): Colour => {
			if (!element) return { channels: [255, 255, 255], alpha: 1 };
			const own = parse(getComputedStyle(element).backgroundColor);
			return own.alpha === 1 ? own : over(own, backgroundOf(element.parentElement));
		};
		const contrast = (colour: string, background: Colour) => {
			const [a, b] = [luminance(over(parse(colour), background)), luminance(background)];
			return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
		};
		const faint: string[] = [];
		let count = 0;
		const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
		for (let node = walker.nextNode(); node; node = walker.nextNode()) {
			const element = node.parentElement;
			if (!node.textContent?.trim() || !element?.checkVisibility({ opacityProperty: true })) continue;
			if (element.closest('svg, script, style, .sr-only:not(:focus)')) continue;
			count++;
			const style = getComputedStyle(element);
			const background = backgroundOf(element);
			const size = parseFloat(style.fontSize);
			const isLarge = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
			const ratio = contrast(style.color, background);
			if (ratio < (isLarge ? 3 : 4.5)) faint.push(`${node.textContent}: ${ratio}`);
			if (style.outlineStyle !== 'none' && contrast(style.outlineColor, background) < 3)
				faint.push(`outline of ${node.textContent}`);
		}
		if (count < 10) throw new Error(`Only ${count} texts were found.`);
		return faint;
	});
}

/** Makes the browser show every link of the page as if it were pointed at, focused and pressed, all at once. */
async function touchAllLinks(page: Page): Promise<void> {
	const session = await page.context().newCDPSession(page);
	await session.send('DOM.enable');
	await session.send('CSS.enable');
	const { root } = await session.send('DOM.getDocument');
	const { nodeIds } = await session.send('DOM.querySelectorAll', { nodeId: root.nodeId, selector: 'a' });
	for (const nodeId of nodeIds)
		await session.send('CSS.forcePseudoState', {
			nodeId,
			forcedPseudoClasses: ['hover', 'focus', 'focus-visible', 'active'],
		});
}

/** Gives links the colours of the rules for visited ones, which no script may read. Returns how many it changed. */
function visitAllLinks(page: Page): Promise<number> {
	return page.evaluate(() => {
		let count = 0;
		const look = (rules: CSSRuleList) => {
			for (const rule of rules) {
				if (rule instanceof CSSStyleRule && rule.selectorText.includes(':visited'))
					for (const element of document.querySelectorAll(rule.selectorText.replaceAll(':visited', ':any-link')))
						if (element instanceof HTMLElement) {
							element.style.color = rule.style.color;
							count++;
						}
				if (rule instanceof CSSGroupingRule) look(rule.cssRules);
			}
		};
		for (const sheet of document.styleSheets) look(sheet.cssRules);
		return count;
	});
}

describe.each(Object.entries(kinds))('%s', (_, path) => {
	test('has texts that stand out in every colour scheme and in every state of its links', async () => {
		await visit(path, { viewport: sizes.desk }, async (page) => {
			for (const colorScheme of schemes) {
				await page.emulateMedia({ colorScheme });
				expect(await faintTexts(page), colorScheme).toEqual([]);
			}
			await touchAllLinks(page);
			for (const colorScheme of schemes) {
				await page.emulateMedia({ colorScheme });
				expect(await faintTexts(page), `${colorScheme}, touched`).toEqual([]);
			}
		});
	});

	test('has texts, links and focus that stand out in forced colours', async () => {
		for (const colorScheme of schemes)
			await visit(path, { viewport: sizes.desk, forcedColors: 'active', colorScheme }, async (page) => {
				expect(await faintTexts(page), colorScheme).toEqual([]);
				const [text, link] = await page.evaluate(() =>
					[document.body, document.querySelector('main a')].map(
						(element) => element && getComputedStyle(element).color,
					),
				);
				expect(link).not.toBe(text);
				await page.keyboard.press('Tab');
				const outline = await page.locator('a:focus').evaluate((element) => getComputedStyle(element).outline);
				expect(outline).toMatch(/solid 3px$/);
			});
	});

	test('loses no word to the edge of the window, also at 200% text', async () => {
		await visit(path, {}, async (page) => {
			const usual = new Map<number, string>();
			for (const scale of [1, 2])
				for (const width of [320, 480, 768, 1024, 1280]) {
					await page.setViewportSize({ width, height: 900 });
					const size = await page.evaluate(() => getComputedStyle(document.documentElement).fontSize);
					if (scale === 1) usual.set(width, size);
					else
						await page.evaluate(
							(usualSize) => document.documentElement.style.setProperty('font-size', `calc(2 * ${usualSize})`),
							usual.get(width) ?? '',
						);
					expect(await scrollWidth(page), `${width} at ${scale}`).toBeLessThanOrEqual(width);
					expect(await cutTexts(page), `${width} at ${scale}`).toEqual([]);
					if (scale === 1) expect(await brokenWords(page), String(width)).toEqual([]);
				}
		});
	});
});

/** Returns the texts that end beyond the window or beyond something that cuts off what is in it. */
function cutTexts(page: Page): Promise<string[]> {
	return page.evaluate(() => {
		const cut: string[] = [];
		const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
		for (let node = walker.nextNode(); node; node = walker.nextNode()) {
			const element = node.parentElement;
			if (!node.textContent?.trim() || !element?.checkVisibility()) continue;
			if (element.closest('svg, script, .sr-only, table, pre')) continue;
			let [left, right] = [0, document.documentElement.clientWidth];
			for (let box: Element | null = element; box; box = box.parentElement) {
				if (!['clip', 'hidden'].includes(getComputedStyle(box).overflowX)) continue;
				const edges = box.getBoundingClientRect();
				[left, right] = [Math.max(left, edges.left), Math.min(right, edges.right)];
			}
			const range = document.createRange();
			range.selectNodeContents(node);
			for (const line of range.getClientRects())
				if (line.width > 0 && (line.left < left - 1 || line.right > right + 1)) cut.push(node.textContent);
		}
		return cut;
	});
}

/** Returns the words of usual length in headings and tables that were broken, because their column is too narrow. */
function brokenWords(page: Page): Promise<string[]> {
	return page.evaluate(() => {
		const broken: string[] = [];
		for (const part of document.querySelectorAll('main :is(h1, h2, h3, td, th):not(.sr-only)')) {
			const walker = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
			for (let node = walker.nextNode(); node; node = walker.nextNode())
				for (const { 0: word, index } of node.textContent?.matchAll(
					/(?<![\p{L}\p{N}-])[\p{L}\p{N}]{2,14}(?![\p{L}\p{N}-])/gu,
				) ?? []) {
					const range = document.createRange();
					range.setStart(node, index);
					range.setEnd(node, index + word.length);
					if (range.getClientRects().length > 1) broken.push(word);
				}
		}
		return broken;
	});
}

test('headlines that were read already still stand out', async () => {
	await visit(kinds.home, {}, async (page) => {
		expect(await visitAllLinks(page)).toBeGreaterThan(5);
		for (const colorScheme of schemes) {
			await page.emulateMedia({ colorScheme });
			expect(await faintTexts(page)).toEqual([]);
		}
	});
});

test('the search field of every page has the box of a field', async () => {
	for (const viewport of Object.values(sizes))
		for (const path of [kinds.home, article])
			await visit(path, { viewport }, async (page) => {
				const form = page.locator('body > header form');
				const sides = await form.evaluate((box) => getComputedStyle(box).borderWidth);
				expect(sides, path).toBe('1px');
				const box = await form.boundingBox();
				const line = await page.locator('body > header nav').boundingBox();
				expect(box?.width, path).toBeGreaterThan(path === kinds.home && viewport === sizes.phone ? 250 : 120);
				// It crosses no line of the masthead.
				if (path === kinds.home) expect(box?.y).toBeGreaterThan(line?.y ?? Infinity);
			});
});

test('forced colours keep what lines say: the days of the calendar, the page where one is', async () => {
	await visit(kinds.year, { forcedColors: 'active' }, async (page) => {
		const mark = await page
			.locator('td a')
			.first()
			.evaluate((day) => getComputedStyle(day).borderBlockStart);
		expect(mark).toMatch(/^3px solid/);
	});
	await visit('/tags/', { forcedColors: 'active' }, async (page) => {
		const current = page.locator('header [aria-current]');
		expect(await current.evaluate((link) => getComputedStyle(link).textDecorationLine)).toBe('underline');
	});
});

test('a passage from the right begins at the right, and one from the left at the left whatever is in it', async () => {
	await visit('/2024/03/longest/', {}, async (page) => {
		const gaps = await page.$$eval('.prose > p, .prose blockquote p', (passages) =>
			passages.map((passage) => {
				const text = document.createTreeWalker(passage, NodeFilter.SHOW_TEXT).nextNode();
				if (!text) throw new Error('A passage has no text.');
				const range = document.createRange();
				range.setStart(text, 0);
				range.setEnd(text, 1);
				const [letter, box] = [range.getBoundingClientRect(), passage.getBoundingClientRect()];
				return { atStart: letter.left - box.left < 2, atEnd: box.right - letter.right < 2 };
			}),
		);
		expect(gaps.map(({ atStart, atEnd }) => `${atStart} ${atEnd}`)).toEqual(['true false', 'false true', 'true false']);
	});
});

test('nothing moves for readers who asked for less motion', async () => {
	await visit(article, { reducedMotion: 'reduce' }, async (page) => {
		const moving = await page.$$eval(
			'*',
			(elements) =>
				elements.filter((element) => {
					const { transitionDuration, animationName } = getComputedStyle(element);
					return animationName !== 'none' || /[1-9]/.test(transitionDuration);
				}).length,
		);
		expect(moving).toBe(0);
		expect(await page.evaluate(() => document.getAnimations().length)).toBe(0);
	});
});

test('letters of all scripts for which type is sent are found in it, in bold too', async () => {
	const found = await visit(kinds['article with everything'], {}, (page) =>
		page.evaluate(async () => {
			const family = getComputedStyle(document.body).fontFamily.split(',', 1)[0] ?? '';
			const counts: Record<string, number> = {};
			for (const weight of [400, 700])
				for (const letter of ['a', 'ж', 'қ', 'Ō'])
					counts[`${weight} ${letter}`] = (await document.fonts.load(`${weight} 1em ${family}`, letter)).length;
			return counts;
		}),
	);
	expect(Object.keys(found)).toHaveLength(8);
	expect(Object.entries(found).filter(([, count]) => count !== 1)).toEqual([]);
});
