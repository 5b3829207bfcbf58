import { mkdir, readdir, readFile, realpath, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { layOutForServers, readSource } from '../../src/delivery/lay-out.ts';
import { hosts, prepareForHost } from '../../src/delivery/hosts.ts';
import { publish } from '../../src/edition/publish.ts';
import { rollBack } from '../../src/edition/rollback.ts';
import { openStore } from '../../src/edition/store.ts';
import { argumentsOf, peoplesEnvironment, readScripts } from '../support/build.ts';
import { start, makeTarget } from '../support/store.ts';
import { type Files, tinyEdition, writeEdition } from '../support/tiny-edition.ts';

const publishFiles = (target: string, files: Files) => publish(target, (folder) => writeEdition(folder, files));
const sourceOf = async (target: string) => readSource(await openStore(target));
const read = (...path: string[]) => readFile(join(...path), 'utf8');

/** Runs "npm run deliver". */
async function deliver(target: string, ...words: string[]): Promise<readonly [how: unknown, output: string]> {
	const env = { ...peoplesEnvironment(), OUT_DIR: target };
	const { how, output } = await start([...argumentsOf('deliver', await readScripts()), ...words], [], { env }).ended;
	return [how, output];
}

test('an edition is laid out for servers with its compressed forms, as links, and once', async () => {
	const target = await makeTarget();
	const www = join(dirname(target), 'www');
	await publishFiles(target, { ...tinyEdition('A'), '_astro/x.js': 'export {};'.repeat(50) });
	expect(await deliver(target, 'servers', www)).toEqual([0, expect.stringContaining(`${www}/current`)]);
	const files = join(www, 'current/files');
	expect(await readdir(files)).toEqual(
		expect.arrayContaining(['index.html', 'index.html.br', 'index.html.gz', 'edition.json']),
	);
	expect((await stat(join(files, 'index.html'))).ino).toBe((await stat(join(target, 'index.html'))).ino);
	expect(await read(www, 'nginx-redirects.map')).toContain(
		'"/tags/prc/" "/tags/china/";\n"/tags/prc" "/tags/china/";\n',
	);
	expect(await read(www, 'caddy-redirects')).toContain('"/tags/prc/" "/tags/china/"\n');
	expect((await deliver(target, 'servers', www))[1]).toContain('has the edition already');
	await writeFile(join(www, 'current/nginx-paper.conf'), '');
	expect((await deliver(target, 'servers', www))[1]).toContain('Servers find the edition');
	expect(await read(www, 'current/nginx-paper.conf')).toContain('/404.html');
	expect(await read(www, 'nginx-redirects.map')).toContain('/tags/prc/');
});

test('who watches which addresses lead on is told only when that changes', async () => {
	const target = await makeTarget();
	const www = join(dirname(target), 'www');
	const show = async (files: Files) => {
		await publishFiles(target, files);
		await layOutForServers(await sourceOf(target), www);
		return Promise.all(
			['nginx-redirects.map', 'caddy-redirects'].map(async (name) => (await stat(join(www, name))).ino),
		);
	};
	const first = await show(tinyEdition('A'));
	expect(await show(tinyEdition('B'))).toEqual(first);
	const { 'tags/prc/index.html': _, ...rest } = tinyEdition('C');
	const third = await show(rest);
	for (const [i, inode] of first.entries()) expect(third[i]).not.toBe(inode);
	expect(await read(www, 'nginx-redirects.map')).not.toContain('prc');
});

test('what pages may still want stays for two editions, and former editions come back whole', async () => {
	const target = await makeTarget();
	const www = join(dirname(target), 'www');
	for (const text of ['A', 'B']) {
		await publishFiles(target, {
			...tinyEdition(`${text}</p><img src="/_astro/${text}.png" alt=""><p>`),
			[`_astro/${text}.png`]: text,
		});
		await layOutForServers(await sourceOf(target), www);
	}
	expect((await readdir(join(www, 'current/files/_astro'))).sort()).toEqual(['A.png', 'B.png']);
	await rollBack(target);
	await layOutForServers(await sourceOf(target), www);
	expect(await read(www, 'current/files/index.html')).toContain('/_astro/A.png');
	expect((await readdir(www)).filter((name) => /^\d/.test(name)).length).toBe(2);
});

test('what a former edition has lost keeps no new one back', async () => {
	const target = await makeTarget();
	const www = join(dirname(target), 'www');
	const named = (text: string) => ({
		...tinyEdition(`${text}</p><img src="/_astro/${text}.png" alt=""><p>`),
		[`_astro/${text}.png`]: text,
	});
	await publishFiles(target, named('A'));
	await rm(join(await realpath(target), '_astro/A.png'));
	await publishFiles(target, named('B'));
	await layOutForServers(await sourceOf(target), www);
	expect(await readdir(join(www, 'current/files/_astro'))).toEqual(['B.png']);
});

test('a folder that holds something else is left alone', async () => {
	const target = await makeTarget();
	await publishFiles(target, tinyEdition());
	const other = join(dirname(target), 'other');
	await mkdir(other);
	await writeFile(join(other, 'precious.txt'), 'x');
	for (const kind of ['servers', 'netlify', 'cloudflare', 'changes']) {
		expect(await deliver(target, kind, other)).toEqual([
			1,
			expect.stringMatching(/holds something .*Choose another folder\.\n$/),
		]);
	}
	expect(await readdir(other)).toEqual(['precious.txt']);
	const before = await readdir(target);
	for (const kind of ['netlify', 'changes']) expect((await deliver(target, kind, target))[0]).toBe(1);
	expect(await readdir(target)).toEqual(before);
});

test('where nothing was published, or nothing is said, it says what to do', async () => {
	const target = await makeTarget();
	expect(await deliver(target, 'servers', 'x')).toEqual([
		1,
		expect.stringContaining('Build one with "npm run build".'),
	]);
	for (const words of [[], ['servers'], ['elsewhere', 'x'], ['constructor', 'x']])
		expect(await deliver(target, ...words)).toEqual([1, expect.stringContaining('Say where the edition is to go.')]);
});

/** Returns how a host takes rules. */
function hostOf(name: string): (typeof hosts)[string] {
	const host = hosts[name];
	if (!host) throw new Error(`There is no host ${name}.`);
	return host;
}

test('hosts get rules for addresses that lead on behind the newsroom’s own, as many as they take', async () => {
	const target = await makeTarget();
	const folder = join(dirname(target), 'hosted');
	const alias = tinyEdition()['tags/prc/index.html'] ?? '';
	await publishFiles(target, {
		...tinyEdition(),
		'tags/cn/index.html': alias,
		_redirects: '# Ours\n/old /about/ 301\n',
	});
	for (let round = 0; round < 2; round++)
		expect((await deliver(target, 'netlify', folder))[1]).toContain('and 2 rules for addresses that lead on.');
	const rulesOf = async () => (await read(folder, '_redirects')).replace(/^# Written .*\n/, '');
	expect(await rulesOf()).toBe('# Ours\n/old /about/ 301\n/tags/cn/ /tags/china/ 301!\n/tags/prc/ /tags/china/ 301!\n');
	expect(await read(target, '_redirects')).toBe('# Ours\n/old /about/ 301\n');
	expect(await readdir(folder)).not.toContain('index.html.br');
	const hosted = await prepareForHost(await sourceOf(target), folder, { ...hostOf('cloudflare'), rules: 2, files: 3 });
	expect(hosted).toMatchObject({
		rules: 1,
		warnings: [
			'The host takes 2 rules: 1 more addresses lead on by their pages alone.',
			expect.stringMatching(/^The edition has \d+ files; the host takes 3 for nothing\.$/),
		],
	});
	expect(await rulesOf()).toBe('# Ours\n/old /about/ 301\n/tags/cn/ /tags/china/ 301\n');
});

test('hosts get the rules first without which addresses of a former paper lead nowhere, and are told what is lost', async () => {
	const target = await makeTarget();
	const folder = join(dirname(target), 'hosted');
	await publishFiles(target, tinyEdition());
	const moved = new Map(
		['/a/', '/a', '/b/', '/b', '/?p=1', '/c.html'].map((address) => [address, '/2025/06/story/'] as const),
	);
	const rulesOf = async (host: string, rules: number) => {
		const source = { ...(await sourceOf(target)), moved };
		const { warnings } = await prepareForHost(source, folder, { ...hostOf(host), rules });
		const lines = (await read(folder, '_redirects')).split('\n').slice(1, -1);
		return [lines.map((line) => line.replace(/ .*/, '')), warnings];
	};
	expect(await rulesOf('netlify', 9)).toEqual([['/a/', '/b/', '/c.html', '/tags/prc/'], []]);
	expect(await rulesOf('cloudflare', 9)).toEqual([['/a/', '/b/', '/c.html', '/a', '/b', '/tags/prc/'], []]);
	expect(await rulesOf('cloudflare', 4)).toEqual([
		['/a/', '/b/', '/c.html', '/a'],
		[
			expect.stringMatching(/^The host takes 4 rules: 1 more addresses of the former paper lead nowhere\. /),
			'The host takes 4 rules: 1 more addresses lead on by their pages alone.',
		],
	]);
});

test('a copy for a host to which somebody has added something is left alone', async () => {
	const target = await makeTarget();
	const folder = join(dirname(target), 'hosted');
	await publishFiles(target, tinyEdition());
	const refusal = [1, expect.stringContaining('Choose another folder.')];
	expect((await deliver(target, 'cloudflare', folder))[0]).toBe(0);
	await writeFile(join(folder, 'netlify.toml'), '');
	expect(await deliver(target, 'cloudflare', folder)).toEqual(refusal);
	expect(await readdir(folder)).toContain('netlify.toml');
	const edition = await realpath(target);
	await writeFile(join(edition, '_redirects'), '');
	expect(await deliver(target, 'cloudflare', edition)).toEqual(refusal);
});

test('a disk that has no links to another gets copies, which are as old', async () => {
	const target = await makeTarget();
	await publishFiles(target, tinyEdition());
	const elsewhere = `/dev/shm/meridian-${process.pid}`;
	onTestFinished(() => rm(elsewhere, { recursive: true, force: true }));
	await layOutForServers(await sourceOf(target), elsewhere);
	const [copy, original] = [
		await stat(join(elsewhere, 'current/files/index.html')),
		await stat(join(target, 'index.html')),
	];
	expect(Math.abs(copy.mtimeMs - original.mtimeMs)).toBeLessThan(1);
	expect(copy.dev).not.toBe(original.dev);
});
