import { hash } from 'node:crypto';
import { type Dirent, readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { extname, join } from 'node:path';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import type { CheckedFile, Facts } from './facts.ts';
import { scanFragment, scanJson, scanRobots, scanXml } from './scan-data.ts';
import { scanPage } from './scan-page.ts';

interface Task {
	folder: string;
	paths: readonly string[];
	/** Hashes of files that need not be looked into. */
	known: ReadonlySet<string>;
}

/** The file of an edition that tells what the edition holds, and is no part of what it tells. */
export const manifestName = 'edition.json';

/** Lists the files of an edition, in one order on every machine, and whatever else is in its folders. */
export async function listFiles(folder: string): Promise<{ paths: string[]; others: string[] }> {
	const entries = await readdir(folder, { recursive: true, withFileTypes: true });
	const start = join(folder, '/').length;
	const list = (isWanted: (entry: Dirent) => boolean) =>
		entries
			.filter(isWanted)
			.map((entry) => join(entry.parentPath, entry.name).slice(start).replaceAll('\\', '/'))
			.filter((path) => path !== manifestName)
			.sort((a, b) => (a < b ? -1 : 1));
	return {
		paths: list((entry) => entry.isFile()),
		others: list((entry) => !entry.isFile() && !entry.isDirectory()),
	};
}

/** Reads files, takes their hashes, and looks into those that are not known yet. */
function scanFiles({ folder, paths, known }: Task): CheckedFile[] {
	return paths.map((path) => {
		const bytes = readFileSync(join(folder, path));
		const file: CheckedFile = { path, hash: hash('sha256', bytes), size: bytes.length };
		if (!known.has(file.hash)) file.facts = scan(extname(path), bytes);
		return file;
	});
}

/** Returns what a file's bytes say; nothing of a kind that is not looked into. */
function scan(extension: string, bytes: Buffer): Facts | undefined {
	switch (extension) {
		case '.html':
			return scanPage(bytes.toString());
		case '.xml':
		case '.opml':
		case '.svg':
			return scanXml(bytes.toString());
		case '.txt':
			return scanRobots(bytes.toString());
		case '.pf_fragment':
			return scanFragment(bytes);
		case '.json':
		case '.webmanifest':
			return scanJson(bytes.toString());
		default:
			return undefined;
	}
}

/** Fewer files than these are read faster than a thread starts. */
const filesWorthAThread = 1000;

/**
 * Reads the files of a folder on all processors.
 * @param threads how many to use at most
 * @returns them in their order
 */
export async function scanAll(task: Task, threads = availableParallelism()): Promise<CheckedFile[]> {
	const count = Math.min(threads, Math.ceil(task.paths.length / filesWorthAThread));
	if (count < 2) return scanFiles(task);
	const share = Math.ceil(task.paths.length / count);
	const shares = Array.from({ length: count }, (_, i) => task.paths.slice(i * share, (i + 1) * share));
	const files = await Promise.all(shares.map((paths) => scanInThread({ ...task, paths })));
	return files.flat();
}

function scanInThread(task: Task): Promise<CheckedFile[]> {
	return new Promise((resolve, reject) => {
		const thread = new Worker(new URL(import.meta.url), { workerData: task });
		thread.once('message', resolve).once('error', reject);
	});
}

if (!isMainThread && parentPort && isTask(workerData)) parentPort.postMessage(scanFiles(workerData));

function isTask(data: unknown): data is Task {
	return typeof data === 'object' && data !== null && 'paths' in data && 'known' in data;
}
