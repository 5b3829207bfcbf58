import { execFile, execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from '../../src/service/database.ts';
import { writeRecord } from '../../src/service/record.ts';
import { argumentsOf, peoplesEnvironment, readScripts } from '../support/build.ts';
import { toComment } from '../support/comments.ts';
import { emptyDatabase } from '../support/databases.ts';

const email = 'reader@example.org';
const record = '2025/06/a-story/seen.yaml';

let folder: string;
let comments: string;
let address: string;
let database: Database;
let remove: () => Promise<void>;
beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), 'desk-'));
	comments = join(folder, 'comments');
	await mkdir(comments);
	const empty = await emptyDatabase(folder);
	address = empty.address;
	remove = () => empty.remove();
	database = await openDatabase(address);
	const seen = toComment({ id: 'seen', email, name: 'Tom', text: 'What Tom thinks.', status: 'approved' });
	await database
		.insertInto('comments')
		.values([seen, toComment({ id: 'waiting', email })])
		.execute();
	await writeRecord(comments, seen);
});
afterEach(async () => {
	await database.destroy();
	await remove();
	await rm(folder, { recursive: true });
});

/** Runs `npm run desk -- …`, and returns its status with everything that it printed. */
async function desk(words: readonly string[], environment: Record<string, string> = {}): Promise<[number, string]> {
	const args = [...argumentsOf('desk', await readScripts()), ...words];
	const env = { ...peoplesEnvironment(), DATABASE_URL: address, COMMENTS_DIR: comments, ...environment };
	return new Promise((resolve) => {
		execFile(process.execPath, args, { env }, (error, stdout, stderr) =>
			resolve([error === null ? 0 : Number(error.code), stdout + stderr]),
		);
	});
}

const idsNow = async () =>
	(await database.selectFrom('comments').select('id').orderBy('id').execute()).map(({ id }) => id);
const filesNow = async () => (await readdir(comments, { recursive: true })).filter((name) => name.endsWith('.yaml'));

describe('npm run desk --', () => {
	it('backup and restore write an inbox into a file and put it back, in the place of another only where told to', async () => {
		const file = join(folder, 'comments.backup');
		const [status, output] = await desk(['backup', file]);
		expect([status, output]).toEqual([0, expect.stringMatching(/ has \d+ rows and 1 files\. .* keep it safe\.\n$/)]);
		await database.deleteFrom('comments').where('id', '=', 'seen').execute();
		await rm(join(comments, record));
		expect(await desk(['restore', file])).toEqual([1, expect.stringContaining('--replace')]);
		expect(await idsNow()).toEqual(['waiting']);
		const restored = await desk(['restore', file, '--replace']);
		expect(restored).toEqual([0, expect.stringContaining('are back. Publish the comments: npm run build')]);
		expect([await idsNow(), await filesNow()]).toEqual([['seen', 'waiting'], [record]]);
	});

	it('export-person prints what is kept, or writes it into a new file that its owner alone can read', async () => {
		const [status, output] = await desk(['export-person', email]);
		expect([status, JSON.parse(output)]).toEqual([0, expect.objectContaining({ files: [expect.anything()] })]);
		const file = join(folder, 'theirs.json');
		expect(await desk(['export-person', email, file])).toEqual([0, '']);
		expect(JSON.parse(await readFile(file, 'utf8'))).toEqual(JSON.parse(output));
		expect((await stat(file)).mode & 0o777).toBe(0o600);
		expect(await desk(['export-person', email, file])).toEqual([1, `${file} is there already. Name another file.\n`]);
	});

	it('forget-person removes what is kept, and with --keep-text leaves readers the published words', async () => {
		expect(await desk(['forget-person', email, '--keep-text'])).toEqual([
			0,
			expect.stringContaining('Comments removed: 1. Comments that readers still see, without a name: 1.'),
		]);
		const text = await readFile(join(comments, record), 'utf8');
		expect(text).toContain('What Tom thinks.');
		expect(text).not.toContain('name: Tom');
		expect(await desk(['forget-person', 'seen'])).toEqual([0, expect.stringContaining('Comments removed: 1.')]);
		expect([await idsNow(), await filesNow()]).toEqual([[], []]);
	});

	it('news prints the address of the feed, and another one from --renew on', async () => {
		const [status, first] = await desk(['news']);
		expect([status, first]).toEqual([0, expect.stringMatching(/^https:\/\/.*\/desk\/news\/[\w-]{22}\.xml\n$/)]);
		const [, renewed] = await desk(['news', '--renew']);
		expect(renewed).not.toBe(first);
		expect(await desk(['news'])).toEqual([0, renewed]);
	});

	it('sync pushes the comments, and pull takes over what is new elsewhere', async () => {
		const clone = join(folder, 'clone');
		const environment = {
			GIT_CONFIG_GLOBAL: '/dev/null',
			COMMENTS_DIR: join(clone, 'content/comments'),
			CONTENT_DIR: join(clone, 'content'),
		};
		const git = (...args: string[]) =>
			execFileSync('git', ['-c', 'user.name=Ann', '-c', 'user.email=ann@example.org', ...args], {
				cwd: folder,
				env: { ...peoplesEnvironment(), ...environment },
				encoding: 'utf8',
				stdio: 'pipe',
			});
		git('init', '--quiet', '--bare', '--initial-branch=main', 'remote');
		git('clone', '--quiet', 'remote', 'clone');
		await mkdir(environment.COMMENTS_DIR, { recursive: true });
		await writeFile(join(clone, 'content/article.md'), 'Before');
		git('-C', clone, 'add', '--all');
		git('-C', clone, 'commit', '--quiet', '--message=Begin');
		git('-C', clone, 'push', '--quiet', '--set-upstream', 'origin', 'HEAD:main');
		await writeFile(join(environment.COMMENTS_DIR, 'one.yaml'), 'name: One\n');
		const pushed = await desk(['sync'], environment);
		expect(pushed).toEqual([0, 'One comment’s file was committed and pushed.\n']);
		expect(git('-C', 'remote', 'show', 'main:content/comments/one.yaml')).toBe('name: One\n');
		git('-C', clone, 'reset', '--quiet', '--hard', 'HEAD~1');
		expect(await desk(['pull'], environment)).toEqual([0, 'What was new elsewhere is here.\n']);
		expect(await readFile(join(environment.COMMENTS_DIR, 'one.yaml'), 'utf8')).toBe('name: One\n');
	});

	it.each([
		[['restore'], 'restore FILE [--replace]'],
		[['backup', 'a', 'b'], 'backup FILE'],
		[['news', 'today'], 'news [--renew]'],
	])('%j is told how to be written', async (words, usage) => {
		expect(await desk(words)).toEqual([1, `Write it so: npm run desk -- ${usage}\n`]);
	});
});
