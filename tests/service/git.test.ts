import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { pullNewsroom, syncComments, watchNewsroom } from '../../src/service/git.ts';

let folder: string;
let here: string;
let there: string;
let comments: string;

beforeAll(() => {
	// Nothing of whoever runs the tests.
	vi.stubEnv('GIT_CONFIG_GLOBAL', '/dev/null');
	vi.stubEnv('GIT_CONFIG_NOSYSTEM', '1');
	for (const name of ['GIT_AUTHOR_EMAIL', 'GIT_AUTHOR_NAME', 'GIT_COMMITTER_EMAIL', 'GIT_COMMITTER_NAME', 'EMAIL'])
		vi.stubEnv(name, undefined);
});
afterAll(() => vi.unstubAllEnvs());

const git = (at: string, ...args: string[]) => execFileSync('git', args, { cwd: at, encoding: 'utf8', stdio: 'pipe' });
const asEditor = ['-c', 'user.name=Editor', '-c', 'user.email=editor@example.org'];

async function write(at: string, path: string, text: string): Promise<void> {
	await mkdir(dirname(join(at, path)), { recursive: true });
	await writeFile(join(at, path), text);
}

/** Publishes a change from the other clone. */
async function changeThere(path: string, text: string): Promise<void> {
	await write(there, path, text);
	git(there, 'add', '-A');
	git(there, ...asEditor, 'commit', '-qm', 'Change');
	git(there, 'push', '-q');
}

beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), 'git-'));
	[here, there] = [join(folder, 'here'), join(folder, 'there')];
	git(folder, 'init', '-q', '--bare', '-b', 'main', 'remote');
	git(folder, 'clone', '-q', 'remote', 'there');
	git(there, 'checkout', '-q', '-B', 'main');
	await write(there, 'content/articles/a.md', 'one\n\n\n\n\nlast\n');
	await write(there, 'content/comments/2025/06/a-story/old.yaml', 'name: Old\n');
	git(there, 'add', '-A');
	git(there, ...asEditor, 'commit', '-qm', 'Begin');
	git(there, 'push', '-q', '-u', 'origin', 'main');
	git(folder, 'clone', '-q', 'remote', 'here');
	comments = join(here, 'content/comments');
});
afterEach(() => rm(folder, { recursive: true }));

const newComment = 'content/comments/2025/06/a-story/new.yaml';
/** All that Git says of a clone. */
const stateOf = (at: string) => ({
	head: git(at, 'rev-parse', 'HEAD'),
	branch: git(at, 'symbolic-ref', 'HEAD'),
	status: git(at, 'status', '--porcelain=v2', '--branch', '--untracked-files=all'),
	stash: git(at, 'stash', 'list'),
	worktrees: git(at, 'worktree', 'list'),
});
const withoutDistance = (state: ReturnType<typeof stateOf>) => ({
	...state,
	status: state.status.replace(/# branch\.ab.*\n/, ''),
});
const published = (path: string) => git(join(folder, 'remote'), 'show', `main:${path}`);

describe('sync', () => {
	it('commits and pushes the comments that are new, changed and removed, and says so', async () => {
		await write(here, newComment, 'name: New\n');
		await rm(join(comments, '2025/06/a-story/old.yaml'));
		expect(await syncComments(comments)).toBe('2 comments’ files were committed and pushed.');
		expect(published(newComment)).toBe('name: New\n');
		expect(() => published('content/comments/2025/06/a-story/old.yaml')).toThrow();
		expect(git(here, 'status', '--porcelain')).toBe('');
	});

	it('says when nothing has changed, and makes no commit', async () => {
		const before = stateOf(here);
		expect(await syncComments(comments)).toBe('Comments have not changed.');
		expect(stateOf(here)).toEqual(before);
	});

	it('pushes what was committed before', async () => {
		await write(here, newComment, 'name: New\n');
		git(here, 'add', '-A');
		git(here, ...asEditor, 'commit', '-qm', 'By hand');
		expect(await syncComments(comments)).toContain('What was committed before was pushed.');
		expect(published(newComment)).toBe('name: New\n');
	});

	it('leaves other changes as they are, staged or not, whatever is new elsewhere', async () => {
		await changeThere('content/articles/b.md', 'two');
		await write(here, 'content/articles/a.md', 'mended');
		await write(here, 'content/articles/staged.md', 'staged');
		await write(here, 'content/articles/both.md', 'staged');
		git(here, 'add', 'content/articles/staged.md', 'content/articles/both.md');
		await write(here, 'content/articles/both.md', 'and more');
		await write(here, 'draft.md', 'untracked');
		const before = git(here, 'status', '--porcelain');
		await write(here, newComment, 'name: New\n');
		await write(here, 'content/comments/2025/06/a-story/.half.1', 'unfinished');
		expect(await syncComments(comments)).toBe(
			'One comment’s file was committed and pushed. What was new elsewhere is here.',
		);
		await rm(join(comments, '2025/06/a-story/.half.1'));
		expect(git(here, 'status', '--porcelain')).toBe(before);
		expect(git(here, 'show', '--name-only', '--format=', 'HEAD').trim()).toBe(newComment);
		expect(await readFile(join(here, 'content/articles/b.md'), 'utf8')).toBe('two');
		expect(await readFile(join(here, 'content/articles/both.md'), 'utf8')).toBe('and more');
		expect(git(here, 'show', ':content/articles/both.md')).toBe('staged');
		expect(git(here, 'rev-parse', 'HEAD')).toBe(git(here, 'rev-parse', 'origin/main'));
	});

	it('is signed by the paper where no name is set, and otherwise by that', async () => {
		await write(here, newComment, 'name: New\n');
		await syncComments(comments);
		expect(git(here, 'log', '-1', '--format=%an <%ae>').trim()).toBe('Meridian <editor@meridian.example.org>');
		git(here, 'config', 'user.name', 'Ana');
		git(here, 'config', 'user.email', 'ana@example.org');
		await write(here, newComment, 'name: Newer\n');
		await syncComments(comments);
		expect(git(here, 'log', '-1', '--format=%an <%ae>').trim()).toBe('Ana <ana@example.org>');
	});

	it('leaves all as it was where both sides have changed the same', async () => {
		await changeThere(newComment, 'name: Theirs\n');
		await write(here, newComment, 'name: Ours\n');
		const before = stateOf(here);
		await expect(syncComments(comments)).rejects.toThrow('Both sides have changed the same lines');
		expect(withoutDistance(stateOf(here))).toEqual(withoutDistance(before));
		expect(await readFile(join(here, newComment), 'utf8')).toBe('name: Ours\n');
		expect(published(newComment)).toBe('name: Theirs\n');
	});

	it('leaves all as it was where what is new elsewhere is being changed here', async () => {
		await changeThere('content/articles/a.md', 'theirs');
		await write(here, 'content/articles/a.md', 'ours');
		await write(here, newComment, 'name: New\n');
		const before = stateOf(here);
		await expect(syncComments(comments)).rejects.toThrow('Commit them first');
		expect(withoutDistance(stateOf(here))).toEqual(withoutDistance(before));
		expect(() => published(newComment)).toThrow();
	});

	it('leaves all as it was where the other side refuses', async () => {
		await write(join(folder, 'remote'), 'hooks/pre-receive', '#!/bin/sh\necho closed >&2\nexit 1\n');
		execFileSync('chmod', ['+x', join(folder, 'remote/hooks/pre-receive')]);
		await write(here, newComment, 'name: New\n');
		const before = stateOf(here);
		await expect(syncComments(comments)).rejects.toThrow('closed');
		expect(stateOf(here)).toEqual(before);
	});

	it('leaves all as it was where the other side is gone', async () => {
		await rm(join(folder, 'remote'), { recursive: true });
		await write(here, newComment, 'name: New\n');
		const before = stateOf(here);
		await expect(syncComments(comments)).rejects.toThrow('git fetch');
		expect(stateOf(here)).toEqual(before);
	});

	it('says what is missing without a repository, a branch elsewhere or a branch', async () => {
		await mkdir(join(folder, 'plain'));
		await expect(syncComments(join(folder, 'plain'))).rejects.toThrow('not in a Git repository');
		git(here, 'checkout', '-q', '-b', 'alone');
		await write(here, newComment, 'name: New\n');
		const before = stateOf(here);
		await expect(syncComments(comments)).rejects.toThrow('git push -u origin alone');
		expect(stateOf(here)).toEqual(before);
		git(here, 'checkout', '-q', '--detach');
		await expect(syncComments(comments)).rejects.toThrow('is on no branch');
	});
});

describe('pull', () => {
	it('brings what is new elsewhere, past comments that are not committed', async () => {
		await write(here, newComment, 'name: New\n');
		await changeThere('content/articles/b.md', 'two');
		expect(await pullNewsroom(join(here, 'content'))).toBe('What was new elsewhere is here.');
		expect(await readFile(join(here, 'content/articles/b.md'), 'utf8')).toBe('two');
		expect(await readFile(join(here, newComment), 'utf8')).toBe('name: New\n');
		expect(await pullNewsroom(join(here, 'content'))).toBe('Nothing is new elsewhere.');
	});

	it('lets what is here be built where the other side is gone, and says so', async () => {
		await rm(join(folder, 'remote'), { recursive: true });
		expect(await pullNewsroom(here)).toContain('Nothing could be taken over');
	});

	it('fails where both sides have changed the same, and leaves all as it was', async () => {
		await changeThere('content/articles/a.md', 'theirs');
		await write(here, 'content/articles/a.md', 'ours');
		git(here, ...asEditor, 'commit', '-qam', 'Ours');
		const before = stateOf(here);
		await expect(pullNewsroom(here)).rejects.toThrow('git pull --rebase');
		expect(withoutDistance(stateOf(here))).toEqual(withoutDistance(before));
	});
});

describe('watching a newsroom', () => {
	it('tells once of what is new elsewhere, and changes nothing', async () => {
		let told = 0;
		const log: string[] = [];
		const stop = watchNewsroom({
			folder: here,
			every: 30,
			onNews: () => (told += 1),
			log: (message) => void log.push(message),
		});
		try {
			await wait(300);
			expect(told).toBe(0);
			const before = stateOf(here);
			await changeThere('content/articles/b.md', 'two');
			await vi.waitFor(() => expect(told).toBe(1), 5000);
			await wait(300);
			expect(told).toBe(1);
			expect(stateOf(here)).toEqual(before);
			await rm(join(folder, 'remote'), { recursive: true });
			await vi.waitFor(() => expect(log).toHaveLength(1), 5000);
			await wait(300);
			expect(log).toHaveLength(1);
		} finally {
			stop();
		}
	});
});
