import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { AstroIntegration } from 'astro';
import { build } from 'astro';
import { readClock } from '../environment.ts';

/** What an edition holds. */
export interface EditionSummary {
	articles: number;
	pages: number;
	feeds: number;
	/** Of all files together. */
	bytes: number;
}

/** Files by which an edition is known. Astro only logs it when the sitemap fails, so it is asked for here. */
const hallmarks = ['index.html', 'rss.xml', 'sitemap-index.xml'];

/**
 * Builds the paper into `folder`, whole or not at all: a build that fails leaves the folder as it was.
 * @param report is told what is being done
 * @throws ContentError where the content cannot be published as it is; Error where `folder` holds something else
 */
export async function buildEdition(folder: string, report: (step: string) => void): Promise<EditionSummary> {
	await refuseForeignFolder(folder);
	// One clock for everything that the build asks, however long it takes.
	process.env['CLOCK'] = new Date(readClock()).toISOString();
	await mkdir(dirname(folder), { recursive: true });
	const staging = await mkdtemp(join(dirname(folder), `.${basename(folder)}-next-`));
	try {
		report('Reading and checking the content');
		await build({ root: process.cwd(), outDir: staging, logLevel: 'error', integrations: [progress(report)] });
		const missing = hallmarks.filter((file) => !existsSync(join(staging, file)));
		if (missing.length > 0)
			throw new Error(`The build did not make ${missing.join(', ')}. Its messages above say why.`);
		const summary = await summarise(staging);
		await replace(folder, staging);
		return summary;
	} finally {
		await removeLeniently(staging);
	}
}

async function refuseForeignFolder(folder: string): Promise<void> {
	const files = existsSync(folder) ? await readdir(folder) : [];
	if (files.length === 0 || hallmarks.every((file) => files.includes(file))) return;
	throw new Error(`${folder} holds files that are no edition, and a build would delete them. Choose another OUT_DIR.`);
}

function progress(report: (step: string) => void): AstroIntegration {
	return {
		name: 'progress',
		hooks: {
			'astro:build:start': () => report('Making the pages and feeds'),
			'astro:build:generated': () => report('Finishing the edition'),
		},
	};
}

async function summarise(folder: string): Promise<EditionSummary> {
	const entries = await readdir(folder, { recursive: true, withFileTypes: true });
	const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
	const sizes = await Promise.all(files.map(async (file) => (await stat(file)).size));
	const count = (pattern: RegExp) => files.filter((file) => pattern.test(file.slice(folder.length))).length;
	return {
		articles: count(/^\/\d{4}\/\d{2}\/[^/]+\/index\.html$/),
		pages: count(/\.html$/),
		feeds: count(/\/rss\.xml$/),
		bytes: sizes.reduce((sum, size) => sum + size, 0),
	};
}

async function replace(folder: string, staging: string): Promise<void> {
	if (!existsSync(folder)) return rename(staging, folder);
	const former = `${staging}-former`;
	await rename(folder, former);
	try {
		await rename(staging, folder);
	} catch (error) {
		await rename(former, folder);
		throw error;
	}
	await removeLeniently(former);
}

/** Removes a folder into which Astro may still be writing; what stays behind must not hide why a build failed. */
async function removeLeniently(folder: string): Promise<void> {
	try {
		await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
	} catch (error) {
		console.error(`Remove ${folder} by hand: ${error instanceof Error ? error.message : String(error)}`);
	}
}
