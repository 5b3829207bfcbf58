import { once } from 'node:events';
import { existsSync } from 'node:fs';
import type { Server } from 'node:http';
import { join, resolve } from 'node:path';
import { serverOf } from '../edition/serve.ts';
import { site } from '../site.ts';
import { readAddress } from './address.ts';
import { runCommand } from './run.ts';

const help = `npm run preview

Serves the edition in dist/ on this computer and prints its address.

  PORT=8080        uses that port instead of 4321, or of the next free one
  HOST=0.0.0.0     lets other computers in
  OUT_DIR=folder   serves another folder`;

/** Serves an edition until the process is ended, and prints its address. @throws Error where there is none */
export async function serve(folder: string): Promise<void> {
	if (!existsSync(join(folder, 'index.html')))
		throw new Error(`There is no edition in ${folder}. Build one with "npm run build".`);
	const { host, port: wanted } = readAddress();
	const server = serverOf(folder);
	const port = await listen(server, host, wanted);
	console.log(`${site.title} is at http://${host === '127.0.0.1' ? 'localhost' : host}:${port}${site.base}`);
	console.log('Press Ctrl+C to stop.');
	for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit());
	await once(server, 'close');
}

/** Listens at a port or, where that is taken, at the next free one, and returns it. */
async function listen(server: Server, host: string, port: number): Promise<number> {
	try {
		await once(server.listen(port, host), 'listening');
	} catch (error) {
		const isTaken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
		if (isTaken && port < 65_535) return listen(server, host, port + 1);
		throw error;
	}
	const address = server.address();
	return typeof address === 'object' && address ? address.port : port;
}

if (import.meta.main) await runCommand(help, () => serve(resolve(process.env['OUT_DIR'] ?? 'dist')));
