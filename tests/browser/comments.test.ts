import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { accessibilityFindings } from '../support/accessibility.ts';
import { launchBrowser } from '../support/browser.ts';
import { start } from '../support/store.ts';
import { argumentsOf, openWorkshop, peoplesEnvironment, readScripts, type Workshop } from '../support/build.ts';

const article = '/2025/06/china-xi-kazakhstan-central-asia-ties/';
const password = 'a long pass phrase';
let workshop: Workshop;
let service: ReturnType<typeof start>;
let origin: string;
let browser: Browser;

beforeAll(async () => {
	workshop = await openWorkshop('content');
	browser = await launchBrowser();
	const surroundings = { cwd: workshop.folder, env: { ...peoplesEnvironment(), PORT: '0' } };
	service = start(argumentsOf('start', await readScripts()), [], surroundings);
	await service.until('Press Ctrl+C');
	origin = `http://127.0.0.1:${/localhost:(\d+)/.exec(service.output())?.[1] ?? ''}`;
}, 240_000);

afterAll(async () => {
	await browser.close();
	service.process.kill();
	await service.ended;
	await workshop.remove();
});

/** Opens a browser that runs no script. */
async function openWithoutScript(): Promise<{ context: BrowserContext; page: Page }> {
	const context = await browser.newContext({ javaScriptEnabled: false });
	return { context, page: await context.newPage() };
}

/** Returns what axe finds in a page: it needs script, so that it gets a copy. */
async function findingsOn(shown: Page): Promise<string[]> {
	const page = await browser.newPage();
	await page.setContent(await shown.content());
	const findings = await accessibilityFindings(page);
	await page.close();
	return findings;
}

/** Runs `npm run desk` with something to read. */
async function runDesk(words: readonly string[], input: string): Promise<number | null> {
	const args = [...argumentsOf('desk', await readScripts()), ...words];
	const child = spawn(process.execPath, args, {
		cwd: workshop.folder,
		env: peoplesEnvironment(),
		stdio: ['pipe', 'ignore', 'inherit'],
	});
	child.stdin.end(input);
	await once(child, 'close');
	return child.exitCode;
}

test('a reader’s comment is sent, approved and read, without a script anywhere', async () => {
	const reader = await openWithoutScript();
	await reader.page.goto(origin + article);
	expect(await reader.page.locator('#comments-title').textContent()).toBe('0 Comments');
	await reader.page.getByRole('link', { name: 'Post Comment' }).click();
	await reader.page.waitForURL('**/comments/2025/**');
	expect(await findingsOn(reader.page)).toEqual([]);
	await reader.page.getByLabel('Name').fill('Айгерім');
	await reader.page.getByLabel('Comment', { exact: true }).fill(' ');
	await reader.page.getByRole('button').click();
	await reader.page.getByRole('alert').waitFor();
	expect(await reader.page.getByLabel('Name').inputValue()).toBe('Айгерім');
	expect(await findingsOn(reader.page)).toEqual([]);
	await reader.page.getByLabel('Comment', { exact: true }).fill('A first remark.\n\nSee https://example.org/page.');
	await reader.page.getByLabel('E-mail').fill('reader@example.org');
	await reader.page.getByRole('button').click();
	await reader.page.waitForURL('**/received/**');
	expect(await reader.page.locator('h1').textContent()).toBe('Thank you');
	expect(await findingsOn(reader.page)).toEqual([]);
	const receipt = reader.page.url();

	expect(await runDesk(['add-editor', 'Ann'], `${password}\n`)).toBe(0);
	const editor = await openWithoutScript();
	await editor.page.goto(`${origin}/desk/`);
	expect(await findingsOn(editor.page)).toEqual([]);
	await editor.page.getByLabel('Name').fill('Ann');
	await editor.page.getByLabel('Password').fill(password);
	await editor.page.getByRole('button').click();
	// A reader who types fast is held; on a slow computer nobody does.
	await editor.page.getByRole('link', { name: /^(?:Held|Waiting) \(1\)/ }).click();
	await editor.page.waitForURL(/list=/);
	const list = editor.page.url();
	expect(await editor.page.getByRole('link', { name: /Xi in Kazakhstan/ }).count()).toBe(1);
	await editor.page.locator('a.more').click();
	await editor.page.waitForURL('**/desk/comments/*');
	expect(await findingsOn(editor.page)).toEqual([]);
	for (const place of ['articles', 'blocked', 'log']) {
		await editor.page.goto(`${origin}/desk/${place}`);
		expect(await findingsOn(editor.page), place).toEqual([]);
	}
	await editor.page.goto(list);
	expect(await findingsOn(editor.page)).toEqual([]);
	await editor.page.getByRole('button', { name: 'Approve', exact: true }).first().click();
	expect(await editor.page.locator('body').textContent()).toContain('Approved. Readers see it with the next edition.');

	await vi.waitUntil(
		async () => {
			await reader.page.goto(origin + article);
			return (await reader.page.locator('#comments-title').textContent()) === '1 Comment';
		},
		{ timeout: 120_000, interval: 500 },
	);
	const shown = reader.page.locator('#comments article');
	expect(await shown.textContent()).toContain('A first remark.');
	expect(await shown.getByRole('link', { name: 'https://example.org/page' }).getAttribute('rel')).toContain('ugc');
	expect(await (await fetch(`${origin}${article}comments/rss.xml`)).text()).toContain('A first remark.');
	expect(await reader.page.content()).not.toContain('reader@example.org');
	await reader.page.goto(receipt);
	expect(await reader.page.locator('.notice').textContent()).toContain('has been approved');

	const files = await readdir(join(workshop.folder, 'content/comments', article), { recursive: true });
	expect(files).toHaveLength(1);
	expect(await (await fetch(origin + article)).text()).toMatch(/"commentCount":1\b/);
}, 240_000);
