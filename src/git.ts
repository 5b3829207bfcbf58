import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** In milliseconds: how long a step of Git may take; a server that keeps silent holds nothing up for ever. */
const patience = 120_000;

/** What Git said when it failed. */
export class GitError extends Error {
	override name = 'GitError';
}

/** Runs Git with arguments, and returns what it prints, trimmed. */
export type Git = (...args: string[]) => Promise<string>;

/**
 * Returns Git at work in a folder: what it prints, trimmed. It never asks for a password.
 * @param settings arguments that stand before those of each call
 * @param environment variables beside those of the process
 * @throws GitError
 */
export function gitIn(
	folder: string,
	settings: readonly string[] = [],
	environment: Readonly<Record<string, string>> = {},
): Git {
	const env = { ...process.env, GIT_TERMINAL_PROMPT: '0', LC_ALL: 'C', ...environment };
	return async (...args) => {
		try {
			const { stdout } = await run('git', [...settings, ...args], { cwd: folder, env, timeout: patience });
			return stdout.trim();
		} catch (error) {
			const said = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : '';
			const reason = said === '' ? (error instanceof Error ? error.message : String(error)) : said;
			throw new GitError(`git ${args[0] ?? ''}: ${reason}`, { cause: error });
		}
	};
}
