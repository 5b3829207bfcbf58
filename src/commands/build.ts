import { resolve } from 'node:path';
import { buildEdition } from '../edition/build.ts';
import { words } from '../words/words.ts';
import { runCommand } from './run.ts';

const help = `npm run build

Checks content/ and builds the paper into dist/. A failed build leaves dist/ as it was.

  CLOCK=2025-06-16T12:00:00Z   builds the paper as of that time instead of now
  CONTENT_DIR=folder           takes the content from another folder
  OUT_DIR=folder               builds into another folder`;

/** Builds the edition and says what it holds. @returns the folder */
export async function build(): Promise<string> {
	const folder = resolve(process.env['OUT_DIR'] ?? 'dist');
	const start = performance.now();
	const summary = await buildEdition(folder, (step) => console.log(`${step} …`));
	const seconds = ((performance.now() - start) / 1000).toFixed(1);
	const megabytes = (summary.bytes / 1e6).toFixed(2);
	console.log(
		`Built ${words.articles(summary.articles)}, ${summary.pages} pages and ${summary.feeds} feeds (${megabytes} MB) in ${seconds} s.`,
	);
	return folder;
}

if (import.meta.main) await runCommand(help, async () => void (await build()));
