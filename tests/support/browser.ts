import { execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { type Browser, chromium } from 'playwright';

const run = promisify(execFile);
const isRoot = process.getuid?.() === 0;
const ownArgs = [
	...(isRoot ? ['--no-sandbox'] : []),
	'--disable-background-networking',
	'--disable-component-update',
	'--no-first-run',
];

/**
 * Starts a browser without a window: Playwright's own, else one of this computer, else one that it installs: Playwright's,
 * or, as root on Debian, the package `chromium-headless-shell`. A shell goes before a whole browser, which opens pages of
 * its own beside those under test.
 * @param args further arguments of the browser's own
 * @throws Error that says what to install where none can be had
 */
export async function launchBrowser(args: readonly string[] = []): Promise<Browser> {
	const present = await launchPresent(args);
	if (present) return present;
	console.log('No Chrome or Chromium was found on this computer. Asking Playwright to download its own …');
	await installByPlaywright();
	const downloaded = await launchOwn(args);
	if (downloaded) return downloaded;
	if (isRoot && existsSync('/etc/debian_version')) {
		console.log('That failed. Installing Debian’s package chromium-headless-shell …');
		const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
		await run('apt-get', ['update', '-qq'], { env: environment });
		await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium-headless-shell'], {
			env: environment,
		});
	}
	const installed = await launchPresent(args);
	if (installed) return installed;
	throw new Error(
		'The browser tests need Chrome or Chromium. Install one, for example with "npx playwright install --only-shell chromium" or, on Debian, "sudo apt install chromium-headless-shell".',
	);
}

async function launchPresent(args: readonly string[]): Promise<Browser | undefined> {
	const path = browserOfComputer();
	return (await launchOwn(args)) ?? (path === undefined ? undefined : launch(args, path));
}

/** Playwright's own browser, or nothing where it was never downloaded. */
async function launchOwn(args: readonly string[]): Promise<Browser | undefined> {
	try {
		return await launch(args);
	} catch (error) {
		if (error instanceof Error && error.message.includes("Executable doesn't exist")) return undefined;
		throw error;
	}
}

function launch(args: readonly string[], executablePath?: string): Promise<Browser> {
	return chromium.launch({ args: [...ownArgs, ...args], ...(executablePath !== undefined && { executablePath }) });
}

function browserOfComputer(): string | undefined {
	const names = ['chromium-headless-shell', 'google-chrome-stable', 'google-chrome', 'chromium', 'chromium-browser'];
	const folders = (process.env['PATH'] ?? '').split(delimiter);
	const programFiles = [process.env['PROGRAMFILES'], process.env['PROGRAMFILES(X86)'], process.env['LOCALAPPDATA']];
	return [
		...names.flatMap((name) => folders.map((folder) => join(folder, name))),
		'/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
		'/Applications/Chromium.app/Contents/MacOS/Chromium',
		...programFiles.flatMap((folder) =>
			folder === undefined ? [] : [join(folder, 'Google/Chrome/Application/chrome.exe')],
		),
	].find((path) => existsSync(path));
}

async function installByPlaywright(): Promise<void> {
	const cli = join(dirname(createRequire(import.meta.url).resolve('playwright/package.json')), 'cli.js');
	await new Promise<void>((resolve) => {
		const child = spawn(process.execPath, [cli, 'install', '--only-shell', 'chromium'], { stdio: 'ignore' });
		child.once('close', () => resolve());
	});
}
