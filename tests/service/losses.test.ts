import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDatabase } from '../../src/service/database.ts';
import { articlePage, formAddress } from '../support/commenting.ts';
import { emptyDatabase } from '../support/databases.ts';

let folder: string;
let database: Awaited<ReturnType<typeof emptyDatabase>>;
const running = new Set<ChildProcess>();

beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), 'meridian-losses-'));
	await mkdir(join(folder, 'dist/2025/06/a-story'), { recursive: true });
	await writeFile(join(folder, 'dist/2025/06/a-story/index.html'), articlePage);
	database = await emptyDatabase(folder);
});

afterEach(async () => {
	for (const child of running) child.kill('SIGKILL');
	running.clear();
	await database.remove();
	await rm(folder, { recursive: true });
});

/** Starts the service in a process of its own. */
async function start(): Promise<{ child: ChildProcess; origin: string }> {
	const program = join(import.meta.dirname, '../support/serve-comments.ts');
	const child = spawn(process.execPath, [program, folder, database.address], { stdio: ['ignore', 'pipe', 'inherit'] });
	running.add(child);
	const printed: unknown[] = await once(child.stdout.setEncoding('utf8'), 'data');
	return { child, origin: `http://127.0.0.1:${String(printed[0]).trim()}` };
}

/** Returns what sends a text by a form, in the name of a reader of its own, and tells whether it was confirmed. */
async function openForm(origin: string): Promise<(text: string, at?: string) => Promise<boolean>> {
	const page = await (await fetch(origin + formAddress)).text();
	const seal = /name="seal" value="([^"]+)"/.exec(page)?.[1] ?? '';
	return async (text, at = origin) => {
		const body = new URLSearchParams({ name: 'A', text, email: '', seal });
		const response = await fetch(at + formAddress, { method: 'POST', body, redirect: 'manual' }).catch(() => undefined);
		await response?.text().catch(() => '');
		return response?.status === 303;
	};
}

async function readTexts(): Promise<string[]> {
	const inbox = await openDatabase(database.address);
	const rows = await inbox.selectFrom('comments').select('text').execute();
	await inbox.destroy();
	return rows.map(({ text }) => text);
}

test('a service that is killed at any moment has lost nothing that it confirmed, and nothing is there twice', async () => {
	let service = await start();
	const send = await openForm(service.origin);
	const confirmed = new Set<string>();
	const unconfirmed = new Set<string>();
	let isOver = false;
	const write = async (writer: number) => {
		for (let i = 0; !isOver; i++) {
			const text = `Writer ${writer}, number ${i}`;
			if (await send(text, service.origin)) confirmed.add(text);
			else {
				unconfirmed.add(text);
				await setTimeout(20);
			}
		}
	};
	const writers = Array.from({ length: 8 }, (_, writer) => write(writer));
	for (let round = 0; round < 5; round++) {
		await setTimeout(100 + Math.random() * 300);
		service.child.kill('SIGKILL');
		await once(service.child, 'close');
		service = await start();
	}
	await setTimeout(200);
	isOver = true;
	await Promise.all(writers);
	expect(confirmed.size).toBeGreaterThan(20);
	for (const text of [...unconfirmed].slice(-20)) if (await send(text, service.origin)) confirmed.add(text);
	const kept = await readTexts();
	expect([...confirmed].filter((text) => !kept.includes(text))).toEqual([]);
	expect(kept.length).toBe(new Set(kept).size);
}, 60_000);

test('a service that is told to end answers what it was asked', async () => {
	const { child, origin } = await start();
	const send = await openForm(origin);
	const sending = Array.from({ length: 20 }, (_, i) => send(`Number ${i}`));
	await Promise.race(sending);
	child.kill('SIGTERM');
	await once(child, 'close');
	const confirmed = (await Promise.all(sending)).filter(Boolean).length;
	expect(child.exitCode).toBe(0);
	expect(confirmed).toBeLessThanOrEqual((await readTexts()).length);
	expect(confirmed).toBeGreaterThan(0);
});

test('two services share one database, and a form of one can be sent to the other', async () => {
	const [one, other] = await Promise.all([start(), start()]);
	const send = await openForm(one.origin);
	const texts = Array.from({ length: 200 }, (_, i) => `Number ${i}`);
	const answers = await Promise.all(texts.map((text, i) => send(text, i % 2 === 0 ? one.origin : other.origin)));
	expect(answers).toEqual(texts.map(() => true));
	expect((await readTexts()).sort()).toEqual(texts.sort());
	expect(await Promise.all([send('Twice', one.origin), send('Twice', other.origin)])).toEqual([true, true]);
	expect((await readTexts()).filter((text) => text === 'Twice')).toHaveLength(1);
});
