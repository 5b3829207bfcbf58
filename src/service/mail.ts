import { setTimeout as wait } from 'node:timers/promises';
import { createTransport } from 'nodemailer';
import * as paths from '../domain/paths.ts';
import { site } from '../site.ts';
import { serviceWords } from '../words/service-words.ts';
import type { CommentRow } from './tables.ts';

/** Tells the desk by e-mail of comments that have come. */
export interface Mailer {
	/** Has the next letter tell of a comment; never waits and never throws. */
	tell: (comment: CommentRow) => void;
	/** Sends what waits, in one attempt. @returns once that is done or has failed; it takes `patience` at most */
	stop(): Promise<void>;
}

/** To what server letters go, and whose they are. */
export interface MailSettings {
	/** `smtps://name:password@host:port`, or `smtp://…`. */
	server: string;
	from: string;
	to: string;
}

interface Options extends MailSettings {
	/** In milliseconds: from the first comment of a letter until it is sent, and so between two letters. */
	pause?: number;
	/** In milliseconds: how long a server may keep silent. */
	patience?: number;
	log: (message: string) => void;
}

/** How many comments stand in a letter with their words. */
const mostComments = 20;

/** Returns the settings for e-mail: `SMTP_URL`, `DESK_EMAIL`, `SMTP_FROM`; nothing where one of the first two is not set. */
export function mailSettings(environment = process.env): MailSettings | undefined {
	const { SMTP_URL: server = '', DESK_EMAIL: to = '', SMTP_FROM: from = '' } = environment;
	if (server === '' || to === '') return undefined;
	return { server, to, from: from === '' ? site.editorEmail : from };
}

/**
 * Returns what sends one letter for all comments that come within `pause`, and never more letters. Where the server does
 * not take it, that is logged once, and the letter is tried again with what came meanwhile.
 */
export function createMailer({ server, from, to, pause = 60_000, patience = 10_000, log }: Options): Mailer {
	const transport = createTransport({
		url: server,
		connectionTimeout: patience,
		greetingTimeout: patience,
		socketTimeout: patience,
		dnsTimeout: patience,
		disableFileAccess: true,
		disableUrlAccess: true,
	});
	let waiting = { count: 0, comments: new Array<CommentRow>() };
	let timer: NodeJS.Timeout | undefined;
	let sending = Promise.resolve();
	let isFailing = false;
	let isStopped = false;

	async function send(): Promise<void> {
		const letter = waiting;
		waiting = { count: 0, comments: [] };
		try {
			await transport.sendMail({ from, to, ...toLetter(letter.comments, letter.count) });
			isFailing = false;
		} catch (error) {
			waiting = {
				count: letter.count + waiting.count,
				comments: [...letter.comments, ...waiting.comments].slice(0, mostComments),
			};
			// Only the first of failures that follow each other.
			if (!isFailing) log(`The desk could not be told of comments by e-mail: ${explain(error)}.`);
			isFailing = true;
		}
		timer = undefined;
		if (waiting.count > 0) schedule();
	}
	function schedule(): void {
		// Unreferenced, since a process that ends calls `stop`.
		if (!isStopped) timer ??= setTimeout(() => void (sending = send()), pause).unref();
	}
	return {
		tell(comment) {
			waiting.count += 1;
			if (waiting.comments.length < mostComments) waiting.comments.push(comment);
			schedule();
		},
		async stop() {
			isStopped = true;
			clearTimeout(timer);
			const lastLetter = sending.then(() => (waiting.count > 0 ? send() : undefined));
			await Promise.race([lastLetter, wait(patience, undefined, { ref: false })]);
			transport.close();
		},
	};
}

/** Nothing that readers have written stands in a head of the letter. */
function toLetter(comments: readonly CommentRow[], count: number): { subject: string; text: string } {
	const { news } = serviceWords;
	const parts = comments.map(({ name, article, reasons, text }) =>
		[
			toPlainLine(name),
			news.on(article),
			...(reasons === '' ? [] : [news.held(toPlainLine(reasons))]),
			'',
			...toLines(text).map((line) => `> ${line}`),
		].join('\n'),
	);
	const rest = count > comments.length ? [news.more(count - comments.length)] : [];
	const link = `${news.desk} ${paths.toAbsolute(paths.desk())}`;
	return { subject: news.subject(site.title, count), text: `${[...parts, ...rest, link].join('\n\n')}\n` };
}

/** Returns the lines of a text, without what would lead a terminal or change the direction of what follows. */
function toLines(text: string): string[] {
	return text
		.split(/\r\n|[\n\r\u2028\u2029]/)
		.map((line) => line.replace(/[\p{Cc}\p{Cs}\u202A-\u202E\u2066-\u2069]/gu, '\uFFFD'));
}

function toPlainLine(text: string): string {
	return toLines(text).join(' ');
}

/** What servers say may repeat addresses, so that only codes are told. */
function explain(error: unknown): string {
	if (!(error instanceof Error)) return 'for an unknown reason';
	const code = 'code' in error ? String(error.code) : error.name;
	return 'responseCode' in error ? `${code} ${String(error.responseCode)}` : code;
}
