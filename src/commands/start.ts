import { serveEdition } from '../server/serve-edition.ts';
import { build } from './build.ts';
import { runCommand } from './run.ts';
import { serve } from './serve.ts';
import { refuseWords } from './wait.ts';

const help = `npm start

Builds the paper, serves it on this computer and prints its address. See also
"npm run build -- --help" and "npm run preview -- --help".

  -- --log   writes a line of JSON for each answer: time, method, path, status, bytes and milliseconds`;

await runCommand(
	help,
	async ({ words, flags }) => {
		refuseWords(words);
		await serve(serveEdition(await build()), flags.has('log') ? console.log : undefined);
	},
	['log'],
);
