import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { readMoved } from '../delivery/moved.ts';
import type { Moved } from '../domain/moved.ts';
import * as paths from '../domain/paths.ts';
import { manifestName } from '../edition/check/scan.ts';
import { commentsFolder, contentFolder } from '../environment.ts';
import { loadModeration } from '../loaders/moderation.ts';
import { dispatch } from '../server/dispatch.ts';
import { serveEdition } from '../server/serve-edition.ts';
import { databaseAddress } from '../service/address.ts';
import { pullCommands } from '../service/git.ts';
import { mailSettings } from '../service/mail.ts';
import { openService } from '../service/open.ts';
import { site } from '../site.ts';
import { build } from './build.ts';
import { runCommand } from './run.ts';
import { serve } from './serve.ts';
import { refuseWords } from './wait.ts';

const help = `npm start

Builds the paper, serves it on this computer with its comments and the editors' desk, and prints its address. See also
"npm run build -- --help", "npm run preview -- --help" and "npm run desk -- --help".

  -- --log                       writes a line of JSON for each answer: time, method, path, status, bytes, milliseconds
  PORT=8080                      uses that port instead of 4321, or of the next free one
  HOST=0.0.0.0                   lets other computers in
  DATABASE_URL=postgres://…      keeps what readers send in PostgreSQL instead of a file
  INBOX_DIR=folder               keeps it in another folder than .data
  COMMENTS_DIR=folder            keeps approved comments in another folder than comments in the content
  TRUSTED_PROXIES=127.0.0.1      addresses and networks of proxies that say whom they speak for, with commas
  SMTP_URL=smtps://…             with DESK_EMAIL=address, tells the desk of new comments, from SMTP_FROM
  NEWSROOM_PULL=1                takes over what is new in the newsroom's Git, and publishes it`;

/** What makes an edition once comments have been approved: another process, so that pages are served meanwhile. */
const buildCommand = [
	process.execPath,
	'--import',
	'./src/commands/check-node.mjs',
	'src/commands/build.ts',
	'--quiet',
] as const;

/** In milliseconds: so long after a decision of an editor others are waited for. */
const pause = 5000;

/** Builds the paper. @returns false where that fails, and readers keep the edition that they had */
async function buildOrKeep(folder: string): Promise<boolean> {
	try {
		await build();
		return true;
	} catch (error) {
		if (!existsSync(join(folder, manifestName))) throw error;
		console.error(error instanceof Error ? error.message : error);
		console.error('This keeps the new edition from being published. Readers get the one before until it is mended.');
		return false;
	}
}

/** Serves the paper with what readers send and editors decide. */
async function serveWithComments(moved: Moved, log: ((line: string) => void) | undefined): Promise<void> {
	await mkdir(commentsFolder(), { recursive: true });
	const folder = resolve(process.env['OUT_DIR'] ?? 'dist');
	const pullsNews = process.env['NEWSROOM_PULL'] === '1';
	const service = await openService({
		edition: folder,
		comments: commentsFolder(),
		readRules: () => loadModeration(contentFolder()),
		database: databaseAddress(),
		proxies: (process.env['TRUSTED_PROXIES'] ?? '').split(',').filter((proxy) => proxy.trim() !== ''),
		build: [...(pullsNews ? pullCommands() : []), buildCommand],
		pullFrom: pullsNews ? contentFolder() : undefined,
		mail: mailSettings(),
		pause,
		now: Date.now,
	});
	try {
		const isBuilt = await buildOrKeep(folder);
		if (!isBuilt) service.build();
		const edition = serveEdition(folder, moved);
		await serve(dispatch(edition, service.answer), {
			log,
			onListening: (origin) =>
				console.log(`Editors sign in at ${origin}${paths.desk()}; make one: npm run desk -- add-editor NAME`),
		});
	} finally {
		await service.stop();
	}
}

await runCommand(
	help,
	async ({ words, flags }) => {
		refuseWords(words);
		const log = flags.has('log') ? console.log : undefined;
		const moved = await readMoved(contentFolder());
		if (site.comments === 'service') await serveWithComments(moved, log);
		else await serve(serveEdition(await build(), moved), { log });
	},
	['log'],
);
