import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { type IncomingHttpHeaders, type OutgoingHttpHeaders, request } from 'node:http';
import { request as requestSecurely } from 'node:https';
import { connect } from 'node:net';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import type { Moved } from '../../src/domain/moved.ts';
import { hardenServer } from '../../src/server/harden.ts';
import { serveEdition } from '../../src/server/serve-edition.ts';
import { peoplesEnvironment } from './build.ts';
import { type Ended, start } from './store.ts';

export interface RunningServer {
	/** Origin of the served edition, `http://127.0.0.1:49152`. */
	origin: string;
	/** What was asked for so far, with the answers' statuses. */
	answers: readonly { path: string; status: number }[];
	stop(): Promise<void>;
}

/** Serves the edition of a built project on a free port of 127.0.0.1. */
export function serve(root: string): Promise<RunningServer> {
	return serveFolder(join(root, 'dist'));
}

/**
 * Serves the edition of a folder on a free port of 127.0.0.1.
 * @param options of the server around it
 * @param moved addresses of a former paper
 */
export async function serveFolder(
	folder: string,
	options?: Parameters<typeof hardenServer>[1],
	moved?: Moved,
): Promise<RunningServer> {
	const answers: { path: string; status: number }[] = [];
	const { server, stop } = hardenServer(serveEdition(folder, moved), options);
	server.on('request', ({ url = '' }, response) => {
		const path = url.replace(/\?.*/, '');
		response.once('finish', () => answers.push({ path, status: response.statusCode }));
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const address = server.address();
	if (address === null || typeof address === 'string') throw new Error('The server has no port.');
	return { origin: `http://127.0.0.1:${address.port}`, answers, stop };
}

/** Serves in a process of its own, as "npm run preview" does. @param project the folder of the program */
export async function startPreview(
	project: string,
	environment: Readonly<Record<string, string>> = {},
): Promise<{ origin: string; process: ChildProcess; ended: Promise<Ended> }> {
	const env = { ...peoplesEnvironment(), PORT: '0', ...environment };
	const { process, ended, until, output } = start(['src/commands/preview.ts'], [], { cwd: project, env });
	await until('Press Ctrl+C');
	return { origin: `http://127.0.0.1:${/localhost:(\d+)/.exec(output())?.[1] ?? ''}`, process, ended };
}

export interface Answer {
	status: number;
	headers: IncomingHttpHeaders;
	/** As it was sent, compressed or not. */
	body: Buffer;
}

/** How something is asked for, if otherwise than with GET from 127.0.0.1. */
interface Manner {
	method?: string;
	body?: string;
	/** The network address that asks. */
	from?: string;
}

/**
 * Asks a server for a path just as it is written: `fetch` would tidy it, and take apart what comes compressed. Who signed
 * the server's certificate does not matter.
 */
export async function ask(
	{ origin }: Pick<RunningServer, 'origin'>,
	path: string,
	headers: OutgoingHttpHeaders = {},
	manner: string | Manner = 'GET',
): Promise<Answer> {
	const { method = 'GET', body, from }: Manner = typeof manner === 'string' ? { method: manner } : manner;
	const options = {
		path,
		headers,
		method,
		family: 4,
		rejectUnauthorized: false,
		...(from !== undefined && { localAddress: from }),
	};
	return new Promise((resolve, reject) => {
		(origin.startsWith('https:') ? requestSecurely : request)(origin, options, (response) => {
			buffer(response).then(
				(body) => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }),
				reject,
			);
		})
			.once('error', reject)
			.end(body);
	});
}

/** Returns how many bytes a server sends for a path, headers and all. @param coding as in `Accept-Encoding` */
export async function weigh({ origin }: RunningServer, path: string, coding: string): Promise<number> {
	const { hostname, port } = new URL(origin);
	const socket = connect(Number(port), hostname);
	// With what browsers say beside it, since a server might answer them at greater length.
	socket.write(
		`GET ${path} HTTP/1.1\r\nHost: ${hostname}\r\nAccept-Encoding: ${coding}\r\nConnection: keep-alive\r\n\r\n`,
	);
	let bytes = 0;
	let length: number | undefined;
	socket.on('data', (data) => {
		const end = data.indexOf('\r\n\r\n');
		if (length === undefined && end >= 0)
			length = end + 4 + Number(/content-length: (\d+)/i.exec(data.toString('latin1', 0, end))?.[1]);
		bytes += data.length;
		if (length !== undefined && bytes >= length) socket.destroy();
	});
	await once(socket, 'close');
	return bytes;
}
