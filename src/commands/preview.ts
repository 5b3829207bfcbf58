import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { manifestName } from '../edition/check/scan.ts';
import { serveEdition } from '../server/serve-edition.ts';
import { runCommand } from './run.ts';
import { serve } from './serve.ts';

const help = `npm run preview

Serves the edition in dist/ on this computer and prints its address.

  PORT=8080        uses that port instead of 4321, or of the next free one
  HOST=0.0.0.0     lets other computers in
  OUT_DIR=folder   serves another folder`;

await runCommand(help, async () => {
	const folder = resolve(process.env['OUT_DIR'] ?? 'dist');
	if (!existsSync(join(folder, manifestName)))
		throw new Error(`There is no edition in ${folder}. Build one with "npm run build".`);
	await serve(serveEdition(folder));
});
