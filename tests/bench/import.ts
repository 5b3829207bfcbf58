import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { runCommand } from '../../src/commands/run.ts';
import { argumentsOf, readScripts } from '../support/build.ts';
import { newsroomFiles, writeFilesTo } from '../support/content.ts';
import { makeWxr } from '../support/wxr.ts';

const help = `npm run bench:import -- 1000

Makes an export of WordPress of about so many MB, of posts of some 4,500 words, imports it into an empty newsroom, and
prints how long that takes and how much memory at most.`;

/** Bytes of a generated post of 80 paragraphs, and its paragraphs. */
const post = { bytes: 31_000, paragraphs: 80 };

async function measure(megabytes: number): Promise<void> {
	const folder = await mkdtemp(join(tmpdir(), 'meridian-bench-import-'));
	try {
		await writeFilesTo(join(folder, 'content'), newsroomFiles);
		const file = join(folder, 'export.xml');
		const posts = Math.ceil((megabytes * 1_000_000) / post.bytes);
		await pipeline(Readable.from(makeWxr(posts, post.paragraphs)), createWriteStream(file));
		const begun = performance.now();
		const peak = await peakOfImport(folder, file);
		const seconds = (performance.now() - begun) / 1000;
		const size = (await stat(file)).size / 1_000_000;
		console.log(`${size.toFixed(0)} MB, ${posts} posts: ${seconds.toFixed(0)} s, ${peak} MB of memory at most.`);
	} finally {
		await rm(folder, { recursive: true });
	}
}

/** Imports the file, and returns the most memory that this took, in MB. */
async function peakOfImport(folder: string, file: string): Promise<number> {
	const args = [...argumentsOf('import', await readScripts()), 'wordpress', file];
	const env = { ...process.env, CONTENT_DIR: join(folder, 'content') };
	const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'ignore', 'inherit'] });
	let peak = 0;
	const look = setInterval(() => {
		void readFile(`/proc/${String(child.pid)}/status`, 'utf8').then(
			(status) => (peak = Math.max(peak, Number(/^VmHWM:\s+(\d+)/m.exec(status)?.[1] ?? 0))),
			() => undefined,
		);
	}, 100);
	const ended: unknown[] = await once(child, 'exit');
	const [status] = ended;
	clearInterval(look);
	if (status !== 0) throw new Error(`The import ended with status ${String(status)}.`);
	return Math.round((peak * 1024) / 1_000_000);
}

await runCommand(
	help,
	async ({ words: [megabytes = '1000'] }) => {
		if (!/^[1-9]\d{0,4}$/.test(megabytes)) throw new Error(`"${megabytes}" is no number of MB.`);
		await measure(Number(megabytes));
	},
	[],
);
