import { existsSync, rmSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { AstroIntegration } from 'astro';
import { build } from 'astro';
import { readClock } from '../environment.ts';
import { writeSearch } from './search.ts';

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

const endings = ['SIGINT', 'SIGTERM'] as const;

/**
 * Builds the paper into `target`, whole or not at all: a build that fails leaves the folder as it was.
 * @param report is told what is being done
 * @throws ContentError where the content cannot be published as it is; Error where `target` holds something else
 */
export async function buildEdition(target: string, report: (step: string) => void): Promise<EditionSummary> {
	const folder = existsSync(target) ? await realpath(target) : target;
	await restore(folder);
	await refuseForeignFolder(folder);
	// One clock for everything that the build asks, however long it takes.
	process.env['CLOCK'] = new Date(readClock()).toISOString();
	await mkdir(dirname(folder), { recursive: true });
	const workshop = await mkdtemp(workshopPrefix(folder) + `${process.pid}-`);
	const abandon = () => {
		rmSync(workshop, { recursive: true, force: true });
		process.exit(1);
	};
	const standThrough = () => {
		for (const signal of endings) process.off(signal, abandon);
	};
	for (const signal of endings) process.once(signal, abandon);
	try {
		const edition = join(workshop, 'edition');
		report('Reading and checking the content');
		await build({ root: process.cwd(), outDir: edition, logLevel: 'error', integrations: [progress(report)] });
		const missing = hallmarks.filter((file) => !existsSync(join(edition, file)));
		if (missing.length > 0)
			throw new Error(`The build did not make ${missing.join(', ')}. Its messages above say why.`);
		report('Making the search index');
		await writeSearch(edition);
		const summary = await summarise(edition);
		standThrough();
		await replace(folder, edition, join(workshop, 'former'));
		return summary;
	} finally {
		standThrough();
		await removeLeniently(workshop);
	}
}

/** Builds are made beside their target, where a rename is one step. The number that follows is the builder's process id. */
function workshopPrefix(folder: string): string {
	return join(dirname(folder), `.${basename(folder)}-next-`);
}

/** Removes what builds that were killed have left, after putting back an edition that one of them had moved away. */
async function restore(folder: string): Promise<void> {
	const parent = dirname(folder);
	const prefix = basename(workshopPrefix(folder));
	for (const name of existsSync(parent) ? await readdir(parent) : []) {
		const builder = Number(name.startsWith(prefix) ? name.slice(prefix.length).split('-', 1)[0] : undefined);
		if (!Number.isInteger(builder) || isRunning(builder)) continue;
		const former = join(parent, name, 'former');
		if (!existsSync(folder) && existsSync(former)) await rename(former, folder);
		await removeLeniently(join(parent, name));
	}
}

function isRunning(processId: number): boolean {
	try {
		process.kill(processId, 0);
		return true;
	} catch (error) {
		return error instanceof Error && 'code' in error && error.code === 'EPERM';
	}
}

async function refuseForeignFolder(folder: string): Promise<void> {
	if (!existsSync(folder)) return;
	const isFolder = (await stat(folder)).isDirectory();
	const files = isFolder ? await readdir(folder) : [];
	if (isFolder && (files.length === 0 || hallmarks.every((file) => files.includes(file)))) return;
	throw new Error(`${folder} holds something that is no edition, and a build would delete it. Choose another OUT_DIR.`);
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

async function replace(folder: string, edition: string, former: string): Promise<void> {
	if (!existsSync(folder)) return rename(edition, folder);
	await rename(folder, former);
	try {
		await rename(edition, folder);
	} catch (error) {
		await rename(former, folder);
		throw error;
	}
}

/** Removes a folder into which Astro may still be writing; what stays behind must not hide why a build failed. */
async function removeLeniently(folder: string): Promise<void> {
	try {
		await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
	} catch (error) {
		console.error(`Remove ${folder} by hand: ${error instanceof Error ? error.message : String(error)}`);
	}
}
