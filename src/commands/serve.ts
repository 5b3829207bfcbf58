import { once } from 'node:events';
import type { Server } from 'node:http';
import { type Handler, hardenServer } from '../server/harden.ts';
import { site } from '../site.ts';
import { readAddress } from './address.ts';

interface Listeners {
	/** Is given a line for each answer. */
	log?: ((line: string) => void) | undefined;
	/** What the address leads to; by default the paper. */
	what?: { name: string; path: string };
	/** Is told where the server can be reached. */
	onListening?: (origin: string) => void;
}

/**
 * Serves with what answers the requests, prints the address, and returns once the process was told to end and open
 * requests have ended.
 */
export async function serve(
	handler: Handler,
	{ log, onListening, what = { name: site.title, path: site.base } }: Listeners = {},
): Promise<void> {
	const address = readAddress();
	const { host } = address;
	const { server, stop } = hardenServer(handler, { log });
	const port = await listen(server, address);
	const origin = `http://${host === '127.0.0.1' ? 'localhost' : host}:${port}`;
	console.log(`${what.name} is at ${origin}${what.path}`);
	onListening?.(origin);
	console.log('Press Ctrl+C to stop.');
	await untilSignal();
	await stop();
}

/** Returns once the process is told to end. Told again, it ends at once. */
async function untilSignal(): Promise<void> {
	const { promise, resolve } = Promise.withResolvers<NodeJS.Signals>();
	for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, resolve);
	await promise;
}

/**
 * Listens at a port or, where that is taken and nobody has chosen it, at the next free one, and returns it.
 * @throws Error where it cannot
 */
async function listen(server: Server, { host, port, isChosen }: ReturnType<typeof readAddress>): Promise<number> {
	try {
		await once(server.listen(port, host), 'listening');
	} catch (error) {
		const isTaken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
		if (isTaken && isChosen) {
			const message = `Port ${port} is already in use. End what uses it, choose another PORT, or leave PORT out.`;
			throw new Error(message, { cause: error });
		}
		if (isTaken && port < 65_535) return listen(server, { host, port: port + 1, isChosen });
		throw error;
	}
	const address = server.address();
	return typeof address === 'object' && address ? address.port : port;
}
