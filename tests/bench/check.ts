import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { runCommand } from '../../src/commands/run.ts';
import { digestOfText } from '../../src/environment.ts';
import { newsroomFiles, writeFilesTo } from '../support/content.ts';
import { writeCorpus } from './corpus.ts';

const help = `npm run bench:check -- 10 10000

Makes papers of so many articles and says how long "npm run check" takes for each, in seconds: at first, and the
shortest of four times after that, when it knows what it has found sound before.`;

const laterRuns = 4;

await runCommand(
	help,
	async ({ words }) => {
		for (const count of words.map(Number)) console.log(`${count} articles: ${await measure(count)}`);
	},
	[],
);

async function measure(count: number): Promise<string> {
	const folder = await mkdtemp(join(tmpdir(), 'meridian-bench-check-'));
	try {
		const isPage = ([path]: [string, string]) => path.startsWith('pages/');
		await writeFilesTo(folder, Object.fromEntries(Object.entries(newsroomFiles).filter(isPage)));
		await writeCorpus(folder, count);
		const first = await timeOf(folder);
		const later: number[] = [];
		for (let run = 0; run < laterRuns; run++) later.push(await timeOf(folder));
		return `${first.toFixed(2)} s at first, ${Math.min(...later).toFixed(2)} s after that`;
	} finally {
		await rm(folder, { recursive: true });
		await rm(join('.cache/checked', `${digestOfText(folder)}.json`), { force: true });
	}
}

/** Checks a content folder, and returns the seconds that it takes. @throws Error where something is wrong with it */
async function timeOf(folder: string): Promise<number> {
	const args = ['--import', './src/commands/check-node.mjs', 'src/commands/check.ts'];
	const begun = performance.now();
	await promisify(execFile)(process.execPath, args, { env: { ...process.env, CONTENT_DIR: folder } });
	return (performance.now() - begun) / 1000;
}
