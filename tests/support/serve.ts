import { preview } from 'astro';

export interface RunningServer {
	/** Origin of the served edition, `http://127.0.0.1:49152`. */
	origin: string;
	stop(): Promise<void>;
}

/** Serves the edition of a built project on a free port of 127.0.0.1. */
export async function serve(root: string): Promise<RunningServer> {
	process.env['ASTRO_PREVIEW_BACKGROUND'] = '0';
	const server = await preview({ root, server: { host: '127.0.0.1', port: 0 }, logLevel: 'error' });
	return { origin: `http://127.0.0.1:${server.port}`, stop: () => server.stop() };
}
