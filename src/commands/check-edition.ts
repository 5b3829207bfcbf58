import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { byPlace, formatProblem } from '../domain/problems.ts';
import { checkEdition } from '../edition/check/check.ts';
import { countAll } from './count.ts';
import { runCommand } from './run.ts';
import { refuseWords } from './wait.ts';

const help = `npm run check:edition

Checks the edition in dist/: its links, lists, feeds, sitemap, weights, and that no file was changed after it was
published. Every build does the same before readers get anything.

  -- folder   checks the edition in another folder`;

await runCommand(
	help,
	async ({ words: [folder = process.env['OUT_DIR'] ?? 'dist', ...others] }) => {
		refuseWords(others);
		const path = resolve(folder);
		if (!existsSync(path)) throw new Error(`There is no edition in ${path}. Build one with "npm run build".`);
		const { findings, warnings, counts } = await checkEdition(path);
		for (const warning of warnings) console.warn(`Warning: ${formatProblem(warning)}`);
		for (const finding of findings.sort(byPlace)) console.error(formatProblem(finding));
		if (findings.length > 0) process.exit(1);
		console.log(`${countAll(counts)} are sound.`);
	},
	[],
);
