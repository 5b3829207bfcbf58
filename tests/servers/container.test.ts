import { chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { z } from 'astro/zod';
import { expect, onTestFinished, test } from 'vitest';
import { parse } from 'yaml';
import { openWorkshop, peoplesEnvironment } from '../support/build.ts';
import { runProgram } from '../support/debian.ts';
import { openFolder } from '../support/web-servers.ts';

const compose = z.object({
	services: z.object({
		paper: z.object({
			build: z.object({ dockerfile: z.string() }),
			read_only: z.literal(true),
			tmpfs: z.array(z.string()),
			volumes: z.array(z.string()),
		}),
	}),
});
const { paper } = compose.parse(parse(await readFile('deploy/container/compose.yaml', 'utf8'))).services;
const image = await readFile(paper.build.dockerfile, 'utf8');

/** Folders of the paper that can be written in the container, relative to it. */
const writable = [
	...paper.tmpfs.map((entry) => entry.split(':')[0]),
	...paper.volumes.map((entry) => entry.split(':')[1]),
]
	.filter((path) => path?.startsWith('/paper/'))
	.map((path) => posix.relative('/paper', path ?? ''));

test('the image has every folder that is mounted, and a user without rights', () => {
	expect(writable.length).toBeGreaterThan(3);
	const [, made = ''] = /mkdir -p (.*?) &&/.exec(image) ?? [];
	for (const folder of writable) expect(made.split(' ')).toContain(folder);
	expect(image).toMatch(/^USER node$/m);
});

test('the paper is built and served where nothing but the folders of the container can be written', async () => {
	const workshop = await openWorkshop('content');
	const edition = await openFolder('edition');
	onTestFinished(async () => {
		await workshop.remove();
		await rm(edition, { recursive: true });
	});
	await chmod(edition, 0o777);
	await chmod(workshop.folder, 0o755);
	const isRoot = process.getuid?.() === 0;
	const asUser = isRoot ? 'setpriv --reuid=65534 --regid=65534 --clear-groups --no-new-privs' : '';
	const modules = join(process.cwd(), 'node_modules');
	for (const folder of writable.filter((path) => !path.startsWith('node_modules/')))
		await mkdir(join(workshop.folder, folder), { recursive: true });
	await mkdir(join(modules, '.vite'), { recursive: true });
	const script = `
		set -e
		for folder in ${workshop.folder} ${modules}; do
			mount --bind $folder $folder
			mount -o remount,ro,bind $folder
		done
		cd ${workshop.folder}
		for folder in ${writable.join(' ')}; do mount -t tmpfs -o mode=1777 tmpfs $folder; done
		if ${asUser} touch package.json 2>/dev/null; then echo "It can be written."; exit 1; fi
		export OUT_DIR=${edition}/dist
		${asUser} node --import ./src/commands/check-node.mjs src/commands/build.ts --quiet
		PORT=0 ${asUser} node --import ./src/commands/check-node.mjs src/commands/start.ts >${edition}/said &
		for i in $(seq 100); do grep -q "Press Ctrl" ${edition}/said && break; sleep 0.3; done
		kill $!; wait $! || true
		cat ${edition}/said`;
	await writeFile(join(edition, 'script'), script);
	const unshare = isRoot ? ['--mount'] : ['--map-root-user', '--mount'];
	const { status, output } = await runProgram('unshare', [...unshare, 'bash', join(edition, 'script')], {
		cwd: workshop.folder,
		env: { ...peoplesEnvironment(), HOME: edition },
	});
	expect(output).toContain('Press Ctrl+C to stop.');
	expect(status).toBe(0);
	expect(await readFile(join(edition, 'dist/index.html'), 'utf8')).toContain('<h1');
});
