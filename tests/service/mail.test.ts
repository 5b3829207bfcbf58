import { createServer, type Server, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { SMTPServer } from 'smtp-server';
import { afterEach, describe, expect, it } from 'vitest';
import { createMailer, type Mailer, mailSettings } from '../../src/service/mail.ts';
import * as paths from '../../src/domain/paths.ts';
import { toAddress, toComment } from '../support/comments.ts';

const [from, to] = ['paper@example.org', 'desk@example.org'];
const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
	for (const end of ends.splice(0).reverse()) await end();
});

/** Starts a server that takes letters, and refuses as many as it is told to before. */
async function startPost({ refusals = 0 } = {}) {
	const letters: string[] = [];
	const recipients: string[] = [];
	let attempts = 0;
	const server = new SMTPServer({
		disabledCommands: ['AUTH', 'STARTTLS'],
		onRcptTo({ address }, _session, done) {
			recipients.push(address);
			attempts += 1;
			done(attempts > refusals ? null : Object.assign(new Error('No'), { responseCode: 451 }));
		},
		onData(stream, _session, done) {
			let letter = '';
			stream.setEncoding('utf8').on('data', (text: string) => (letter += text));
			stream.on('end', () => {
				letters.push(letter);
				done();
			});
		},
	});
	const address = await listen(server.server);
	ends.push(
		() =>
			new Promise<void>((resolve) => {
				server.close(() => {
					resolve();
				});
			}),
	);
	return { server: `smtp://${address}`, letters, recipients, attempts: () => attempts };
}

async function listen(server: Server): Promise<string> {
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
	return toAddress(server);
}

function start(server: string, { pause = 50, patience = 2000 } = {}) {
	const log: string[] = [];
	const mailer = createMailer({ server, from, to, pause, patience, log: (message) => void log.push(message) });
	ends.push(() => mailer.stop());
	return { mailer, log };
}

async function until(isTrue: () => boolean): Promise<void> {
	const end = Date.now() + 5000;
	while (!isTrue()) {
		if (Date.now() > end) throw new Error('This took too long.');
		await wait(10);
	}
}

/** Returns the heads of a letter and its text, decoded. */
function read(letter: string | undefined): { heads: string; text: string } {
	const [heads = '', ...rest] = (letter ?? '').split('\r\n\r\n');
	const body = rest.join('\r\n\r\n');
	if (/base64/i.test(heads)) return { heads, text: Buffer.from(body, 'base64').toString() };
	if (!/quoted-printable/i.test(heads)) return { heads, text: body };
	const bytes = body
		.replaceAll('=\r\n', '')
		.replace(/=([0-9A-F]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
	return { heads, text: Buffer.from(bytes, 'latin1').toString() };
}

const tellAll = (mailer: Mailer, count: number) => {
	for (let i = 0; i < count; i++) mailer.tell(toComment({ id: `c${i}`, name: `Reader ${i}` }));
};

describe('e-mail to the desk', () => {
	it('is one letter for all comments that come within the pause', async () => {
		const post = await startPost();
		const { mailer } = start(post.server);
		tellAll(mailer, 3);
		await until(() => post.letters.length > 0);
		await wait(150);
		expect(post.letters).toHaveLength(1);
		expect(post.recipients).toEqual([to]);
		const { heads, text } = read(post.letters[0]);
		expect(heads).toContain('3 new comments');
		for (const name of ['Reader 0', 'Reader 1', 'Reader 2']) expect(text).toContain(name);
		expect(text).toContain(paths.toAbsolute(paths.desk()));
	});

	it('never comes twice within the pause', async () => {
		const post = await startPost();
		const { mailer } = start(post.server, { pause: 300 });
		const begin = Date.now();
		const end = setInterval(() => tellAll(mailer, 1), 20);
		await until(() => post.letters.length === 3);
		clearInterval(end);
		expect(Date.now() - begin).toBeGreaterThanOrEqual(900);
	});

	it('counts a flood, and shows its beginning', async () => {
		const post = await startPost();
		const { mailer } = start(post.server);
		tellAll(mailer, 1000);
		await until(() => post.letters.length > 0);
		const { heads, text } = read(post.letters[0]);
		expect(heads).toContain('1,000 new comments');
		expect(text).toContain('And 980 more.');
		expect(text).not.toContain('Reader 20');
	});

	it('has nothing of readers in its heads, and their scripts as text', async () => {
		const post = await startPost();
		const { mailer } = start(post.server);
		const attack = 'Eve\r\nBcc: victim@example.org\r\n\r\n<script>alert(1)</script>';
		mailer.tell(toComment({ name: attack, text: `${attack}\n.\r\nRCPT TO:<victim@example.org>\n\u001B[2J\u202Eabc` }));
		await until(() => post.letters.length > 0);
		const { heads, text } = read(post.letters[0]);
		// The id of the message is drawn by chance, and may have any letters of hexadecimal digits in it.
		expect(heads).not.toMatch(/^bcc|victim|\bEve\b/im);
		expect(heads).toMatch(/content-type: text\/plain/i);
		expect(post.recipients).toEqual([to]);
		expect(text).toContain('> <script>alert(1)</script>');
		expect(text).toContain('> RCPT TO:<victim@example.org>');
		expect(text).toContain('Eve Bcc: victim@example.org');
		expect(text).not.toMatch(/[\u001B\u202E]/);
	});

	it('does not name the e-mail address of a reader', async () => {
		const post = await startPost();
		const { mailer } = start(post.server);
		mailer.tell(toComment({ email: 'reader@example.org' }));
		await until(() => post.letters.length > 0);
		expect(post.letters[0]).not.toContain('reader@example.org');
	});

	it('is tried again where it was refused, and that is logged once and without addresses', async () => {
		const post = await startPost({ refusals: 3 });
		const { mailer, log } = start(post.server);
		tellAll(mailer, 1);
		await until(() => post.attempts() === 1);
		tellAll(mailer, 1);
		await until(() => post.letters.length > 0);
		expect(read(post.letters[0]).heads).toContain('2 new comments');
		expect(log).toHaveLength(1);
		expect(log[0]).toContain('451');
		expect(log[0]).not.toContain('@');
	});

	it('holds nothing up where the server is absent', async () => {
		const server = createServer();
		const address = await listen(server);
		await new Promise((resolve) => server.close(resolve));
		const { mailer, log } = start(`smtp://${address}`);
		const begin = performance.now();
		tellAll(mailer, 100);
		expect(performance.now() - begin).toBeLessThan(50);
		await until(() => log.length > 0);
		await wait(200);
		expect(log).toHaveLength(1);
		expect(log[0]).toContain('ESOCKET');
	});

	it('holds nothing up where the server says nothing, not even the end', async () => {
		const sockets: Socket[] = [];
		const server = createServer((socket) => sockets.push(socket));
		ends.push(async () => {
			for (const socket of sockets) socket.destroy();
			await new Promise((resolve) => server.close(resolve));
		});
		const { mailer, log } = start(`smtp://${await listen(server)}`, { pause: 20, patience: 300 });
		tellAll(mailer, 1);
		await until(() => sockets.length > 0);
		tellAll(mailer, 1);
		const begin = Date.now();
		await mailer.stop();
		expect(Date.now() - begin).toBeLessThan(600);
		await until(() => log.length === 1);
	});

	it('is sent at the end, without waiting for its time', async () => {
		const post = await startPost();
		const { mailer } = start(post.server, { pause: 60_000, patience: 5000 });
		tellAll(mailer, 1);
		await mailer.stop();
		expect(read(post.letters[0]).heads).toContain('a new comment');
	});
});

describe('the settings of e-mail', () => {
	it('are none without a server or without an address', () => {
		expect(mailSettings({})).toBeUndefined();
		expect(mailSettings({ SMTP_URL: 'smtp://127.0.0.1' })).toBeUndefined();
		expect(mailSettings({ DESK_EMAIL: to })).toBeUndefined();
	});

	it('name the editor as sender where no other is named', () => {
		const settings = { SMTP_URL: 'smtp://127.0.0.1', DESK_EMAIL: to };
		expect(mailSettings(settings)?.from).toBe('editor@meridian.example.org');
		expect(mailSettings({ ...settings, SMTP_FROM: from })?.from).toBe(from);
	});
});
