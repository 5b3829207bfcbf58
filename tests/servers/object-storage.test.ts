import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { publish } from '../../src/edition/publish.ts';
import { peoplesEnvironment } from '../support/build.ts';
import { installPackages, runProgram } from '../support/debian.ts';
import { tinyEdition, writeEdition } from '../support/tiny-edition.ts';
import { openFolder } from '../support/web-servers.ts';

beforeAll(() => installPackages({ '/usr/bin/rclone': 'rclone' }));

test('object-storage.sh sends what has changed, and names the addresses that a CDN should forget', async () => {
	const root = await openFolder('store');
	onTestFinished(() => rm(root, { recursive: true }));
	const [dist, bucket] = [join(root, 'dist'), join(root, 'bucket')];
	await mkdir(bucket);
	await writeFile(join(root, 'rclone.conf'), '');
	const send = async (text: string) => {
		await publish(dist, (folder) => writeEdition(folder, { ...tinyEdition(text), [`more-${text}.txt`]: text }));
		const env = { ...peoplesEnvironment(), OUT_DIR: dist, RCLONE_CONFIG: join(root, 'rclone.conf') };
		return runProgram('deploy/object-storage.sh', [bucket], { env });
	};
	expect((await send('A')).output.split('\n')).toEqual(
		expect.arrayContaining(['/', '/more-A.txt', '/tags/china/', '/edition.json']),
	);
	expect(await readFile(join(bucket, 'index.html'), 'utf8')).toBe(tinyEdition('A')['index.html']);
	expect(await send('B')).toEqual({ status: 0, output: '/more-B.txt\n/\n/more-A.txt\n/edition.json\n' });
	expect(await readFile(join(bucket, 'index.html'), 'utf8')).toBe(tinyEdition('B')['index.html']);
	await expect(readFile(join(bucket, 'more-A.txt'))).rejects.toThrow('ENOENT');
	expect(await readFile(join(bucket, 'edition.json'), 'utf8')).toBe(await readFile(join(dist, 'edition.json'), 'utf8'));
	expect(await send('B')).toEqual({ status: 0, output: '' });
});
