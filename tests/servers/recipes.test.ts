import { execFile } from 'node:child_process';
import { chmod, cp, mkdir, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { parse } from 'yaml';
import { z } from 'astro/zod';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { readScripts } from '../support/build.ts';
import { installPackages, runProgram } from '../support/debian.ts';
import { openFolder } from '../support/web-servers.ts';

const run = promisify(execFile);
const files = await readdir('deploy', { recursive: true });
const scripts = files.filter((file) => file.endsWith('.sh'));
const units = files.filter((file) => file.startsWith('systemd/'));
const untried = files.filter((file) => /^(?:systemd|container|github)\/[^.]+(?:$|\.(?!dockerignore))/.test(file));

beforeAll(() =>
	installPackages({
		'/usr/bin/shellcheck': 'shellcheck',
		'/usr/bin/systemd-analyze': 'systemd',
		'/usr/bin/curl': 'curl',
		'/usr/bin/openssl': 'openssl',
	}),
);

async function folder(): Promise<string> {
	const path = await openFolder('recipe');
	onTestFinished(() => rm(path, { recursive: true }));
	return path;
}

test('systemd finds nothing wrong with the units', async () => {
	const place = await folder();
	for (const unit of units) {
		const text = await readFile(join('deploy', unit), 'utf8');
		// The programs must be there to be found.
		await writeFile(join(place, unit.replace('systemd/', '')), text.replaceAll('/srv/meridian/paper', process.cwd()));
	}
	const { status, output } = await runProgram(
		'systemd-analyze',
		['verify', '--man=no', ...units.map((unit) => join(place, unit.replace('systemd/', '').replace('@.', '@x.')))],
		{
			env: { ...process.env, SYSTEMD_UNIT_PATH: `${place}:` },
		},
	);
	expect(output).not.toMatch(/meridian/);
	expect(status).toBe(0);
});

test.each(scripts)('%s is sound', async (script) => {
	const path = join('deploy', script);
	await run('bash', ['-n', path]);
	expect((await runProgram('shellcheck', [path])).output).toBe('');
});

test.each(untried)('%s says that it was not run', async (file) => {
	expect((await readFile(join('deploy', file), 'utf8')).split('\n')[0]).toMatch(/^# Not (?:built or )?run /);
});

const workflow = z.object({
	on: z.record(z.string(), z.unknown()),
	jobs: z.record(
		z.string(),
		z.object({ steps: z.array(z.object({ run: z.string().optional(), uses: z.string().optional() })) }),
	),
});

test.each(files.filter((file) => file.startsWith('github/')))(
	'%s is a workflow of commands that exist',
	async (file) => {
		const { jobs } = workflow.parse(parse(await readFile(join('deploy', file), 'utf8')));
		const known = await readScripts();
		const steps = Object.values(jobs).flatMap(({ steps }) => steps);
		const commands = steps.flatMap((step) => (step.run === undefined ? [] : [step.run]));
		expect(commands.length).toBeGreaterThan(1);
		for (const command of commands) {
			const [, name] = /^npm run ([\w:]+)(?: -- \w+)?$/.exec(command) ?? [];
			if (command !== 'npm ci') expect(Object.keys(known), command).toContain(name);
		}
	},
);

describe('build-when-due.sh', () => {
	/** A newsroom in which "npm" writes down what it is asked for. */
	async function openNewsroom(): Promise<{
		root: string;
		tick: (environment?: Record<string, string>) => Promise<{ status: number; calls: string[] }>;
		say: (file: string, text: string) => Promise<void>;
	}> {
		const root = await folder();
		await mkdir(join(root, 'deploy'));
		await cp('deploy/build-when-due.sh', join(root, 'deploy/build-when-due.sh'));
		for (const name of ['content', 'public', 'src', 'state', 'bin']) await mkdir(join(root, name));
		for (const name of ['content/a.md', 'public/x', 'src/x', 'package-lock.json', 'next', 'build', 'pull'])
			await writeFile(join(root, name), '');
		await utimes(join(root, 'content/a.md'), 1e9, 1e9);
		await writeFile(
			join(root, 'bin/npm'),
			`#!/usr/bin/env bash\nprintf '%s\\n' "$*" >>calls\ncase $3 in build) exit "$(cat build)0" ;; next) cat next; [[ -s next ]] || exit 3 ;; esac\n`,
		);
		await writeFile(
			join(root, 'bin/git'),
			`#!/usr/bin/env bash\nprintf 'git %s\\n' "$*" >>calls\nexit "$(cat pull)0"\n`,
		);
		for (const name of ['npm', 'git']) await chmod(join(root, 'bin', name), 0o755);
		const say = (file: string, text: string) => writeFile(join(root, file), text);
		return {
			root,
			say,
			async tick(environment = {}) {
				await say('calls', '');
				const env = {
					...process.env,
					PATH: `${join(root, 'bin')}:${process.env['PATH'] ?? ''}`,
					STATE_DIRECTORY: join(root, 'state'),
					...environment,
				};
				const { status } = await runProgram('bash', [join(root, 'deploy/build-when-due.sh')], { env });
				const calls = (await readFile(join(root, 'calls'), 'utf8')).split('\n').filter((line) => line !== '');
				return { status, calls };
			},
		};
	}
	const built = ['run --silent build -- --quiet', 'run --silent next -- --json'];
	const inSeconds = (seconds: number) =>
		JSON.stringify({ at: new Date(Date.now() + seconds * 1000).toISOString(), file: 'x', what: 'publication' });
	const dueOf = async (root: string) =>
		Math.round(Number(await readFile(join(root, 'state/due'), 'utf8')) - Date.now() / 1000);

	test('builds at first, and then nothing until a file changes', async () => {
		const { tick, say, root } = await openNewsroom();
		expect(await tick()).toEqual({ status: 0, calls: built });
		expect(await tick()).toEqual({ status: 0, calls: [] });
		expect(await dueOf(root)).toBeGreaterThan(86_000);
		await new Promise((resolve) => setTimeout(resolve, 20));
		await say('content/b.md', 'x');
		expect(await tick()).toEqual({ status: 0, calls: built });
		expect(await tick()).toEqual({ status: 0, calls: [] });
	});

	test('follows content and comments that are elsewhere, and misses no folder that is not there', async () => {
		const { tick, say, root } = await openNewsroom();
		const elsewhere = { CONTENT_DIR: join(root, 'elsewhere'), COMMENTS_DIR: join(root, 'comments') };
		for (const path of Object.values(elsewhere)) await mkdir(path);
		await rm(join(root, 'public'), { recursive: true });
		expect((await tick(elsewhere)).calls).toEqual(built);
		for (const change of ['', 'elsewhere/a.md', '', 'comments/a.yaml', '', 'content/a.md']) {
			await new Promise((resolve) => setTimeout(resolve, 20));
			if (change !== '') await say(change, 'x');
			const isNews = /^(?:elsewhere|comments)/.test(change);
			expect([change, (await tick(elsewhere)).calls]).toEqual([change, isNews ? built : []]);
		}
	});

	test('builds when what editors have set is due', async () => {
		const { tick, say, root } = await openNewsroom();
		await say('next', inSeconds(600));
		await tick();
		expect(await dueOf(root)).toBeGreaterThan(590);
		expect(await dueOf(root)).toBeLessThan(601);
		expect((await tick()).calls).toEqual([]);
		await say('state/due', String(Math.floor(Date.now() / 1000)));
		expect((await tick()).calls).toEqual(built);
	});

	test('tries a build that has failed again when a file changes or an hour has passed, not each minute', async () => {
		const { tick, say, root } = await openNewsroom();
		await say('build', '1');
		expect((await tick()).status).not.toBe(0);
		expect(await tick()).toEqual({ status: 0, calls: [] });
		expect(await dueOf(root)).toBeGreaterThan(3590);
		await new Promise((resolve) => setTimeout(resolve, 20));
		await say('content/a.md', 'mended');
		await say('build', '');
		expect(await tick()).toEqual({ status: 0, calls: built });
	});

	test('publishes what is due also where nothing can be pulled, and says that it could not', async () => {
		const { tick, say } = await openNewsroom();
		await say('pull', '1');
		const { status, calls } = await tick({ BUILD_PULL: '1' });
		expect(status).not.toBe(0);
		expect(calls).toEqual(['git pull --quiet --ff-only', ...built]);
	});
});

describe('watch.sh', () => {
	/** @param programs what stands in the place of those of the computer, by their names */
	async function openWatch(
		shown: string,
		programs: Readonly<Record<string, string>> = {},
		scheme = 'http',
	): Promise<{ root: string; watch: () => Promise<{ status: number; output: string }> }> {
		const root = await folder();
		for (const name of ['deploy', 'dist', 'state', 'nginx', 'www/current', 'bin'])
			await mkdir(join(root, name), { recursive: true });
		await cp('deploy/watch.sh', join(root, 'deploy/watch.sh'));
		await writeFile(join(root, 'dist/edition.json'), 'the edition');
		await writeFile(join(root, 'state/due'), String(Math.floor(Date.now() / 1000) + 100));
		for (const name of ['maps', 'paper']) {
			await writeFile(join(root, `nginx/${name}.conf`), name);
			await writeFile(join(root, `www/current/nginx-${name}.conf`), name);
		}
		for (const [name, script] of Object.entries({ df: 'echo Use%; echo " 90%"', ...programs })) {
			await writeFile(join(root, 'bin', name), `#!/usr/bin/env bash\n${script}\n`);
			await chmod(join(root, 'bin', name), 0o755);
		}
		const server = createServer((request, response) =>
			response.writeHead(/^\/news\/(?:edition\.json|desk\/)$/.test(request.url ?? '') ? 200 : 404).end(shown),
		);
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		onTestFinished(() => void server.close());
		const address = server.address();
		const port = typeof address === 'object' && address ? address.port : 0;
		const env = {
			...process.env,
			PATH: `${join(root, 'bin')}:${process.env['PATH'] ?? ''}`,
			STATE_DIRECTORY: join(root, 'state'),
			ORIGIN: `${scheme}://127.0.0.1:${port}/news/`,
			NGINX: join(root, 'nginx'),
			WWW: join(root, 'www'),
			PATIENCE: '0',
		};
		return { root, watch: () => runProgram('bash', [join(root, 'deploy/watch.sh')], { env }) };
	}

	test('is content where readers get what was published', async () => {
		const { watch } = await openWatch('the edition', { systemctl: '[[ $* == *meridian.service* ]]' });
		expect(await watch()).toEqual({ status: 0, output: '' });
	});

	test('says what is late, what is not out and what is not installed', async () => {
		const { root, watch } = await openWatch('the edition before');
		await writeFile(join(root, 'state/due'), '1750000000');
		await writeFile(join(root, 'www/current/nginx-maps.conf'), 'newer');
		const { status, output } = await watch();
		expect(status).toBe(1);
		expect(output.split('\n').map((line) => line.slice(0, 30))).toEqual([
			'A build has been due since Sun',
			'Readers do not get the edition',
			`${root}/nginx/maps.conf`.slice(0, 30),
			'',
		]);
	});

	test('says that the desk does not answer, where it is to', async () => {
		const curl = '[[ $* == */news/desk/ ]] && exit 22; exec /usr/bin/curl "$@"';
		const { watch } = await openWatch('the edition', { curl, systemctl: '[[ $* == *meridian.service* ]]' });
		expect(await watch()).toEqual({ status: 1, output: 'The desk does not answer: systemctl status meridian\n' });
		const other = await openWatch('the edition', { curl, systemctl: 'exit 1' });
		expect(await other.watch()).toEqual({ status: 0, output: '' });
	});

	test.each([
		[9, 'The certificate ends within ten days, or could not be asked for: systemctl status certbot.timer'],
		[11, ''],
	])('of a certificate that ends in %d days says "%s"', async (days, told) => {
		const place = await folder();
		const [key, certificate] = [join(place, 'key'), join(place, 'certificate')];
		const kind = ['-x509', '-newkey', 'rsa:2048', '-nodes', '-days', String(days), '-subj', '/CN=localhost'];
		await run('openssl', ['req', ...kind, '-keyout', key, '-out', certificate]);
		const asked = `[[ $* == "s_client -connect 127.0.0.1:"*" -servername 127.0.0.1" ]] && exec cat ${certificate}`;
		const programs = {
			openssl: `${asked}\nexec /usr/bin/openssl "$@"`,
			curl: 'exec /usr/bin/curl "${@/#https:/http:}"',
		};
		const { watch } = await openWatch('the edition', programs, 'https');
		expect(await watch()).toEqual({ status: told === '' ? 0 : 1, output: told && `${told}\n` });
	});

	test('says that a certificate could not be asked for, and that a disk is nearly full', async () => {
		const { root, watch } = await openWatch(
			'the edition',
			{
				openssl: 'exit 1',
				curl: 'exec /usr/bin/curl "${@/#https:/http:}"',
				df: '[[ $* == "--output=pcent ." ]] && echo Use% && echo " 91%"',
			},
			'https',
		);
		const { status, output } = await watch();
		expect(status).toBe(1);
		expect(output.split('\n')).toEqual([
			expect.stringContaining('could not be asked for'),
			`The disk of ${root} is full to 91 %.`,
			'',
		]);
	});
});

test('notice.sh hands over what a unit has said, once an hour', async () => {
	const root = await folder();
	await mkdir(join(root, 'bin'));
	await writeFile(join(root, 'bin/journalctl'), '#!/usr/bin/env bash\necho "journal: $1"\n');
	await chmod(join(root, 'bin/journalctl'), 0o755);
	const env = {
		...process.env,
		PATH: `${join(root, 'bin')}:${process.env['PATH'] ?? ''}`,
		STATE_DIRECTORY: root,
		NOTICE: `cat >>${root}/told`,
	};
	for (const unit of ['a.service', 'a.service', 'b/../c.service']) await run('deploy/notice.sh', [unit], { env });
	const told = await readFile(join(root, 'told'), 'utf8');
	expect(told.match(/has failed/g)?.length).toBe(2);
	expect(told).toContain('journal: --unit=a.service');
});
