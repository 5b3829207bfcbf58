import type { Browser, BrowserContextOptions, Page } from 'playwright';
import { afterAll, beforeAll, expect, inject } from 'vitest';
import { launchBrowser } from './browser.ts';

const origin = inject('origin');

export const article = '/2025/06/china-xi-kazakhstan-central-asia-ties/';
export const kinds = {
	home: '/',
	article,
	'article with everything': '/2024/03/everything/',
	'article with the longest words': '/2024/03/longest/',
	'article with the shortest': '/2024/03/shortest/',
	'tags index': '/tags/',
	'tags from A to Z': '/tags/a-z/k/',
	'tags with the longest name': '/tags/a-z/r/',
	'tag with pages': '/tags/mexico/',
	'older page of a tag': '/tags/mexico/page/1/',
	'older page': '/page/1/',
	tag: '/tags/xi-jinping/',
	'tag with narrower ones': '/tags/central-asia/',
	'tag with the longest name': '/tags/longest/',
	year: '/2025/',
	month: '/2025/06/',
	sections: '/sections/',
	section: '/sections/politics/',
	authors: '/authors/',
	author: '/authors/sophia-klein/',
	feeds: '/feeds/',
	corrections: '/corrections/',
	'retracted article': '/2024/03/retracted/',
	about: '/about/',
	search: '/search/?q=trade&tag=china',
	'404': '/nowhere/',
};

export const sizes = {
	phone: { width: 320, height: 640 },
	tablet: { width: 768, height: 1024 },
	desk: { width: 1280, height: 900 },
};

let browser: Browser;
beforeAll(async () => {
	browser = await launchBrowser();
});
afterAll(() => browser.close());

/**
 * Opens a page, gives it to `look`, and fails where the browser reported an error or asked another host.
 * @param mayMiss true where the page asks for what may not be there
 */
export async function visit<T>(
	path: string,
	options: BrowserContextOptions,
	look: (page: Page) => Promise<T>,
	mayMiss = path === kinds['404'],
): Promise<T> {
	const context = await browser.newContext(options);
	try {
		const page = await context.newPage();
		const complaints: string[] = [];
		page.on('console', (message) => {
			if (message.type() === 'error' && !(mayMiss && message.text().includes('404'))) complaints.push(message.text());
		});
		page.on('pageerror', (error) => complaints.push(error.message));
		page.on('request', (request) => {
			if (!request.url().startsWith(`${origin}/`)) complaints.push(`asked for ${request.url()}`);
		});
		await page.goto(origin + path, { waitUntil: 'load' });
		if (path.startsWith('/search/') && options.javaScriptEnabled !== false) await page.locator('#panel').waitFor();
		const seen = await look(page);
		expect(complaints).toEqual([]);
		return seen;
	} finally {
		await context.close();
	}
}

/** Width of the page in CSS pixels. Works without script in the page, through the browser's own protocol. */
export async function scrollWidth(page: Page): Promise<number> {
	const session = await page.context().newCDPSession(page);
	const { cssContentSize } = await session.send('Page.getLayoutMetrics');
	return cssContentSize.width;
}
