import { takeOver } from '../newsroom/take-over.ts';
import { runCommand } from './run.ts';

const help = `npm run take-over -- VERSION

Takes over a later version of the program: merges the branch, tag or commit VERSION, and leaves content/, public/ and
src/site.ts as they are. Fetch it before: git fetch upstream`;

await runCommand(
	help,
	async ({ words: [version, ...others] }) => {
		if (version === undefined || others.length > 0) throw new Error(`Name one version.\n\n${help}`);
		console.log(await takeOver(process.cwd(), version));
	},
	[],
);
