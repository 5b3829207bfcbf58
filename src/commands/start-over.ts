import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { cancel, intro, isCancel, outro, select, text } from '@clack/prompts';
import { editionsBeside } from '../edition/store.ts';
import { readClock } from '../environment.ts';
import { gitIn } from '../git.ts';
import { type Answers, faultOfAnswer, type Question, toSections } from '../newsroom/answers.ts';
import { type NewBeginning, startOver } from '../newsroom/start-over.ts';
import { languages } from '../words/words.ts';
import { nameOfLanguage } from '../words/writing.ts';
import { runCommand } from './run.ts';
import { refuseWords } from './wait.ts';

const help = `npm run start-over

Makes a newsroom of your own of the sample: empties content/ but for one example article and the pages about privacy,
comments and accessibility, and writes your answers into src/site.ts, and icons with your first letter. It asks for what
is not given here. Nothing is removed that Git does not have, but for the sample's editions in dist/.

  --title "The Gazette"         the name of the paper
  --language kk                 a language tag: ${Object.keys(languages).join(', ')}, or one such as en-GB
  --time-zone Asia/Almaty       the zone whose days count
  --origin https://example.org  the address under which readers will find it
  --sections "News, Culture"    the sections, with commas between them
  --yes                         asks nothing: what is not given has a usual value, but for the title
  --remove-own                  also removes articles and other content that are not of the sample`;

const questions: Readonly<Record<Question, { message: string; usual: string }>> = {
	title: { message: 'What is the paper called?', usual: '' },
	language: { message: 'In which language is it written?', usual: 'en-GB' },
	timeZone: { message: 'In which time zone is the newsroom?', usual: Intl.DateTimeFormat().resolvedOptions().timeZone },
	origin: { message: 'Under which address will readers find it?', usual: 'https://example.org' },
	sections: { message: 'Which sections does it have, with commas between them?', usual: 'News' },
};

await runCommand(
	help,
	async ({ words, flags, options }) => {
		refuseWords(words);
		const mayAsk = process.stdin.isTTY && !flags.has('yes');
		if (mayAsk) intro('A newsroom of your own');
		const answer = async (question: Question, option: string = question) => {
			const given = options.get(option);
			const answered = (given ?? (mayAsk ? await ask(question) : questions[question].usual)).trim();
			const fault = faultOfAnswer(question, answered);
			if (fault !== undefined) throw new Error(`${fault} Give it as --${option}.`);
			return answered;
		};
		const answers: Answers = {
			title: await answer('title'),
			language: await answer('language'),
			timeZone: await answer('timeZone', 'time-zone'),
			origin: await answer('origin'),
			sections: toSections(await answer('sections')),
		};
		const root = process.cwd();
		const removesOwn = flags.has('remove-own');
		const done = await startOver(root, answers, readClock(), removesOwn);
		// Nobody goes back to the sample, nor misses its addresses.
		if (!removesOwn) await removeEditions(join(root, 'dist'));
		const said = describe(answers.title, done, await readOrigin(root));
		if (mayAsk) outro(said);
		else console.log(said);
	},
	['yes', 'remove-own'],
	['title', 'language', 'time-zone', 'origin', 'sections'],
);

async function removeEditions(link: string): Promise<void> {
	for (const path of [link, editionsBeside(link)]) await rm(path, { recursive: true, force: true });
}

/** Returns the address to which Git pushes by default; nothing where there is none. */
async function readOrigin(root: string): Promise<string | undefined> {
	return gitIn(root)('remote', 'get-url', 'origin').catch(() => undefined);
}

/** Asks in the terminal until the answer can be. @throws Error where whoever is asked breaks off */
async function ask(question: Question): Promise<string> {
	const { message, usual } = questions[question];
	const answered =
		question === 'language'
			? await select({
					message,
					options: ['en-GB', 'ru', 'kk'].map((value) => ({ value, label: nameOfLanguage(value) })),
				})
			: await text({
					message,
					placeholder: usual === '' ? '' : `${usual}, if you press Enter`,
					defaultValue: usual,
					validate: (value = '') => faultOfAnswer(question, value === '' ? usual : value),
				});
	if (!isCancel(answered)) return answered;
	cancel('Nothing was changed.');
	process.exit(1);
}

function describe(title: string, { removed, written, article }: NewBeginning, origin: string | undefined): string {
	return [
		`${title} is yours: ${removed.length} files of the sample are gone, ${written.length} are written.`,
		`Read src/site.ts, write ${article} and content/pages/about.md anew, and see it with: npm run dev`,
		'Then keep it: git add -A && git commit',
		...(origin === undefined
			? []
			: [
					`Git pushes to ${origin}. If that is the program's repository and not yours: git remote rename origin upstream`,
				]),
	].join('\n');
}
