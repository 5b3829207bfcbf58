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
	const before = await git('rev-parse', 'HEAD');
	if ((await git('status', '--porcelain', '--untracked-files=no')) !== '')
		throw new Error('There are changes that Git does not have. Commit them first.');
	const theirs = await git('rev-parse', '--verify', '--quiet', `${version}^{commit}`).catch(() => {
		throw new Error(`Git knows no version "${version}". Fetch it first: git fetch upstream`);
	});
	if ((await git('rev-list', '--count', `${before}..${theirs}`)) === '0') return 'This version is here already.';
	// Conflicts in what the newsroom owns are settled below.
	const failure = await git('merge', '--no-commit', '--no-ff', theirs).then(
		() => undefined,
		(error: unknown) => error,
	);
	if ((await git('rev-parse', '--verify', '--quiet', 'MERGE_HEAD').catch(() => '')) === '') throw failure;
	await git('checkout', '--quiet', '--no-overlay', 'HEAD', '--', ...ownPaths);
	const conflicts = await git('diff', '--name-only', '--diff-filter=U');
	if (conflicts !== '') {
		await git('merge', '--abort');
		throw new Error(
			`The program was changed here and there in the same places. Merge these files by hand:\n${conflicts}`,
		);
	}
	await git('commit', '--quiet', '--message', `Take over ${version}`);
	return `${version} is taken over; ${ownPaths.join(', ')} are as they were. Go on with: npm ci && npm run build`;
}
