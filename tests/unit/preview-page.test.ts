import { expect, test, vi } from 'vitest';
import { previewPage } from '../../src/queries/preview-page.ts';

const html = (text: string) => new Response(text, { headers: { 'Content-Type': 'text/html; charset=utf-8' } });

test('where a page cannot be made, the preview says why in a sentence, and keeps the program’s inside to the terminal', async () => {
	const terminal = vi.spyOn(console, 'error').mockReturnValue();
	const failure = new Error('content/articles/2025/06/x.md:7:1: <b>This</b> is wrong. Mend it.');
	const response = await previewPage('/2025/06/x/', () => Promise.reject(failure));
	const page = await response.text();
	expect(response.status).toBe(500);
	expect(page).toContain('content/articles/2025/06/x.md:7:1: &#60;b&#62;This&#60;/b&#62; is wrong. Mend it.');
	expect(page).not.toContain('previewPage');
	expect(page).not.toMatch(/\.ts:\d+/);
	expect(terminal).toHaveBeenCalledWith(failure);
	terminal.mockRestore();
});

test('what fails while a page is being written is told as well', async () => {
	const terminal = vi.spyOn(console, 'error').mockReturnValue();
	const body = new ReadableStream({ pull: (stream) => stream.error(new Error('Half-way.')) });
	const response = await previewPage('/', () => Promise.resolve(new Response(body, html('').clone())));
	expect([response.status, await response.text()]).toEqual([500, expect.stringContaining('Half-way.')]);
	terminal.mockRestore();
});

test('pages of articles lead to what is told of them; whatever is no page stays as it is', async () => {
	const page = await (await previewPage('/2025/06/x/', () => Promise.resolve(html('<body class="a"><p>A</p>')))).text();
	expect(page).toMatch(
		/^<body class="a"><aside data-preview-bar>.*href="\/_preview\/2025\/06\/x\/".*<\/aside><p>A<\/p>$/,
	);
	const feed = new Response('<body>', { headers: { 'Content-Type': 'application/rss+xml' } });
	expect(await (await previewPage('/rss.xml', () => Promise.resolve(feed))).text()).toBe('<body>');
});
