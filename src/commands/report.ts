import { resolve } from 'node:path';
import { count } from '../domain/count.ts';
import { toNewsroom } from '../domain/newsroom.ts';
import { type Report, toReport } from '../domain/report.ts';
import { findHeavyPages } from '../edition/heavy-pages.ts';
import { commentsFolder, contentFolder, readClock } from '../environment.ts';
import { readSoundContent } from '../loaders/newsroom.ts';
import { countWordsOf } from '../loaders/word-counts.ts';
import { runCommand } from './run.ts';
import { summariseTagReport } from './tag-report.ts';
import { refuseWords } from './wait.ts';

const help = `npm run report

Says what the newsroom has: articles and words a month, what is not published yet, articles that have not changed for a
year, pages of the edition in dist/ that come near the weight at which they take another round trip, and how much of what
"npm run tags" names. Nothing is changed.

  --json                       prints the same for programs: published, months (articles, words); drafts, scheduled,
                               unchanged (files); heavy (file, bytes, most; null without an edition); tags
  CLOCK=2025-06-16T12:00:00Z   reports as of that time instead of now
  CONTENT_DIR=folder           takes the content from another folder
  COMMENTS_DIR=folder          takes the comments from another folder than comments in that of the content
  OUT_DIR=folder               takes the edition from another folder`;

/** A longer list is cut short. */
const mostLines = 20;

await runCommand(
	help,
	async ({ words: others, flags }) => {
		refuseWords(others);
		const now = readClock();
		const circumstances = { now, publicFolder: resolve('public'), commentsFolder: commentsFolder() };
		const content = await readSoundContent(contentFolder(), circumstances);
		const heavy = await findHeavyPages(resolve(process.env['OUT_DIR'] ?? 'dist'));
		const report = toReport(toNewsroom(content, now), await countWordsOf(content.articles), heavy, now);
		const forPrograms = () => JSON.stringify({ ...report, heavy: heavy ?? null }, undefined, '\t');
		console.log(flags.has('json') ? forPrograms() : format(report));
	},
	['json'],
);

function format(report: Report): string {
	const { published, drafts, scheduled, months, unchanged, heavy, tags } = report;
	const most = Math.max(...months.map(({ articles }) => articles));
	const bar = (articles: number) => '█'.repeat(Math.ceil((articles / most) * 20)).padEnd(20);
	const average = published.articles === 0 ? 0 : Math.round(published.words / published.articles);
	return [
		`${count(published.articles, 'article')} published, ${count(published.words, 'word')}, ${average.toLocaleString('en')} each.`,
		...part(
			'Articles a month',
			months.map(({ month, articles, words }) => `${month} ${bar(articles)} ${articles}, ${count(words, 'word')}`),
		),
		...part('Drafts', drafts),
		...part(
			'Not published yet',
			scheduled.map(({ file, publishedAt }) => `${file}: ${publishedAt}`),
		),
		...part(
			'Not changed for a year',
			unchanged.map(({ file, changedAt }) => `${file}: ${changedAt}`),
		),
		...part(
			'Pages near or above the weight that comes at once',
			(heavy ?? []).map(({ file, bytes, most: limit }) => `${file}: ${bytes} of ${limit} bytes`),
		),
		...(heavy ? [] : ['No edition was found, so no page was weighed: build one with "npm run build".']),
		summariseTagReport(tags),
	].join('\n\n');
}

/** Returns a list with its title; nothing where it is empty. */
function part(title: string, lines: readonly string[]): string[] {
	if (lines.length === 0) return [];
	const rest = lines.length - mostLines;
	const shown = [...lines.slice(0, mostLines), ...(rest > 0 ? [`and ${rest} more, which --json names`] : [])];
	return [[`${title}: ${lines.length}`, ...shown.map((line) => `  ${line}`)].join('\n')];
}
