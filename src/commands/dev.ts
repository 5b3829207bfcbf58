import { dev } from 'astro';
import { site } from '../site.ts';
import { readAddress } from './address.ts';
import { runCommand } from './run.ts';

const help = `npm run dev

Shows the paper while it is being written: pages follow every change, drafts and articles of the future
are shown with a mark, and mistakes in the content are named here.

  PORT=8080             uses that port instead of 4321 or the next free one
  HOST=0.0.0.0          lets other computers in
  CONTENT_DIR=folder    takes the content from another folder
  COMMENTS_DIR=folder   takes the comments from another folder than comments in that of the content`;

await runCommand(help, async () => {
	process.env['ASTRO_DEV_BACKGROUND'] = '0';
	const { host, port, isChosen } = readAddress();
	const vite = { server: { strictPort: isChosen } };
	const server = await dev({ root: process.cwd(), server: { host, port }, vite, logLevel: 'error' });
	console.log(`${site.title} is at http://localhost:${server.address.port}${site.base}`);
	console.log('Press Ctrl+C to stop.');
});
