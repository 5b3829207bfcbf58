import { once } from 'node:events';
import * as paths from '../domain/paths.ts';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';

/** Answers a request, now or later. */
export type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** What clients may take of a server, times in milliseconds. */
const limits = {
	/** Bytes of a request's headers. */
	headerBytes: 8192,
	/** Until the headers of a request must have come, and until all of it. */
	headers: 10_000,
	request: 60_000,
	/** How long a connection stays on which nothing more is asked for: longer than nginx keeps its own to a server. */
	idle: 65_000,
	/** How long one stays on which nothing moves while an answer is made or sent. */
	standstill: 30_000,
	/** Until an answer must have been taken. */
	answer: 600_000,
	/** How long open requests have once the server is to stop. */
	stop: 10_000,
};

interface Options {
	/** Is given a line of JSON for each answer. Nothing in it tells whose it was. */
	log?: ((line: string) => void) | undefined;
	limits?: Partial<typeof limits>;
}

interface HardenedServer {
	/** Does not listen yet. */
	server: Server;
	/** Takes no more connections, lets open requests end for a while, and returns once all connections are closed. */
	stop: () => Promise<void>;
}

/** Makes a server around what answers its requests, which slow and hostile clients cannot hold up. */
export function hardenServer(handler: Handler, { log, limits: others }: Options = {}): HardenedServer {
	const most = { ...limits, ...others };
	const server = createServer({
		maxHeaderSize: most.headerBytes,
		headersTimeout: most.headers,
		requestTimeout: most.request,
		keepAliveTimeout: most.idle,
		connectionsCheckingInterval: Math.min(1000, most.headers),
	});
	server.setTimeout(most.standstill);
	server.on('request', (request, response) => {
		const cutOff = setTimeout(() => request.socket.destroy(), most.answer).unref();
		if (log) logAnswer(log, request, response);
		response.once('close', () => {
			clearTimeout(cutOff);
			// Its connection is idle only after this, and would be kept for a next request.
			if (!server.listening) setImmediate(() => server.closeIdleConnections());
		});
		handler(request, response);
	});
	const stop = async () => {
		const closed = once(server, 'close');
		server.close();
		const cutOff = setTimeout(() => server.closeAllConnections(), most.stop);
		await closed;
		clearTimeout(cutOff);
	};
	return { server, stop };
}

/** Writes a line once an answer is sent or given up; of the address only the path, since readers' words may be behind it. */
function logAnswer(log: (line: string) => void, request: IncomingMessage, response: ServerResponse): void {
	const { method, url = '', socket } = request;
	const path = paths.withoutSecrets(url.split('?', 1)[0] ?? '');
	const [at, begun, bytesBefore] = [new Date().toISOString(), performance.now(), socket.bytesWritten];
	response.once('close', () => {
		const milliseconds = Math.round((performance.now() - begun) * 10) / 10;
		const bytes = socket.bytesWritten - bytesBefore;
		log(JSON.stringify({ at, method, path, status: response.statusCode, bytes, milliseconds }));
	});
}
