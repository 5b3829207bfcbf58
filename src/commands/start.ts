import { build } from './build.ts';
import { serve } from './preview.ts';
import { runCommand } from './run.ts';

const help = `npm start

Builds the paper, serves it on this computer and prints its address. See also
"npm run build -- --help" and "npm run preview -- --help".`;

await runCommand(help, async () => serve(await build()));
