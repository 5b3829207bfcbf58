import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'astro/zod';
import { parseJson } from './json.ts';

const parts = ['src', 'public', 'package.json', 'package-lock.json', 'astro.config.mjs', 'tsconfig.json'];

/** A copy of the program in a folder of its own, as another newsroom would have it. */
export interface Workshop {
	/** Absolute path of the copy. */
	folder: string;
	/** Absolute path of the edition that builds make. */
	dist: string;
	/** Builds, and returns the exit status with everything printed. */
	build(environment?: Readonly<Record<string, string>>): Promise<{ status: number; output: string }>;
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
	const manifest = z.object({ scripts: z.object({ build: z.string() }) });
	const { scripts } = parseJson(manifest, await readFile('package.json', 'utf8'));
	const [, ...args] = scripts.build.split(' ');
	return {
		folder,
		dist: join(folder, 'dist'),
		build: (environment = {}) =>
			new Promise((resolve) => {
				const env = { ...peoplesEnvironment(), CLOCK: '2025-07-01T00:00:00Z', ...environment };
				execFile(process.execPath, args, { cwd: folder, env }, (error, stdout, stderr) => {
					const status = error === null ? 0 : typeof error.code === 'number' ? error.code : -1;
					resolve({ status, output: stdout + stderr });
				});
			}),
		remove: () => rm(folder, { recursive: true }),
	};
}

/** Returns the environment variables without those that the test runner has set, to which Astro and Vite would listen. */
export function peoplesEnvironment(): NodeJS.ProcessEnv {
	const ofRunner = /^(?:VITEST|NODE_ENV$|DEV$|PROD$|MODE$|SSR$|TEST$|BASE_URL$)/;
	return Object.fromEntries(Object.entries(process.env).filter(([name]) => !ofRunner.test(name)));
}

/** Builds, and throws with everything printed where that fails. */
export async function mustBuild(workshop: Workshop, environment?: Readonly<Record<string, string>>): Promise<void> {
	const { status, output } = await workshop.build(environment);
	if (status !== 0) throw new Error(`The build ended with status ${status}:\n${output}`);
}
