import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { preview } from 'astro';
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
	process.env['ASTRO_PREVIEW_BACKGROUND'] = '0';
	const { host, port } = readAddress();
	const server = await preview({ root: process.cwd(), outDir: folder, server: { host, port }, logLevel: 'error' });
	console.log(`${site.title} is at http://${host === '127.0.0.1' ? 'localhost' : host}:${server.port}${site.base}`);
	console.log('Press Ctrl+C to stop.');
	for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void server.stop());
	await server.closed();
}

if (import.meta.main) await runCommand(help, () => serve(resolve(process.env['OUT_DIR'] ?? 'dist')));
