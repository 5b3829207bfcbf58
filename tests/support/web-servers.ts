import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { installPackages, runProgram } from './debian.ts';
import { ask } from './serve.ts';

const run = promisify(execFile);

/** A web server that runs with a recipe of `deploy/`. */
export interface WebServer {
	/** `https://localhost:49152`. */
	origin: string;
	/** The address at which it answers without encryption, if it does. */
	plainOrigin: string;
	/** Checks the configuration as the server itself does. */
	check(): Promise<{ status: number; output: string }>;
	/** Lets it read its configuration anew, as after each publication. */
	reload(): Promise<void>;
	/** Returns what it has written down of its complaints. */
	complaints(): Promise<string>;
	stop(): Promise<void>;
}

interface Place {
	/** What "npm run deliver -- servers" has laid out. */
	www: string;
	/** Where the comment service listens. */
	servicePort: number;
}

/** Returns a folder that the user of a web server can read too. */
export async function openFolder(name: string): Promise<string> {
	const folder = await mkdtemp(join(tmpdir(), `meridian-${name}-`));
	await chmod(folder, 0o755);
	return folder;
}

/** Returns three ports that are free, each another. */
async function freePorts(): Promise<[number, number, number]> {
	const servers = [createServer(), createServer(), createServer()] as const;
	const [a, b, c] = servers;
	const ports: [number, number, number] = [await openPort(a), await openPort(b), await openPort(c)];
	for (const server of servers) {
		server.close();
		await once(server, 'close');
	}
	return ports;
}

async function openPort(server: Server): Promise<number> {
	await once(server.listen(0, '127.0.0.1'), 'listening');
	const address = server.address();
	return typeof address === 'object' && address ? address.port : 0;
}

/** Changes what the recipes say that a newsroom changes. @throws Error where a recipe does not have it */
async function fillIn(recipe: string, changes: Readonly<Record<string, string>>): Promise<string> {
	let text = await readFile(recipe, 'utf8');
	for (const [from, to] of Object.entries(changes)) {
		if (!text.includes(from)) throw new Error(`${recipe} has no "${from}".`);
		text = text.replaceAll(from, to);
	}
	return text;
}

async function untilUp(child: ChildProcess, origin: string, output: () => string): Promise<void> {
	for (let attempt = 0; ; attempt++) {
		const isUp = await ask({ origin }, '/').then(
			() => true,
			() => false,
		);
		if (isUp) return;
		if (child.exitCode !== null || attempt === 100) {
			child.kill();
			throw new Error(`The server did not start:\n${output()}`);
		}
		await delay(100);
	}
}

function launch(
	program: string,
	args: readonly string[],
	env: NodeJS.ProcessEnv,
): { child: ChildProcess; output: () => string } {
	const child = spawn(program, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
	let output = '';
	for (const stream of [child.stdout, child.stderr])
		stream.on('data', (data: Buffer) => {
			output = (output + data.toString()).slice(-10_000);
		});
	return { child, output: () => output };
}

async function end(child: ChildProcess, folder: string): Promise<void> {
	if (child.exitCode === null) {
		const ended = once(child, 'exit');
		child.kill('SIGTERM');
		await ended;
	}
	await rm(folder, { recursive: true });
}

const brotli = '/usr/lib/nginx/modules/ngx_http_brotli_static_module.so';
const nginxPackages = {
	'/usr/sbin/nginx': 'nginx',
	[brotli]: 'libnginx-mod-http-brotli-static',
	'/usr/bin/openssl': 'openssl',
};

/** Writes a configuration as Debian has it around a site. Returns with which arguments nginx reads it. */
async function writeNginx(folder: string, site: string): Promise<string[]> {
	const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
	const main = `
		daemon off;
		worker_processes auto;
		pid ${folder}/pid;
		error_log ${folder}/error.log;
		include /etc/nginx/modules-enabled/*.conf;
		events { worker_connections 768; }
		http {
			sendfile on;
			tcp_nopush on;
			types_hash_max_size 2048;
			include /etc/nginx/mime.types;
			default_type application/octet-stream;
			access_log off;
			gzip on;
			${temporary.map((name) => `${name}_temp_path ${folder}/${name};`).join(' ')}
			include site.conf;
		}`;
	await writeFile(join(folder, 'nginx.conf'), main);
	await writeFile(join(folder, 'site.conf'), site);
	return ['-e', `${folder}/error.log`, '-c', `${folder}/nginx.conf`];
}

async function launchNginx(folder: string, args: readonly string[], origin: string): Promise<ChildProcess> {
	const { child, output } = launch('/usr/sbin/nginx', args, process.env);
	await untilUp(child, origin, output).catch(async (error: unknown) => {
		throw new Error(`${String(error)}\n${await readFile(`${folder}/error.log`, 'utf8').catch(() => '')}`);
	});
	return child;
}

/** Starts nginx with the recipe of `deploy/nginx`. @param isPlain true where it answers without encryption, to be measured */
export async function startNginx({ www, servicePort }: Place, isPlain = false): Promise<WebServer> {
	await installPackages(nginxPackages);
	const folder = await openFolder('nginx');
	const [port, plainPort] = await freePorts();
	await makeCertificate(folder);
	const ssl = isPlain ? '' : ' ssl http2';
	const site = await fillIn('deploy/nginx/meridian.conf', {
		'listen 80;': `listen 127.0.0.1:${plainPort};`,
		'listen [::]:80;': `listen 127.0.0.2:${plainPort};`,
		'listen 443 ssl http2;': `listen 127.0.0.1:${port}${ssl};`,
		'listen [::]:443 ssl http2;': `listen 127.0.0.2:${port}${ssl};`,
		'/etc/letsencrypt/live/meridian.example.org': folder,
		'/var/log/nginx/error.log': join(folder, 'service.log'),
		'127.0.0.1:4321': `127.0.0.1:${servicePort}`,
	});
	// As deploy/README.md has it, by root.
	await mkdir(join(folder, 'meridian'));
	for (const name of ['maps', 'paper'])
		await run('install', ['-m', '644', `${www}/current/nginx-${name}.conf`, `${folder}/meridian/${name}.conf`]);
	const args = await writeNginx(folder, site);
	const origin = `${isPlain ? 'http' : 'https'}://127.0.0.1:${port}`;
	const child = await launchNginx(folder, args, origin);
	return {
		origin,
		plainOrigin: `http://127.0.0.1:${plainPort}`,
		check: () => runProgram('/usr/sbin/nginx', ['-t', ...args]),
		async reload() {
			child.kill('SIGHUP');
			await delay(300);
		},
		complaints: async () =>
			(
				await Promise.all(
					['error.log', 'service.log'].map((log) => readFile(join(folder, log), 'utf8').catch(() => '')),
				)
			).join(''),
		stop: () => end(child, folder),
	};
}

/** Starts nginx as Debian installs it, with a page of the given bytes. */
export async function startPlainNginx(page: Uint8Array): Promise<Pick<WebServer, 'origin' | 'stop'>> {
	await installPackages(nginxPackages);
	const folder = await openFolder('default');
	const [port] = await freePorts();
	await writeFile(join(folder, 'index.html'), page);
	const site = await fillIn('/etc/nginx/sites-available/default', {
		'listen 80 default_server;': `listen 127.0.0.1:${port};`,
		'listen [::]:80 default_server;': '',
		'root /var/www/html;': `root ${folder};`,
	});
	const origin = `http://127.0.0.1:${port}`;
	const child = await launchNginx(folder, await writeNginx(folder, site), origin);
	return { origin, stop: () => end(child, folder) };
}

async function makeCertificate(folder: string): Promise<void> {
	const files = ['-keyout', join(folder, 'privkey.pem'), '-out', join(folder, 'fullchain.pem')];
	const kind = ['-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=localhost'];
	await run('openssl', ['req', ...kind, ...files]);
}

/** Starts Caddy with the recipe of `deploy/caddy`. */
export async function startCaddy({ www, servicePort }: Place): Promise<WebServer> {
	await installPackages({ '/usr/bin/caddy': 'caddy' });
	const folder = await openFolder('caddy');
	const [port, plainPort, adminPort] = await freePorts();
	const site = await fillIn('deploy/caddy/Caddyfile', {
		// To "localhost" Caddy gives a certificate of its own.
		'meridian.example.org {': `https://localhost:${port} {\nbind 127.0.0.1`,
		'/srv/meridian/www': www,
		'127.0.0.1:4321': `127.0.0.1:${servicePort}`,
	});
	const main = `{
		admin 127.0.0.1:${adminPort}
		http_port ${plainPort}
		https_port ${port}
		skip_install_trust
		default_sni localhost
	}
	import site`;
	await writeFile(join(folder, 'site'), site);
	const config = join(folder, 'Caddyfile');
	await writeFile(config, main);
	const env = { ...process.env, HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder };
	const args = ['--config', config, '--adapter', 'caddyfile'];
	const { child, output } = launch('/usr/bin/caddy', ['run', ...args], env);
	const origin = `https://localhost:${port}`;
	await untilUp(child, origin, output);
	return {
		origin,
		plainOrigin: `http://localhost:${plainPort}`,
		check: () => runProgram('/usr/bin/caddy', ['validate', ...args], { env }),
		reload: async () =>
			void (await run('/usr/bin/caddy', ['reload', ...args, '--address', `127.0.0.1:${adminPort}`], { env })),
		complaints: () => Promise.resolve(output()),
		stop: () => end(child, folder),
	};
}
