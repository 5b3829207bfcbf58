import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chown, mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';

const run = promisify(execFile);

/** Starts a PostgreSQL server of its own for the tests, at a free port of this computer, and stops it behind them. */
export default async function startPostgres(): Promise<() => Promise<void>> {
	const programs = await findPostgres();
	const folder = await mkdtemp(join(tmpdir(), 'meridian-postgres-'));
	const user = await findUser();
	if (user) await chown(folder, user.uid, user.gid);
	const data = join(folder, 'data');
	await run(join(programs, 'initdb'), ['-D', data, '-U', 'test', '-A', 'trust', '-E', 'UTF8'], {
		cwd: folder,
		...user,
	});
	const port = await findPort();
	const server = spawn(join(programs, 'postgres'), ['-D', data, '-h', '127.0.0.1', '-p', String(port), '-k', folder], {
		cwd: folder,
		stdio: 'ignore',
		...user,
	});
	const address = `postgres://test@127.0.0.1:${port}/postgres`;
	await untilItAnswers(address);
	process.env['POSTGRES'] = address;
	return async () => {
		server.kill('SIGINT');
		await once(server, 'close');
		await rm(folder, { recursive: true });
	};
}

/** Returns the folder of PostgreSQL's programs; as root on Debian it installs them. @throws Error that says what to install */
async function findPostgres(): Promise<string> {
	const isDebian = existsSync('/etc/debian_version');
	if (isDebian && (await listPrograms()).length === 0 && process.getuid?.() === 0) {
		console.log('Installing Debian’s package postgresql …');
		const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
		await run('apt-get', ['update', '-qq'], { env });
		await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'postgresql'], { env });
	}
	const newest = (await listPrograms()).at(-1);
	if (newest !== undefined) return newest;
	throw new Error('These tests need PostgreSQL. Install it, for example with "sudo apt install postgresql".');
}

async function listPrograms(): Promise<string[]> {
	const debians = '/usr/lib/postgresql';
	const versions = await readdir(debians).catch(() => []);
	const folders = [
		...(process.env['PATH'] ?? '').split(':'),
		...versions.sort((a, b) => Number(a) - Number(b)).map((version) => join(debians, version, 'bin')),
	];
	return folders.filter((folder) => existsSync(join(folder, 'initdb')));
}

/** Returns whom to start it as: it refuses root. */
async function findUser(): Promise<{ uid: number; gid: number } | undefined> {
	if (process.getuid?.() !== 0) return undefined;
	const read = async (flag: string) => Number((await run('id', [flag, 'postgres'])).stdout);
	return { uid: await read('-u'), gid: await read('-g') };
}

async function findPort(): Promise<number> {
	const server = createServer().listen(0, '127.0.0.1');
	await once(server, 'listening');
	const address = server.address();
	server.close();
	await once(server, 'close');
	return typeof address === 'object' ? (address?.port ?? 0) : 0;
}

async function untilItAnswers(connectionString: string): Promise<void> {
	for (let attempt = 0; ; attempt++) {
		const client = new pg.Client({ connectionString });
		try {
			await client.connect();
			await client.end();
			return;
		} catch (error) {
			if (attempt === 100) throw error;
			await setTimeout(100);
		}
	}
}
