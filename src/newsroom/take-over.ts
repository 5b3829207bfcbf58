import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gitIn } from '../git.ts';
import { ownPaths } from './start-over.ts';

/**
 * Takes over a later version of the program by a merge, in which everything that the newsroom owns stays as it is.
 * @param root of the project
 * @param version a branch, tag or commit that Git knows
 * @returns what happened, in a sentence
 * @throws Error where the newsroom has changed the program itself in the same places: which files; nothing has changed then
 */
export async function takeOver(root: string, version: string): Promise<string> {
	const git = gitIn(root);
	if ((await git('status', '--porcelain', '--untracked-files=no')) !== '')
		throw new Error('There are changes that Git does not have. Commit them first.');
	const theirs = await git('rev-parse', '--verify', '--quiet', `${version}^{commit}`).catch(() => {
		throw new Error(`Git knows no version "${version}". Fetch it first: git fetch upstream`);
	});
	if ((await git('rev-list', '--count', `HEAD..${theirs}`)) === '0') return 'This version is here already.';
	const base = await git('merge-base', 'HEAD', theirs).catch(() => {
		throw new Error(`${version} has no history in common with this newsroom.`);
	});
	const program = await withoutOwnChanges(root, base, theirs);
	try {
		await git('merge', '--quiet', '--no-ff', '--message', `Take over ${version}`, program);
	} catch (error) {
		const conflicts = await git('diff', '--name-only', '--diff-filter=U');
		// There is nothing to abort where the merge has not begun.
		await git('merge', '--abort').catch(() => undefined);
		if (conflicts === '') throw error;
		throw new Error(
			`The program was changed here and there in the same places, so nothing was taken over. Merge these files by hand:\n${conflicts}`,
			{ cause: error },
		);
	}
	return `${version} is taken over; ${ownPaths.join(', ')} are as they were. Go on with: npm ci && npm run build`;
}

/**
 * Returns a commit behind `theirs` that has what newsrooms own as it is in `base`: a merge finds no change of it there, and
 * so keeps that of the newsroom, whatever was removed or renamed on either side.
 */
async function withoutOwnChanges(root: string, base: string, theirs: string): Promise<string> {
	const folder = await mkdtemp(join(tmpdir(), 'take-over-'));
	try {
		const git = gitIn(root, [], { GIT_INDEX_FILE: join(folder, 'index') });
		await git('read-tree', theirs);
		await git('rm', '-r', '--cached', '--force', '--quiet', '--ignore-unmatch', '--', ...ownPaths);
		for (const path of ownPaths) {
			const [mode = '', kind, object = ''] = (await git('ls-tree', base, '--', path)).split(/\s/);
			if (kind === 'tree') await git('read-tree', `--prefix=${path}/`, object);
			else if (kind === 'blob') await git('update-index', '--add', '--cacheinfo', `${mode},${object},${path}`);
		}
		const tree = await git('write-tree');
		return await git('commit-tree', tree, '-p', theirs, '-m', 'Leave what a newsroom owns as it was');
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}
