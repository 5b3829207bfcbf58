import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Git, GitError, gitIn } from '../git.ts';
import { site } from '../site.ts';

/** A branch that follows one elsewhere. */
interface Place {
	git: Git;
	branch: string;
	remote: string;
	/** How the other branch is called there: `refs/heads/main`. */
	target: string;
}

/** Says what is missing where a folder's branch follows none elsewhere. */
async function findPlace(folder: string): Promise<Place> {
	const plain = gitIn(folder);
	const ask = (...args: string[]) => plain(...args).catch(() => '');
	if ((await ask('rev-parse', '--is-inside-work-tree')) !== 'true')
		throw new Error(`${folder} is not in a Git repository, or Git is not installed.`);
	const branch = await ask('symbolic-ref', '--short', '--quiet', 'HEAD');
	if (branch === '') throw new Error(`${folder} is on no branch. Check one out, and finish what Git is at.`);
	if ((await ask('rev-parse', '--verify', '--quiet', 'HEAD')) === '')
		throw new Error(`${folder} has no commit yet. Make the first and push it.`);
	const remote = await ask('config', `branch.${branch}.remote`);
	const target = await ask('config', `branch.${branch}.merge`);
	if (remote === '' || target === '')
		throw new Error(
			`The branch ${branch} of ${folder} follows none elsewhere. Name one: git remote add origin ADDRESS, then git push -u origin ${branch}`,
		);
	const isKnown = process.env['GIT_AUTHOR_EMAIL'] !== undefined || (await ask('config', 'user.email')) !== '';
	const identity = isKnown ? [] : ['-c', `user.name=${site.title}`, '-c', `user.email=${site.editorEmail}`];
	return { git: gitIn(folder, identity), branch, remote, target };
}

/**
 * Commits what has changed in the comments' folder, and nothing else, takes over what is new elsewhere, and pushes. Other
 * changes stay as they are, staged or not.
 * @param folder where comments lie as files
 * @returns what happened, in a sentence
 * @throws Error where there is no place to push to, or both sides have changed the same; all is as it was then
 */
export async function syncComments(folder: string): Promise<string> {
	await mkdir(folder, { recursive: true });
	const place = await findPlace(folder);
	const { git } = place;
	const before = await git('rev-parse', 'HEAD');
	try {
		const count = await commitComments(git);
		const outcome = await integrate(place, (ours) => git('push', '--quiet', place.remote, `${ours}:${place.target}`));
		return describe(count, outcome);
	} catch (error) {
		if ((await git('rev-parse', 'HEAD')) !== before) await git('reset', '--quiet', '--soft', before);
		await git('reset', '--quiet', '--', '.');
		throw error;
	}
}

function describe(count: number, { isNew, hasPushed }: Outcome): string {
	const news = isNew ? ' What was new elsewhere is here.' : '';
	if (count > 0) return `${toCount(count)} committed and pushed.${news}`;
	return `Comments have not changed.${hasPushed ? ' What was committed before was pushed.' : ''}${news}`;
}

function toCount(count: number): string {
	return count === 1 ? 'One comment’s file was' : `${count} comments’ files were`;
}

/** Comments, but for files that are being written. */
const commentsAlone = ['--', '.', ':(exclude,glob)**/.*'];

/** @returns how many files have changed */
async function commitComments(git: Git): Promise<number> {
	await git('add', '--all', ...commentsAlone);
	const changed = await git('diff', '--cached', '--name-only', '-z', ...commentsAlone);
	const count = changed.split('\0').filter((name) => name !== '').length;
	if (count > 0) await git('commit', '--quiet', '--only', '-m', 'Publish comments', ...commentsAlone);
	return count;
}

/**
 * Takes over what is new elsewhere into a newsroom that a service builds from.
 * @param folder in the newsroom's repository
 * @returns what happened, in a sentence; where the other side cannot be reached too, since what is here can be built
 * @throws Error where both sides have changed the same; all is as it was then
 */
export async function pullNewsroom(folder: string): Promise<string> {
	const { isNew, failure } = await integrate(await findPlace(folder)).then(
		(head) => ({ ...head, failure: undefined }),
		(error: unknown) => {
			if (error instanceof GitError) return { isNew: false, failure: error.message };
			throw error;
		},
	);
	if (failure !== undefined) return `Nothing could be taken over from elsewhere: ${failure}`;
	return isNew ? 'What was new elsewhere is here.' : 'Nothing is new elsewhere.';
}

interface Outcome {
	/** Whether something from elsewhere has come. */
	isNew: boolean;
	hasPushed: boolean;
}

/**
 * Puts our commits behind those from elsewhere, in a folder of its own, so that other changes are not in the way.
 * @param push takes the outcome elsewhere, before it is here
 */
async function integrate(
	{ git, branch, remote, target }: Place,
	push?: (ours: string) => Promise<unknown>,
): Promise<Outcome> {
	const before = await git('rev-parse', 'HEAD');
	await git('fetch', '--quiet', remote, target);
	const theirs = await git('rev-parse', 'FETCH_HEAD');
	const isNew = (await git('rev-list', '--count', `HEAD..${theirs}`)) !== '0';
	const ours = isNew ? await rebase(git, before, theirs) : before;
	if (isNew) await checkRoom(git, ours);
	const hasPushed = push !== undefined && ours !== theirs;
	if (hasPushed) await push(ours);
	if (isNew) await git('checkout', '--quiet', '-B', branch, ours);
	return { isNew, hasPushed };
}

/** @returns the last commit of ours, once all stand behind theirs */
async function rebase(git: Git, ours: string, theirs: string): Promise<string> {
	const folder = await mkdtemp(join(tmpdir(), 'meridian-git-'));
	try {
		await git('worktree', 'add', '--quiet', '--detach', folder, ours);
		await git('-C', folder, 'rebase', '--quiet', theirs).catch((error: unknown) => {
			throw new Error('Both sides have changed the same lines. Mend it by hand: git pull --rebase', { cause: error });
		});
		return await git('-C', folder, 'rev-parse', 'HEAD');
	} finally {
		await git('worktree', 'remove', '--force', folder).catch(() => undefined);
		await rm(folder, { recursive: true, force: true });
	}
}

/** @throws Error where a file that is to change has changes that are not committed */
async function checkRoom(git: Git, head: string): Promise<void> {
	// Without it, files whose times alone have changed would count.
	await git('update-index', '-q', '--refresh').catch(() => undefined);
	await git('read-tree', '--dry-run', '-m', '-u', 'HEAD', head).catch((error: unknown) => {
		throw new Error('What is new elsewhere changes files that have changes here. Commit them first.', { cause: error });
	});
}

/** Returns what a service that builds for itself runs before each build. */
export function pullCommands(): readonly (readonly [program: string, ...args: string[]])[] {
	return [[process.execPath, '--import', './src/commands/check-node.mjs', 'src/commands/desk.ts', 'pull']];
}

interface Watch {
	/** In the newsroom's repository. */
	folder: string;
	/** In milliseconds. */
	every: number;
	/** Is called once something is new elsewhere. */
	onNews: () => void;
	/** Is told of the first of failures that follow each other. */
	log: (message: string) => void;
}

/** Looks again and again whether something is new elsewhere, and changes nothing here. @returns what ends that */
export function watchNewsroom({ folder, every, onNews, log }: Watch): () => void {
	let told = '';
	let isFailing = false;
	let isAtWork = false;
	const look = async () => {
		if (isAtWork) return;
		isAtWork = true;
		try {
			const { git, remote, target } = await findPlace(folder);
			const [theirs = ''] = (await git('ls-remote', '--exit-code', remote, target)).split('\t');
			const isHere = (await git('merge-base', '--is-ancestor', theirs, 'HEAD').catch(() => 'no')) === '';
			if (!isHere && told !== theirs) onNews();
			told = theirs;
			isFailing = false;
		} catch (error) {
			if (!isFailing) log(error instanceof Error ? error.message : String(error));
			isFailing = true;
		}
		isAtWork = false;
	};
	const timer = setInterval(() => void look(), every).unref();
	return () => clearInterval(timer);
}
