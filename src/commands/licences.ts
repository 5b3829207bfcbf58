import { readFile } from 'node:fs/promises';
import { formatParts, isKnown, listParts } from './licence-list.ts';
import { runCommand } from './run.ts';

const help = `npm run licences

Lists everything that the paper is shipped with, by licence: packages with those that they bring, type, outlines of maps.
It ends with status 1 where something has no licence, or one that nobody has looked at.`;

await runCommand(help, async () => {
	const parts = listParts(JSON.parse(await readFile('package-lock.json', 'utf8')));
	console.log(formatParts(parts));
	const faulty = parts.filter((part) => !isKnown(part)).map(({ name, licence }) => `${name}: ${licence ?? 'none'}`);
	if (faulty.length > 0)
		throw new Error(
			`These have no licence, or one that nobody has looked at: ${faulty.join('; ')}. Read it, and name it in src/commands/licence-list.ts.`,
		);
});
