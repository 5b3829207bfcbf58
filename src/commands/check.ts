import { watch } from 'node:fs/promises';
import { resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { count } from '../domain/count.ts';
import { byPlace, ContentError, formatProblem, type Problem } from '../domain/problems.ts';
import {
	commentsFolder,
	contentFolder,
	digestOfProgram,
	digestOfText,
	newsroomFolders,
	readClock,
} from '../environment.ts';
import { openArticleThreads } from '../loaders/article-threads.ts';
import { keepArticles, readKept } from '../loaders/kept-articles.ts';
import { readContent } from '../loaders/newsroom.ts';
import { runCommand } from './run.ts';
import { refuseWords } from './wait.ts';

const help = `npm run check

Checks everything in content/ as a build does, without building: names each mistake as file:line:column, with what was
found and how to mend it. Ends with status 1 where there is one.

  -- --watch                   checks again whenever something is saved
  CLOCK=2025-06-16T12:00:00Z   checks for that time instead of now
  CONTENT_DIR=folder           takes the content from another folder
  COMMENTS_DIR=folder          takes the comments from another folder than comments in that of the content`;

/** In milliseconds: what is saved together is checked together. */
const pause = 100;

await runCommand(
	help,
	async ({ words: others, flags }) => {
		refuseWords(others);
		const check = await checker();
		if (flags.has('watch')) await checkOnChange(check);
		else if (!(await check())) process.exitCode = 1;
	},
	['watch'],
);

/** Returns what checks the content and says what it has found; sound articles that have not changed are not read again. */
async function checker(): Promise<() => Promise<boolean>> {
	const rules = await digestOfProgram(process.cwd());
	const kept = resolve('.cache/checked', `${digestOfText(contentFolder())}.json`);
	let former = await readKept(kept);
	return async () => {
		let readAnew = 0;
		const circumstances = {
			now: readClock(),
			publicFolder: resolve('public'),
			commentsFolder: commentsFolder(),
			rules,
			former(id: string, digest: string) {
				const article = former(id, digest);
				if (!article) readAnew++;
				return article;
			},
		};
		const threads = openArticleThreads();
		try {
			const { share } = threads;
			const { articles, problems } = await readContent(contentFolder(), { ...circumstances, share });
			const isSound = tell(problems, articles.length);
			if (readAnew > 0) former = await keepArticles(kept, articles);
			return isSound;
		} catch (error) {
			if (error instanceof ContentError) return tell(error.problems, 0);
			throw error;
		} finally {
			await threads.end();
		}
	};
}

function tell(problems: readonly Problem[], articles: number): boolean {
	for (const problem of [...problems].sort(byPlace))
		console.error(formatProblem({ ...problem, line: problem.line ?? 1, column: problem.column ?? 1 }));
	const files = new Set(problems.map(({ file }) => file)).size;
	if (files === 0) console.log(`${count(articles, 'article')} and all around them can be published.`);
	else console.error(`\n${count(problems.length, 'mistake')} in ${count(files, 'file')}.`);
	return files === 0;
}

/** Checks now and whenever something below the newsroom's folders changes, until the process is told to end. */
async function checkOnChange(check: () => Promise<boolean>): Promise<void> {
	let isDue = false;
	let running: Promise<void> | undefined;
	const run = async () => {
		while (isDue) {
			await delay(pause);
			isDue = false;
			await check().catch((error: unknown) => console.error(error instanceof Error ? error.message : error));
			console.log('Checking again whenever something is saved. Press Ctrl+C to stop.\n');
		}
		running = undefined;
	};
	const begin = () => {
		isDue = true;
		running ??= run();
	};
	const follow = async (folder: string) => {
		for await (const _ of watch(folder, { recursive: true })) begin();
	};
	const following = newsroomFolders().map(follow);
	begin();
	await Promise.all(following);
}
