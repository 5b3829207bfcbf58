import { resolve } from 'node:path';
import { rollBack } from '../edition/rollback.ts';
import { runCommand } from './run.ts';
import { refuseWords, sayWaiting } from './wait.ts';

const help = `npm run rollback

Gives readers the edition again that they had before the present one, and says which that is. Editions that were
damaged, or have the text of an article that was retracted since, are passed over. Three former editions are kept. The
next build publishes the content as it is then: correct it before, and stop timers.

  -- --no-wait      does not wait where a build is at work, but ends with status 75
  OUT_DIR=folder    goes back in another folder than dist/`;

await runCommand(
	help,
	async ({ words, flags }) => {
		refuseWords(words);
		const { from, to, folder, passedOver } = await rollBack(
			resolve(process.env['OUT_DIR'] ?? 'dist'),
			flags.has('no-wait') ? undefined : sayWaiting,
		);
		for (const sentence of passedOver) console.log(sentence);
		console.log(`Readers get the edition ${to} again, in the place of ${from}. Both are in ${folder}.`);
		console.log('The next build publishes the content as it is then: correct it first, and stop timers.');
	},
	['no-wait'],
);
