import { resolve } from 'node:path';
import { formatProblem } from '../domain/problems.ts';
import { buildEdition, type Phase } from '../edition/build.ts';
import type { Step } from '../edition/publish.ts';
import { words } from '../words/words.ts';
import { runCommand } from './run.ts';
import { refuseWords, sayWaiting } from './wait.ts';

const help = `npm run build

Checks content/, builds the paper, checks that too, and publishes it in dist/. A failed build leaves dist/ as it was.

  -- --no-wait                 does not wait where another build is at work, but ends with status 75
  CLOCK=2025-06-16T12:00:00Z   builds the paper as of that time instead of now
  CONTENT_DIR=folder           takes the content from another folder
  OUT_DIR=folder               builds into another folder`;

const sentences: Readonly<Partial<Record<Phase | Step, string>>> = {
	reading: 'Reading and checking the content',
	making: 'Making the pages and feeds',
	finishing: 'Finishing the edition',
	indexing: 'Making the search index',
	written: 'Checking the edition',
};

/** Builds the edition and says what it holds. @returns the folder */
export async function build(mayWait = true): Promise<string> {
	const folder = resolve(process.env['OUT_DIR'] ?? 'dist');
	const start = performance.now();
	const say = (step: Phase | Step) => {
		const sentence = sentences[step];
		if (sentence !== undefined) console.log(`${sentence} …`);
	};
	const { name, isNew, counts, warnings } = await buildEdition(folder, {
		onWait: mayWait ? sayWaiting : undefined,
		onStep: say,
		onPhase: say,
	});
	for (const warning of warnings) console.warn(`Warning: ${formatProblem(warning)}`);
	const seconds = ((performance.now() - start) / 1000).toFixed(1);
	const megabytes = (counts.bytes / 1e6).toFixed(2);
	console.log(
		`Built ${words.articles(counts.articles)}, ${counts.pages} pages and ${counts.feeds} feeds (${megabytes} MB) in ${seconds} s.`,
	);
	console.log(isNew ? `Published as edition ${name}.` : `Nothing has changed: edition ${name} stays.`);
	return folder;
}

if (import.meta.main)
	await runCommand(
		help,
		async ({ words: given, flags }) => {
			refuseWords(given);
			await build(!flags.has('no-wait'));
		},
		['no-wait'],
	);
