import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { runCommand } from '../../src/commands/run.ts';
import { layOutForServers, readSource } from '../../src/delivery/lay-out.ts';
import { openStore } from '../../src/edition/store.ts';
import { installPackages } from '../support/debian.ts';
import { ask, serveFolder } from '../support/serve.ts';
import { openFolder, startNginx, startPlainNginx } from '../support/web-servers.ts';

const help = `npm run bench:servers

Asks nginx with the recipe of deploy/ for the home page of the edition in dist/, as a browser does, and nginx as Debian
installs it for a page of as many bytes, in turns with wrk; and prints how many requests each answers in a second, and our
own server beside them.

  -- --seconds 3   how long each is asked in a turn, of which there are nine`;

const turns = 9;
const run = promisify(execFile);

/** Returns how many requests a server answers in a second. */
async function measure(origin: string, seconds: number): Promise<number> {
	const { stdout } = await run('wrk', ['-t1', '-c32', `-d${seconds}s`, '-H', 'Accept-Encoding: br', `${origin}/`]);
	if (/Non-2xx|Socket errors/.test(stdout)) throw new Error(stdout);
	return Number(/Requests\/sec:\s+([\d.]+)/.exec(stdout)?.[1]);
}

function medianOf(values: readonly number[]): number {
	return values.toSorted((a, b) => a - b)[values.length >> 1] ?? NaN;
}

await runCommand(
	help,
	async ({ options }) => {
		const seconds = Number(options.get('seconds') ?? 3);
		const dist = resolve('dist');
		if (!existsSync(dist)) throw new Error('There is no edition in dist/. Build one with "npm run build".');
		await installPackages({ '/usr/bin/wrk': 'wrk' });
		const www = await openFolder('www');
		await layOutForServers(await readSource(await openStore(dist)), www);
		const recipe = await startNginx({ www, servicePort: 9 }, true);
		const { body } = await ask(recipe, '/', { 'Accept-Encoding': 'br' });
		const contestants = { recipe, default: await startPlainNginx(body), own: await serveFolder(dist) };
		const rates = new Map<string, number[]>();
		for (let turn = 0; turn < turns; turn++)
			for (const [name, { origin }] of Object.entries(contestants))
				rates.getOrInsert(name, []).push(await measure(origin, seconds));
		for (const contestant of Object.values(contestants)) await contestant.stop();
		await rm(www, { recursive: true });
		const rate = (name: string) => rates.get(name) ?? [];
		const ratios = rate('recipe').map((value, turn) => value / (rate('default')[turn] ?? NaN));
		const round = (name: string) => Math.round(medianOf(rate(name)));
		console.log(`A page of ${body.length} bytes, requests in a second:`);
		console.log(
			`nginx with the recipe ${round('recipe')}, as Debian installs it ${round('default')}, our own server ${round('own')}.`,
		);
		console.log(`Ratio of the first two, in the median of the turns: ${medianOf(ratios).toFixed(2)}`);
	},
	undefined,
	['seconds'],
);
