import { resolve } from 'node:path';
import { formatMoment } from '../domain/dates.ts';
import { formatProblem } from '../domain/problems.ts';
import { buildEdition, type Phase } from '../edition/build.ts';
import type { Step } from '../edition/publish.ts';
import { countAll } from './count.ts';
import { showProgress } from './progress.ts';
import { readReconstruction, type Reconstruction } from './reconstruction.ts';
import { runCommand } from './run.ts';
import { refuseWords, sayWaiting } from './wait.ts';

const help = `npm run build

Checks content/, builds the paper, checks that too, and publishes it in dist/. A failed build leaves dist/ as it was.

  -- --at TIME --out FOLDER    makes the paper as it was then, of its files as they are, in a folder outside of the
                               project; each page says so, and search engines pass it by
  -- --full                    makes everything anew, also what could be taken over from the edition in dist/
  -- --no-wait                 does not wait where another build is at work, but ends with status 75
  -- --quiet                   tells nothing but warnings and mistakes
  CLOCK=2025-06-16T12:00:00Z   builds the paper as of that time instead of now
  CONTENT_DIR=folder           takes the content from another folder
  COMMENTS_DIR=folder          takes the comments from another folder than comments in that of the content
  OUT_DIR=folder               builds into another folder`;

const sentences: Readonly<Partial<Record<Phase | Step, string>>> = {
	reading: 'Reading and checking the content',
	making: 'Making the pages and feeds',
	finishing: 'Finishing the edition',
	indexing: 'Making the search index',
	written: 'Checking the edition',
	checked: 'Compressing pages and feeds',
};

/** A long list would push out of sight what a build has come to. */
const mostWarnings = 20;

const outFolder = () => resolve(process.env['OUT_DIR'] ?? 'dist');

interface Wishes extends Partial<Reconstruction> {
	/** False where it ends when another build is at work. */
	mayWait?: boolean;
	/** True where everything is made anew. */
	isFull?: boolean;
	/** True where only warnings and mistakes are told. */
	isQuiet?: boolean;
}

/** Builds the edition, or a reconstruction, says what it holds, and returns its folder. */
export async function build({ mayWait = true, isQuiet = false, isFull, at, folder }: Wishes = {}): Promise<string> {
	const path = folder ?? outFolder();
	const start = performance.now();
	const progress = isQuiet ? undefined : showProgress();
	const begin = (step: Phase | Step) => {
		const sentence = sentences[step];
		if (sentence !== undefined) progress?.begin(sentence);
	};
	const { name, isNew, counts, carried, warnings } = await buildEdition(path, {
		at,
		isFull,
		onWait: mayWait ? sayWaiting : undefined,
		onStep: begin,
		onPhase: begin,
		onDamage: ([file = '', ...more]) => {
			const files = more.length > 0 ? `${file} and ${more.length} more were` : `${file} was`;
			console.warn(`In the edition that readers have, ${files} changed or removed: everything is made anew.`);
		},
	}).finally(() => progress?.end());
	for (const warning of warnings.slice(0, mostWarnings)) console.warn(`Warning: ${formatProblem(warning)}`);
	if (warnings.length > mostWarnings)
		console.warn(`There are ${warnings.length} warnings; "npm run check:edition -- ${path}" tells all.`);
	if (isQuiet) return path;
	const seconds = ((performance.now() - start) / 1000).toFixed(1);
	const megabytes = (counts.bytes / 1e6).toFixed(2);
	console.log(`Built ${countAll(counts)} (${megabytes} MB) in ${seconds} s.`);
	if (carried > 0) console.log(`${carried} files were taken over from the edition before.`);
	if (at) console.log(`This is the paper as of ${formatMoment(at)}, reconstructed in ${path}.`);
	else console.log(isNew ? `Published as edition ${name}.` : `Nothing has changed: edition ${name} stays.`);
	return path;
}

if (import.meta.main)
	await runCommand(
		help,
		async ({ words: given, flags, options }) => {
			refuseWords(given);
			const reconstruction = readReconstruction(options, outFolder());
			await build({
				mayWait: !flags.has('no-wait'),
				isFull: flags.has('full'),
				isQuiet: flags.has('quiet'),
				...reconstruction,
			});
		},
		['full', 'no-wait', 'quiet'],
		['at', 'out'],
	);
