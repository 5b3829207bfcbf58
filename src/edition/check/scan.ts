import { hash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { extname, join } from 'node:path';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { type CheckedFile, type Facts, keyOf } from './facts.ts';
import { isPacked, merge, pack, type Packed } from './packing.ts';
import { scanFragment, scanJson, scanRobots, scanXml } from './scan-data.ts';
import { scanPage } from './scan-page.ts';

interface Task {
	folder: string;
	paths: readonly string[];
	/** Keys of files that need not be looked into. */
	known: ReadonlySet<string>;
}

/** The file of an edition that tells what the edition holds, and is no part of what it tells. */
export const manifestName = 'edition.json';

/** Lists the files of an edition, and whatever else is in its folders, in one order on every machine. */
export function listFiles(folder: string): { paths: string[]; others: string[] } {
	const paths: string[] = [];
	const others: string[] = [];
	const list = (within: string) => {
		for (const entry of readdirSync(join(folder, within), { withFileTypes: true })) {
			const path = within + entry.name;
			if (entry.isDirectory()) list(`${path}/`);
			else if (path !== manifestName) (entry.isFile() ? paths : others).push(path);
		}
	};
	list('');
	return { paths: paths.sort(), others: others.sort() };
}

/** Reads files, takes their hashes, and looks into those that are not known yet. */
function scanFiles({ folder, paths, known }: Task): CheckedFile<string>[] {
	return paths.map((path) => {
		const bytes = readFileSync(`${folder}/${path}`);
		const file: CheckedFile<string> = { path, hash: hash('sha256', bytes), size: bytes.length };
		if (!known.has(keyOf(file))) file.facts = scan(extname(path), bytes);
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
/** How many files a thread has in memory before it hands over what it has learned. */
const filesAtOnce = 200;
/** A page is looked into and forgotten: threads with little room for what is new need 80 MB less each, and no longer. */
const resourceLimits = { maxYoungGenerationSizeMb: 4 };

/**
 * Reads the files of a folder on all processors.
 * @param threads how many to use at most
 * @returns them in no order
 */
export async function scanAll(task: Task, threads = availableParallelism()): Promise<Packed> {
	if (task.paths.length < filesWorthAThread) return pack(scanFiles(task));
	const count = Math.min(threads, Math.ceil(task.paths.length / filesWorthAThread));
	const shares = Array.from({ length: count }, (_, i) => task.paths.filter((_, j) => j % count === i));
	const parts = await Promise.all(shares.map((paths) => scanInThread({ ...task, paths })));
	return merge(parts.flat());
}

function scanInThread(task: Task): Promise<Packed[]> {
	return new Promise((resolve, reject) => {
		const parts: Packed[] = [];
		new Worker(new URL(import.meta.url), { workerData: task, resourceLimits })
			.on('message', (text: string) => {
				const part: unknown = JSON.parse(text);
				if (isPacked(part)) parts.push(part);
			})
			.once('error', reject)
			.once('exit', () => resolve(parts));
	});
}

if (!isMainThread && parentPort && isTask(workerData))
	for (let at = 0; at < workerData.paths.length; at += filesAtOnce) {
		const paths = workerData.paths.slice(at, at + filesAtOnce);
		// As text, since parts of a page that are strings would hold the whole page, and be as wide.
		parentPort.postMessage(JSON.stringify(pack(scanFiles({ ...workerData, paths }))));
	}

function isTask(data: unknown): data is Task {
	return typeof data === 'object' && data !== null && 'paths' in data && 'known' in data;
}
