import { resolve } from 'node:path';
import { type CheckedLink, checkLinks } from '../links/link-check.ts';
import { outsideAddresses } from '../links/outside-addresses.ts';
import { commentsFolder, contentFolder, readClock } from '../environment.ts';
import { site } from '../site.ts';
import { runCommand } from './run.ts';
import { refuseWords } from './wait.ts';

const help = `npm run check:links

Asks for every address of another host to which published articles, pages, tags and authors lead, slowly, and
names those that are broken with the files that hold them. Nothing is changed.

  --json                writes what was found as JSON
  CONTENT_DIR=folder    takes the content from another folder
  COMMENTS_DIR=folder   takes the comments from another folder than comments in that of the content

It ends with status 0 where all are sound, 1 where one is broken, and 3 where some could not be checked, as
without a network, and none is known to be broken.`;

const manners = {
	userAgent: `${site.title} link check (${site.origin}/; ${site.editorEmail})`.replace(/[^\x20-\x7e]/g, '?'),
	timeout: 15_000,
	hostsAtOnce: 8,
	pause: 1_000,
};

await runCommand(
	help,
	async ({ words, flags }) => {
		refuseWords(words);
		const circumstances = { now: readClock(), publicFolder: resolve('public'), commentsFolder: commentsFolder() };
		const addresses = await outsideAddresses(contentFolder(), circumstances);
		const links = await checkLinks(addresses, manners);
		console.log(flags.has('json') ? JSON.stringify(links, undefined, '\t') : describe(links));
		const has = (outcome: CheckedLink['outcome']) => links.some((link) => link.outcome === outcome);
		process.exitCode = has('broken') ? 1 : has('not checked') ? 3 : 0;
	},
	['json'],
);

function describe(links: readonly CheckedLink[]): string {
	const lines = links.flatMap(({ url, files, outcome, reason = '' }) =>
		outcome === 'sound' ? [] : files.map((file) => `${file}: ${url} ${reason} (${outcome}).`),
	);
	const count = (outcome: CheckedLink['outcome']) => links.filter((link) => link.outcome === outcome).length;
	const sums = `${links.length} addresses: ${count('sound')} sound, ${count('broken')} broken, ${count('not checked')} not checked.`;
	return [...lines, sums].join('\n');
}
