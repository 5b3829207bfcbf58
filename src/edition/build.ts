import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
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

/**
 * Builds the paper into `folder`, whole or not at all: a build that fails leaves the folder as it was.
 * @param report is told what is being done
 * @throws ContentError where the content cannot be published as it is
 */
export async function buildEdition(folder: string, report: (step: string) => void): Promise<EditionSummary> {
	// One clock for everything that the build asks, however long it takes.
	process.env['CLOCK'] = new Date(readClock()).toISOString();
	const cache = join(process.cwd(), '.cache');
	await mkdir(cache, { recursive: true });
	const staging = await mkdtemp(join(cache, 'edition-'));
	try {
		report('Reading and checking the content');
		await build({
			root: process.cwd(),
			outDir: staging,
			logLevel: 'error',
			integrations: [progress(report)],
		});
		const summary = await summarise(staging);
		await replace(folder, staging, cache);
		return summary;
	} finally {
		await rm(staging, { recursive: true, force: true });
	}
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

async function replace(folder: string, staging: string, cache: string): Promise<void> {
	if (!existsSync(folder)) return rename(staging, folder);
	const former = await mkdtemp(join(cache, 'former-'));
	await rename(folder, join(former, 'edition'));
	await rename(staging, folder);
	await rm(former, { recursive: true });
}
