import { join } from 'node:path';
import { serverOf } from '../../src/edition/serve.ts';

export interface RunningServer {
	/** Origin of the served edition, `http://127.0.0.1:49152`. */
	origin: string;
	/** What was asked for so far, with the answers' statuses. */
	answers: readonly { path: string; status: number }[];
	stop(): Promise<void>;
}

/** Serves the edition of a built project on a free port of 127.0.0.1. */
export async function serve(root: string): Promise<RunningServer> {
	const answers: { path: string; status: number }[] = [];
	const server = serverOf(join(root, 'dist'));
	server.on('request', ({ url = '' }, response) => {
		const path = url.replace(/\?.*/, '');
		response.once('finish', () => answers.push({ path, status: response.statusCode }));
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const address = server.address();
	if (address === null || typeof address === 'string') throw new Error('The server has no port.');
	return {
		origin: `http://127.0.0.1:${address.port}`,
		answers,
		stop: () =>
			new Promise((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			}),
	};
}
