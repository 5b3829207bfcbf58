import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'astro/zod';
import { parseJson } from './json.ts';

const parts = ['src', 'public', 'package.json', 'package-lock.json', 'astro.config.mjs', 'tsconfig.json'];

type Environment = Readonly<Record<string, string>>;

/** The exit status of a command and everything that it printed. */
interface Outcome {
	status: number;
	output: string;
}

/** A copy of the program in a folder of its own, as another newsroom would have it. */
export interface Workshop {
	/** Absolute path of the copy. */
	folder: string;
	/** Absolute path of the edition that builds make. */
	dist: string;
	/** Runs a command of `package.json`. @param options what stands behind its name */
	run(script: string, options?: readonly string[], environment?: Environment): Promise<Outcome>;
	/** Builds as of July 2025. */
	build(environment?: Environment): Promise<Outcome>;
	remove(): Promise<void>;
}

/**
 * Copies the program beside nothing else, so that tests can build at the same time.
 * @param content folder whose content is copied too; without it `content/` is the test's to write
 * @param changeSite edits `src/site.ts`, which a newsroom owns
 */
export async function openWorkshop(content?: string, changeSite?: (source: string) => string): Promise<Workshop> {
	const folder = await mkdtemp(join(tmpdir(), 'meridian-'));
	await Promise.all(parts.map((part) => cp(part, join(folder, part), { recursive: true })));
	if (content !== undefined) await cp(content, join(folder, 'content'), { recursive: true });
	await symlink(join(process.cwd(), 'node_modules'), join(folder, 'node_modules'));
	if (changeSite) {
		const site = join(folder, 'src/site.ts');
		await writeFile(site, changeSite(await readFile(site, 'utf8')));
	}
	const scripts = await readScripts();
	const run: Workshop['run'] = (script, options = [], environment = {}) =>
		new Promise((resolve) => {
			const args = [...argumentsOf(script, scripts), ...options];
			const env = { ...peoplesEnvironment(), ...environment };
			execFile(process.execPath, args, { cwd: folder, env }, (error, stdout, stderr) => {
				const status = error === null ? 0 : typeof error.code === 'number' ? error.code : -1;
				resolve({ status, output: stdout + stderr });
			});
		});
	return {
		folder,
		dist: join(folder, 'dist'),
		run,
		build: (environment = {}) => run('build', [], { CLOCK: '2025-07-01T00:00:00Z', ...environment }),
		remove: () => rm(folder, { recursive: true }),
	};
}

/** Returns the scripts of `package.json`. */
export async function readScripts(): Promise<Record<string, string>> {
	const manifest = z.object({ scripts: z.record(z.string(), z.string()) });
	return parseJson(manifest, await readFile('package.json', 'utf8')).scripts;
}

/** Returns the arguments with which npm starts Node.js for a script. @throws where it starts something else */
export function argumentsOf(script: string, scripts: Readonly<Record<string, string>>): string[] {
	const [program, ...args] = (scripts[script] ?? '').split(' ');
	if (program !== 'node') throw new Error(`npm run ${script} does not start Node.js.`);
	return args;
}

/** Returns the environment variables without those that the test runner has set, to which Astro and Vite would listen. */
export function peoplesEnvironment(): NodeJS.ProcessEnv {
	const ofRunner = /^(?:VITEST|NODE_ENV$|DEV$|PROD$|MODE$|SSR$|TEST$|BASE_URL$)/;
	return Object.fromEntries(Object.entries(process.env).filter(([name]) => !ofRunner.test(name)));
}

/** Builds, and throws with everything printed where that fails. */
export async function mustBuild(workshop: Workshop, environment?: Environment): Promise<void> {
	const { status, output } = await workshop.build(environment);
	if (status !== 0) throw new Error(`The build ended with status ${status}:\n${output}`);
}
