import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import * as paths from '../domain/paths.ts';
import { commentsFolder, contentFolder, readClock } from '../environment.ts';
import { databaseAddress } from '../service/address.ts';
import { backUp, type Extent, restore } from '../service/backup.ts';
import { type Database, openDatabase } from '../service/database.ts';
import { pullNewsroom, syncComments } from '../service/git.ts';
import { newsPath, renewNewsPath } from '../service/news.ts';
import { exportPerson, forgetPerson } from '../service/person.ts';

/** What `npm run desk -- --help` says of {@link recordActions}. */
export const recordHelp = `  npm run desk -- backup FILE
      writes all comments, editors and settings, and the files of approved comments, into one file
  npm run desk -- restore FILE [--replace]
      puts them back into an empty inbox; stop the service before. With --replace, what the inbox holds is lost
  npm run desk -- export-person EMAIL|COMMENT [FILE]
      prints all that is kept of a person, or of one comment, as JSON
  npm run desk -- forget-person EMAIL|COMMENT [--keep-text]
      removes it; with --keep-text, readers keep seeing the comments, without their name
  npm run desk -- news [--renew]
      prints the secret address of the feed of new comments; with --renew it is another one from now on
  npm run desk -- sync
      commits what has changed in the comments' folder, and nothing else, and pushes it
  npm run desk -- pull
      takes over what is new in the newsroom's Git; a service with NEWSROOM_PULL=1 does so before each build`;

/** Flags of {@link recordActions}. */
export const recordFlags = ['replace', 'keep-text', 'renew'] as const;

type Action = (rest: readonly string[], flags: ReadonlySet<string>) => Promise<void>;

/** What the command can do with all that is kept, by its first word; the other words are what it is done to. */
export const recordActions: Readonly<Record<string, Action>> = {
	async backup(rest) {
		const [file] = read(rest, 'backup FILE');
		const extent = await withDatabase((database) => backUp(database, commentsFolder(), file));
		console.log(`${file} has ${describe(extent)}. Whoever reads it can read all e-mail addresses: keep it safe.`);
	},
	async restore(rest, flags) {
		const [file] = read(rest, 'restore FILE [--replace]');
		const isReplacing = flags.has('replace');
		const extent = await withDatabase((database) => restore(database, commentsFolder(), file, isReplacing));
		console.log(`${describe(extent)} are back. Publish the comments: npm run build`);
	},
	async 'export-person'(rest) {
		const [who, file] = read(rest, 'export-person EMAIL|COMMENT [FILE]', 2);
		const found = await withDatabase((database) => exportPerson(database, commentsFolder(), who));
		const text = JSON.stringify(found, undefined, '\t');
		if (file === undefined) console.log(text);
		else if (existsSync(file)) throw new Error(`${file} is there already. Name another file.`);
		else await writeFile(file, `${text}\n`, { flag: 'wx', mode: 0o600 });
	},
	async 'forget-person'(rest, flags) {
		const [who] = read(rest, 'forget-person EMAIL|COMMENT [--keep-text]');
		const wishes = { keepsText: flags.has('keep-text'), now: readClock() };
		const { removed, unpublished, kept } = await withDatabase((database) =>
			forgetPerson(database, commentsFolder(), who, wishes),
		);
		console.log(`Comments removed: ${removed}. Comments that readers still see, without a name: ${kept}.`);
		if (unpublished + kept > 0) console.log('Readers see the change with the next edition: npm run build');
		console.log('Backups, former editions and the history of Git may still hold them: see the README.');
	},
	async news(rest, flags) {
		read(rest, 'news [--renew]', 0);
		const path = await withDatabase(flags.has('renew') ? renewNewsPath : newsPath);
		console.log(paths.toAbsolute(path));
	},
	async sync(rest) {
		read(rest, 'sync', 0);
		console.log(await syncComments(commentsFolder()));
	},
	async pull(rest) {
		read(rest, 'pull', 0);
		console.log(await pullNewsroom(contentFolder()));
	},
};

/** Returns the words: one at least where any is known. @throws Error with how to write the command where they are others */
function read(rest: readonly string[], usage: string, most = 1): readonly [first: string, second: string | undefined] {
	const [first = '', second] = rest;
	if (rest.length > most || rest.length < Math.min(most, 1)) throw new Error(`Write it so: npm run desk -- ${usage}`);
	return [first, second];
}

function describe({ rows, files }: Extent): string {
	return `${rows} rows and ${files} files`;
}

/** Opens the inbox for what is to be done there. */
export async function withDatabase<T>(work: (database: Database) => Promise<T>): Promise<T> {
	const database = await openDatabase(databaseAddress());
	try {
		return await work(database);
	} finally {
		await database.destroy();
	}
}
