import type { IncomingMessage, ServerResponse } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import type { Moderation } from '../schemas/moderation.ts';
import { serviceApp } from './app.ts';
import { createBuilder } from './builder.ts';
import { readConnections } from './connection.ts';
import { openDatabase } from './database.ts';
import { watchNewsroom } from './git.ts';
import { createMailer, type MailSettings } from './mail.ts';
import { forgetAddresses } from './people.ts';
import { openRecords } from './record.ts';
import type { Service } from './service.ts';

interface Wishes extends Pick<Service, 'edition' | 'comments' | 'now'> {
	/** Reads what is done against spam. */
	readRules: () => Promise<Moderation>;
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
	/** Lets an edition be made. */
	build: () => void;
	/** Ends what is under way and closes the database. No request may be open any more. */
	stop: () => Promise<void>;
}

const minute = 60 * 1000;
const hour = 60 * minute;

/** Opens the comment service. @throws Error where the database cannot be opened */
export async function openService(wishes: Wishes): Promise<OpenService> {
	const { edition, comments, now, readRules } = wishes;
	const connections = readConnections(wishes.proxies);
	const rules = await readRules();
	const database = await openDatabase(wishes.database);
	const readRecords = openRecords(database, comments);
	await readRecords();
	const builder = createBuilder({
		commands: wishes.build,
		folder: process.cwd(),
		pause: wishes.pause,
		now,
		async onOutcome({ isFailure, message }) {
			if (isFailure) console.error(`The edition could not be made:\n${message}`);
			// A build may have brought comments from elsewhere.
			await readRecords().catch(complain('Comments could not be read from their files'));
			service.rules = await readRules().catch(complain('The rules against spam stay as they were', service.rules));
		},
	});
	const service: Service = { database, edition, comments, rules, builder, now };
	const mailer = wishes.mail && createMailer({ ...wishes.mail, log: console.error });
	const app = await serviceApp(service, connections, mailer?.tell);
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
		build: () => builder.changed(),
		async stop() {
			clearInterval(forgetting);
			stopWatching?.();
			await Promise.all([builder.stop(), mailer?.stop()]);
			await database.destroy();
		},
	};
}

/** Returns what says that something has failed, and goes on with what there is instead. */
function complain<T>(fault: string, instead: T): (error: unknown) => T;
function complain(fault: string): (error: unknown) => void;
function complain(fault: string, instead?: unknown): (error: unknown) => unknown {
	return (error) => {
		console.error(`${fault}: ${error instanceof Error ? error.message : String(error)}`);
		return instead;
	};
}
