import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { Agent, type IncomingMessage, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommand } from '../../src/commands/run.ts';
import { articlePage, formAddress } from '../support/commenting.ts';
import { emptyDatabase } from '../support/databases.ts';

const help = `npm run bench:comments -- 10000

Sends so many comments to the service on this computer, 32 at once, and prints how many it takes in a second, how long
the slowest of a hundred waits, and the memory of the service before and after.

  POSTGRES=postgres://…   keeps them in a new database of that server instead of an SQLite file`;

const atOnce = 32;

/** Sends one comment; returns the milliseconds until it was confirmed. @throws Error where it was not */
async function send(agent: Agent, origin: string, i: number, body: string): Promise<number> {
	const begun = performance.now();
	const sending = request(origin + formAddress, {
		agent,
		method: 'POST',
		headers: {
			'Content-Type': 'application/x-www-form-urlencoded',
			'Content-Length': Buffer.byteLength(body),
			// The address of another reader each time, as a proxy names it.
			'X-Forwarded-For': `10.${i >> 16}.${(i >> 8) & 255}.${i & 255}`,
		},
	});
	const response = await new Promise<IncomingMessage>((resolve, reject) => {
		sending.once('response', resolve).once('error', reject).end(body);
	});
	response.resume();
	await once(response, 'end');
	if (response.statusCode !== 303) throw new Error(`A comment was answered with ${String(response.statusCode)}.`);
	return performance.now() - begun;
}

async function memoryOf({ pid }: ChildProcess): Promise<number> {
	const status = await readFile(`/proc/${String(pid)}/status`, 'utf8').catch(() => '');
	return Math.round(Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? NaN) / 1024);
}

async function measure(count: number): Promise<void> {
	const folder = await mkdtemp(join(tmpdir(), 'meridian-bench-comments-'));
	await mkdir(join(folder, 'dist/2025/06/a-story'), { recursive: true });
	await writeFile(join(folder, 'dist/2025/06/a-story/index.html'), articlePage);
	const database = await emptyDatabase(folder);
	const program = join(import.meta.dirname, '../support/serve-comments.ts');
	const child = spawn(process.execPath, [program, folder, database.address], { stdio: ['ignore', 'pipe', 'inherit'] });
	try {
		const printed: unknown[] = await once(child.stdout.setEncoding('utf8'), 'data');
		const origin = `http://127.0.0.1:${String(printed[0]).trim()}`;
		const seal = /name="seal" value="([^"]+)"/.exec(await (await fetch(origin + formAddress)).text())?.[1] ?? '';
		const agent = new Agent({ keepAlive: true, maxSockets: atOnce });
		const bodyOf = (i: number) =>
			new URLSearchParams({
				name: `Reader ${i}`,
				text: `${i} ${'Words of a comment. '.repeat(15)}`,
				email: '',
				seal,
			}).toString();
		const before = await memoryOf(child);
		const times: number[] = [];
		let next = 0;
		const write = async () => {
			while (next < count) times.push(await send(agent, origin, next, bodyOf(next++)));
		};
		const begun = performance.now();
		await Promise.all(Array.from({ length: atOnce }, write));
		const seconds = (performance.now() - begun) / 1000;
		agent.destroy();
		times.sort((a, b) => a - b);
		const slow = times[Math.floor(times.length * 0.99)] ?? NaN;
		console.log(
			`${count} comments: ${Math.round(count / seconds)} in a second, 99 of 100 within ${slow.toFixed(0)} ms, memory ${before} to ${await memoryOf(child)} MB.`,
		);
	} finally {
		child.kill();
		await once(child, 'close');
		await database.remove();
		await rm(folder, { recursive: true });
	}
}

await runCommand(
	help,
	async ({ words: [count = '10000'] }) => {
		if (!/^[1-9]\d{0,6}$/.test(count)) throw new Error(`"${count}" is no number of comments.`);
		await measure(Number(count));
	},
	[],
);
