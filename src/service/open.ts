import type { IncomingMessage, ServerResponse } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { serviceApp } from './app.ts';
import { createBuilder } from './builder.ts';
import { readConnections } from './connection.ts';
import { openDatabase } from './database.ts';
import { watchNewsroom } from './git.ts';
import { createMailer, type MailSettings } from './mail.ts';
import { forgetAddresses } from './people.ts';
import { readRecords } from './record.ts';
import type { Service } from './service.ts';

interface Wishes extends Pick<Service, 'edition' | 'comments' | 'rules' | 'now'> {
	/** An SQLite file or the address of a PostgreSQL database. */
	database: string;
	/** Network addresses of proxies whose word on readers' addresses is taken. */
	proxies: readonly string[];
	/** What makes a new edition, in order. */
	build: readonly (readonly [program: string, ...args: string[]])[];
	/** In milliseconds: for so long a build waits for further changes. */
	pause: number;
	/** Where letters about new comments go, if anywhere. */
	mail?: MailSettings | undefined;
	/** A folder of the newsroom's repository, if what is new there is to be built. */
	pullFrom?: string | undefined;
}

interface OpenService {
	answer: (request: IncomingMessage, response: ServerResponse) => void;
	/** Ends what is under way and closes the database. No request may be open any more. */
	stop: () => Promise<void>;
}

const minute = 60 * 1000;
const hour = 60 * minute;

/** Opens the comment service. @throws Error where the database cannot be opened */
export async function openService(wishes: Wishes): Promise<OpenService> {
	const { edition, comments, rules, now } = wishes;
	const connections = readConnections(wishes.proxies);
	const database = await openDatabase(wishes.database);
	const builder = createBuilder({
		commands: wishes.build,
		folder: process.cwd(),
		pause: wishes.pause,
		now,
		async onOutcome({ isFailure, message }) {
			if (isFailure) console.error(`The edition could not be made:\n${message}`);
			// A build may have brought comments from elsewhere.
			await readRecords(database, comments).catch(complain('Comments could not be read from their files'));
		},
	});
	await readRecords(database, comments);
	const mailer = wishes.mail && createMailer({ ...wishes.mail, log: console.error });
	const app = await serviceApp({ database, edition, comments, rules, builder, now }, connections, mailer?.tell);
	const stopWatching =
		wishes.pullFrom === undefined
			? undefined
			: watchNewsroom({ folder: wishes.pullFrom, every: minute, onNews: () => builder.changed(), log: console.error });
	const forget = () => forgetAddresses(database, now()).catch(complain('Old addresses could not be removed'));
	await forget();
	const forgetting = setInterval(() => void forget(), hour);
	const listener = getRequestListener(app.fetch);
	return {
		answer: (request, response) => void listener(request, response),
		async stop() {
			clearInterval(forgetting);
			stopWatching?.();
			await Promise.all([builder.stop(), mailer?.stop()]);
			await database.destroy();
		},
	};
}

function complain(fault: string): (error: unknown) => void {
	return (error) => console.error(`${fault}: ${error instanceof Error ? error.message : String(error)}`);
}
