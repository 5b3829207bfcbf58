import { resolve } from 'node:path';
import { formatMoment } from '../domain/dates.ts';
import { type ChangeKind, changesAfter, type ScheduledChange } from '../domain/schedule.ts';
import { commentsFolder, contentFolder, readClock } from '../environment.ts';
import { readSoundContent } from '../loaders/newsroom.ts';
import { toMoment } from '../schemas/moment.ts';
import { site } from '../site.ts';
import { runCommand } from './run.ts';
import { refuseWords } from './wait.ts';

const help = `npm run next

Says when the next change that editors have set for a time is due: that is when to build again, if nobody changes
the content before.

  --json                       prints at (a time in UTC), file and what (publication, retraction,
                               update, correction, comment, lead, pin); null where nothing is due
  CLOCK=2025-06-16T12:00:00Z   says what is due after that time instead of now
  CONTENT_DIR=folder           takes the content from another folder
  COMMENTS_DIR=folder          takes the comments from another folder than comments in that of the content

It ends with status 0 where a change is due, and 3 where none is.`;

const sentences: Readonly<Record<ChangeKind, string>> = {
	publication: 'is published',
	retraction: 'is retracted',
	update: 'says that it was updated',
	correction: 'gets a correction',
	comment: 'appears',
	lead: 'no longer names the lead article',
	pin: 'no longer pins an article',
};

await runCommand(
	help,
	async ({ words, flags }) => {
		refuseWords(words);
		const now = readClock();
		const circumstances = { now, publicFolder: resolve('public'), commentsFolder: commentsFolder() };
		const [next] = changesAfter(await readSoundContent(contentFolder(), circumstances), now);
		if (!next) process.exitCode = 3;
		console.log(flags.has('json') ? toJson(next) : describe(next));
	},
	['json'],
);

function toJson(next: ScheduledChange | undefined): string {
	return JSON.stringify(next ? { ...next, at: toUtc(next.at) } : null);
}

function describe(next: ScheduledChange | undefined): string {
	if (!next)
		return 'Nothing is due: until somebody changes the content, only the news sitemap and security.txt change, which follow the clock.';
	const { file, what } = next;
	const at = toUtc(next.at);
	const moment = toMoment(at, site.timeZone);
	return `On ${moment ? `${formatMoment(moment)}, that is ` : ''}${at}, ${file} ${sentences[what]}.`;
}

function toUtc(instant: number): string {
	return Temporal.Instant.fromEpochMilliseconds(instant).toString();
}
