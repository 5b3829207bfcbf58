import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, readlink, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { onTestFinished } from 'vitest';
import { checkEdition } from '../../src/edition/check/check.ts';
import { readManifest } from '../../src/edition/check/manifest.ts';
import { publish } from '../../src/edition/publish.ts';
import { writeTiny } from './tiny-edition.ts';

/** Returns an output folder, not there yet, in a folder that is removed when the test has ended. */
export async function makeTarget(): Promise<string> {
	const folder = await mkdtemp(join(tmpdir(), 'meridian-store-'));
	onTestFinished(() => rm(folder, { recursive: true, force: true }));
	return join(folder, 'dist');
}

/** Publishes the tiny edition with a text of its own. */
export function publishTiny(target: string, text: string): ReturnType<typeof publish> {
	return publish(target, (folder) => writeTiny(folder, text));
}

/** Returns the text of the edition that readers get. @throws where that edition is not whole */
export async function readWhole(target: string): Promise<string> {
	const { findings } = await checkEdition(target);
	if (findings.length > 0) throw new Error(JSON.stringify(findings));
	return /<p>(\w+)</.exec(await readFile(join(target, 'index.html'), 'utf8'))?.[1] ?? '';
}

/** Returns what stands in the folder of editions beside the target, and where the target leads. */
export async function readStore(target: string): Promise<{ names: string[]; current: string }> {
	const names = await readdir(target.replace('dist', '.dist-editions'));
	const current = (await readlink(target)).split('/').at(-1) ?? '';
	return { names: names.sort().map(withoutDigest), current: withoutDigest(current) };
}

/** Returns which compressed texts are not whole, and which no edition has. */
export async function faultsOfPacked(target: string): Promise<string[]> {
	const store = target.replace('dist', '.dist-editions');
	const hashes = new Set<string>();
	for (const name of (await readdir(store)).filter((name) => /^\d+-\w+$/.test(name)))
		for (const hash of Object.values((await readManifest(join(store, name)))?.files ?? {})) hashes.add(hash);
	const faults: string[] = [];
	for (const name of await readdir(join(store, 'packed'))) {
		const packed = await readFile(join(store, 'packed', name));
		const [hash = '', coding] = name.split('.');
		if (!hashes.has(hash)) faults.push(`${name} is needed by none`);
		const bytes = coding === 'br' ? brotliDecompressSync(packed) : gunzipSync(packed);
		if (createHash('sha256').update(bytes).digest('hex') !== hash) faults.push(`${name} is not whole`);
	}
	return faults;
}

function withoutDigest(name: string): string {
	return name.replace(/^(\d+)-[\da-f]{8}$/, '$1');
}

export interface Ended {
	/** `SIGKILL`, or the exit status. */
	how: string | number | null;
	output: string;
}

/** Runs a program of the tests in a process of its own. @param command what it is started by; Node.js itself where empty */
export function start(
	args: readonly string[],
	command: readonly string[] = [],
	options: { cwd?: string; env?: NodeJS.ProcessEnv } = {},
): { process: ChildProcess; ended: Promise<Ended>; until: (text: string) => Promise<void>; output: () => string } {
	const [program = '', ...rest] = [...command, process.execPath, ...args];
	const child = spawn(program, rest, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
	let output = '';
	const waiting = new Set<() => void>();
	for (const stream of [child.stdout, child.stderr])
		stream.on('data', (data: Buffer) => {
			output += data.toString();
			for (const look of waiting) look();
		});
	const ended = new Promise<Ended>((resolve) =>
		child.once('close', (status, signal) => resolve({ how: signal ?? status, output })),
	);
	const until = (text: string) =>
		new Promise<void>((resolve, reject) => {
			const look = () => {
				if (output.includes(text)) resolve();
			};
			waiting.add(look);
			look();
			void ended.then(() => reject(new Error(`It ended without "${text}":\n${output}`)));
		});
	return { process: child, ended, until, output: () => output };
}

/** Publishes the tiny edition in a process of its own, see `publish-tiny.ts`. */
export function startTiny(args: readonly string[], command: readonly string[] = []): ReturnType<typeof start> {
	return start([join(import.meta.dirname, 'publish-tiny.ts'), ...args], command);
}
