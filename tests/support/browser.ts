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
 * Starts a browser: Playwright's own, else Chrome or Chromium of this computer, else one that it installs: Playwright's,
 * or, as root on Debian, the package `chromium`.
 * @param args further arguments of the browser's own
 * @throws Error that says what to install where none can be had
 */
export async function launchBrowser(args: readonly string[] = []): Promise<Browser> {
	const present = presentBrowser();
	if (present !== undefined) return launch(present, args);
	console.log('No Chrome or Chromium was found on this computer. Asking Playwright to download its own …');
	await installByPlaywright();
	if (existsSync(chromium.executablePath())) return launch(chromium.executablePath(), args);
	if (isRoot && existsSync('/etc/debian_version')) {
		console.log('That failed. Installing Debian’s package chromium …');
		const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
		await run('apt-get', ['update', '-qq'], { env: environment });
		await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], { env: environment });
	}
	const installed = presentBrowser();
	if (installed !== undefined) return launch(installed, args);
	throw new Error(
		'The browser tests need Chrome or Chromium. Install one, for example with "npx playwright install chromium" or, on Debian, "sudo apt install chromium".',
	);
}

function launch(executablePath: string, args: readonly string[]): Promise<Browser> {
	return chromium.launch({ args: [...ownArgs, ...args], executablePath });
}

function presentBrowser(): string | undefined {
	const names = ['google-chrome-stable', 'google-chrome', 'chromium', 'chromium-browser'];
	const folders = (process.env['PATH'] ?? '').split(delimiter);
	const programFiles = [process.env['PROGRAMFILES'], process.env['PROGRAMFILES(X86)'], process.env['LOCALAPPDATA']];
	return [
		chromium.executablePath(),
		...folders.flatMap((folder) => names.map((name) => join(folder, name))),
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
		const child = spawn(process.execPath, [cli, 'install', 'chromium'], { stdio: 'ignore' });
		child.once('close', () => resolve());
	});
}
