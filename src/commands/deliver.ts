import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { changesBetween } from '../delivery/changes.ts';
import { hosts, prepareForHost } from '../delivery/hosts.ts';
import { layOutForServers, readSource, type Source } from '../delivery/lay-out.ts';
import { readMoved } from '../delivery/moved.ts';
import { readManifest } from '../edition/check/manifest.ts';
import { manifestName } from '../edition/check/scan.ts';
import { contentFolder } from '../environment.ts';
import { takeLock } from '../edition/lock.ts';
import { openStore } from '../edition/store.ts';
import { runCommand } from './run.ts';
import { refuseWords } from './wait.ts';

const help = `npm run deliver -- WHERE FOLDER

Takes the edition in dist/ to where readers get it; deploy/README.md tells the steps. It builds nothing.

  npm run deliver -- servers FOLDER
      lays it out for nginx and Caddy on this computer, in FOLDER/current: files with their compressed forms, and what
      the servers include in their configuration
  npm run deliver -- netlify FOLDER
  npm run deliver -- cloudflare FOLDER
      copies it for a host of static files, with rules for addresses that lead on
  npm run deliver -- changes FOLDER
      writes into FOLDER lists of what is to be sent to a copy of which FOLDER has edition.json, and prints where the
      edition is: see deploy/rsync.sh

  OUT_DIR=folder   takes the edition from another folder than dist/`;

const actions: Readonly<Record<string, (source: Source, folder: string) => Promise<void>>> = {
	async servers(source, folder) {
		const { name, isNew } = await layOutForServers(source, folder);
		console.log(
			isNew
				? `Servers find the edition in ${join(folder, 'current')} (${name}).`
				: `${folder} has the edition already (${name}).`,
		);
	},
	changes: writeChanges,
	...Object.fromEntries(
		Object.entries(hosts).map(([name, host]) => [
			name,
			async (source: Source, folder: string) => {
				const { files, rules, warnings } = await prepareForHost(source, folder, host);
				for (const warning of warnings) console.warn(`Warning: ${warning}`);
				console.log(`${folder} has ${files} files for ${name}, and ${rules} rules for addresses that lead on.`);
			},
		]),
	),
};

/** Names of what lies in a folder for lists of changes. */
const ownNames = new Set([manifestName, 'files', 'pages', 'changed', 'removed', '.sending', '.kept']);

/**
 * Writes lists of what a copy lacks; what is being sent at present is named too, in case that is cut off.
 * @throws Error where the folder holds something else
 */
async function writeChanges({ folder: edition, manifest }: Source, folder: string): Promise<void> {
	await mkdir(folder, { recursive: true });
	if ((await readdir(folder)).some((name) => !ownNames.has(name)))
		throw new Error(`${folder} holds something that was not written by this command. Choose another folder.`);
	const listIn = async (name: string) => {
		const list = await readFile(join(folder, name), 'utf8').catch(() => '');
		return new Set(list.split('\n').filter((path) => path !== ''));
	};
	const changes = changesBetween(await readManifest(folder), manifest, await listIn('.sending'), await listIn('.kept'));
	const write = (name: string, paths: readonly string[]) =>
		writeFile(join(folder, name), paths.map((path) => `${path}\n`).join(''));
	const { kept, ...sent } = changes;
	for (const [name, paths] of Object.entries<readonly string[]>(sent)) await write(name, paths);
	await write('.sending', Object.values(sent).flat());
	await write('.kept', kept);
	console.log(edition);
}

await runCommand(
	help,
	async ({ words: [action = '', folder, ...others] }) => {
		const act = Object.hasOwn(actions, action) ? actions[action] : undefined;
		if (!act || folder === undefined) throw new Error(`Say where the edition is to go.\n\n${help}`);
		refuseWords(others);
		const store = await openStore(resolve(process.env['OUT_DIR'] ?? 'dist'));
		// No build may remove meanwhile what is being taken.
		const release = await takeLock(store.folder, () =>
			console.error('A build is at work. Waiting until it has ended …'),
		);
		try {
			const moved = await readMoved(contentFolder());
			await act(await readSource(store, moved), resolve(folder));
		} finally {
			release();
		}
	},
	[],
);
