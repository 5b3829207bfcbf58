import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * Sees to it that files are there which Debian's packages bring: as root on Debian it installs them.
 * @param packages by a file of each
 * @throws Error that says what to install where they cannot be had
 */
export async function installPackages(packages: Readonly<Record<string, string>>): Promise<void> {
	const missing = () => Object.entries(packages).flatMap(([file, name]) => (existsSync(file) ? [] : [name]));
	const wanted = missing();
	if (wanted.length === 0) return;
	if (process.getuid?.() === 0 && existsSync('/etc/debian_version')) {
		console.log(`Installing Debian’s packages ${wanted.join(', ')} …`);
		// Servers that start by themselves would take the ports of others.
		const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
		await run('apt-get', ['update', '-qq'], { env });
		await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...wanted], { env });
	}
	if (missing().length > 0)
		throw new Error(`These tests need ${missing().join(', ')}. Install them: sudo apt install ${missing().join(' ')}`);
}

/** Runs a program; returns its status and everything that it printed. */
export async function runProgram(
	program: string,
	args: readonly string[],
	options: { cwd?: string; env?: NodeJS.ProcessEnv } = {},
): Promise<{ status: number; output: string }> {
	return new Promise((resolve) => {
		execFile(program, args, options, (error, stdout, stderr) => {
			const status = error === null ? 0 : typeof error.code === 'number' ? error.code : -1;
			resolve({ status, output: stdout + stderr });
		});
	});
}
