import axe from 'axe-core';
import type { Page } from 'playwright';

declare global {
	interface Window {
		/** What `axe.source` defines in a page. */
		axe: typeof axe;
	}
}

/** Returns what axe finds in a page in light and in dark: which rule, where. */
export async function accessibilityFindings(page: Page): Promise<string[]> {
	await page.evaluate(axe.source);
	const found = [];
	for (const colorScheme of ['light', 'dark'] as const) {
		await page.emulateMedia({ colorScheme });
		const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
		found.push(
			...violations.map(({ id, nodes }) => `${colorScheme}, ${id}: ${nodes.map(({ html }) => html).join(' ')}`),
		);
	}
	return found;
}
