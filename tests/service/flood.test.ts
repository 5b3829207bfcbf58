import { once } from 'node:events';
import { execFile, spawn } from 'node:child_process';
import { Agent, request } from 'node:http';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { publish } from '../../src/edition/publish.ts';
import { describedBy } from '../support/commenting.ts';
import { emptyDatabase } from '../support/databases.ts';
import { makeTarget } from '../support/store.ts';
import { tinyEdition, writeEdition } from '../support/tiny-edition.ts';

/** How many posts come: `FLOOD=100000` tries harder. */
const posts = Number(process.env['FLOOD'] ?? 2000);
const story = '/2025/06/story/';
const form = `/comments${story}`;

/** Publishes an edition with an article that can be commented on, and serves it in a process of its own. */
async function startService(): Promise<{ origin: string; pid: number }> {
	const target = await makeTarget();
	const files = tinyEdition();
	const path = `${story.slice(1)}index.html`;
	files[path] = String(files[path]).replace('</head>', `${describedBy('Story')}</head>`);
	await publish(target, (folder) => writeEdition(folder, files));
	const database = await emptyDatabase(dirname(target));
	const program = join(import.meta.dirname, '../support/serve-comments.ts');
	const child = spawn(process.execPath, [program, dirname(target), database.address], {
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	onTestFinished(async () => {
		child.kill();
		await once(child, 'close');
		await database.remove();
	});
	const printed: unknown[] = await once(child.stdout.setEncoding('utf8'), 'data');
	return { origin: `http://127.0.0.1:${String(printed[0]).trim()}`, pid: child.pid ?? 0 };
}

async function megabytesOf(pid: number): Promise<number> {
	const { stdout } = await promisify(execFile)('ps', ['-o', 'rss=', '-p', String(pid)]);
	return Number(stdout) / 1024;
}

test('a flood of comments keeps nobody from pages and the desk, and takes no memory for good', async () => {
	const { origin, pid } = await startService();
	const seal = /name="seal" value="([^"]+)"/.exec(await (await fetch(origin + form)).text())?.[1] ?? '';
	const agent = new Agent({ keepAlive: true, maxSockets: 64 });
	const statuses = new Map<number, number>();
	const post = (i: number) =>
		new Promise<void>((resolve, reject) => {
			const body = new URLSearchParams({
				name: 'A',
				text: `Number ${i} ${'x'.repeat(1000)}`,
				email: '',
				seal,
			}).toString();
			const headers = {
				'Content-Type': 'application/x-www-form-urlencoded',
				'Content-Length': Buffer.byteLength(body),
				'X-Forwarded-For': `10.0.${i % 7}.${i % 11}`,
			};
			request(origin + form, { agent, method: 'POST', headers }, (response) => {
				const { statusCode = 0 } = response;
				statuses.set(statusCode, (statuses.get(statusCode) ?? 0) + 1);
				response.resume().once('end', resolve);
			})
				.once('error', reject)
				.end(body);
		});
	let next = 0;
	const write = async () => {
		while (next < posts) await post(next++);
	};
	const half = async () => {
		while (next < posts / 2) await new Promise((resolve) => setTimeout(resolve, 20));
		return megabytesOf(pid);
	};
	let isOver = false;
	const answers = new Set<number>();
	const read = async () => {
		while (!isOver) for (const path of [story, '/desk/sign-in', form]) answers.add((await fetch(origin + path)).status);
	};
	const reading = read();
	const [before] = await Promise.all([half(), ...Array.from({ length: 64 }, write)]);
	isOver = true;
	await reading;
	agent.destroy();
	const after = await megabytesOf(pid);
	console.log(`${posts} comments: ${Math.round(before)} MB after half of them, ${Math.round(after)} MB after all.`);
	expect([...answers]).toEqual([200]);
	expect([...statuses.keys()].sort()).toEqual([303]);
	expect(after).toBeLessThan(before + 120);
}, 1_800_000);
