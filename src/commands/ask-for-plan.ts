import { autocompleteMultiselect, type CommonOptions, isCancel, multiselect, select, text } from '@clack/prompts';
import { type ArticlePlan, type GivenPlan, guessPlan } from '../domain/new-article.ts';
import type { Entries } from '../domain/newsroom.ts';

/**
 * Asks in the terminal for what is not given of a new article; what would be guessed is chosen beforehand.
 * @param streams another terminal than the process's
 * @throws Error where the editor breaks off
 */
export async function askForPlan(
	given: GivenPlan,
	entries: Pick<Entries, 'articles' | 'authors' | 'sections' | 'tags'>,
	streams: Pick<CommonOptions, 'input' | 'output'> = {},
): Promise<ArticlePlan> {
	const validate = (title = '') => (title.trim() === '' ? 'Write the headline.' : undefined);
	const title = answered(await text({ message: 'Headline', validate, ...streams })).trim();
	const guess = guessPlan({ ...given, title }, entries);
	const toOption = ({ id, data: { name } }: { id: string; data: { name: string } }) => ({ value: id, label: name });
	const section =
		given.section ??
		answered(
			await select({
				message: 'Section',
				options: entries.sections.map(toOption),
				initialValue: guess.section,
				...streams,
			}),
		);
	const authors =
		given.authors ??
		answered(
			await multiselect({
				message: 'Authors',
				options: entries.authors.map(toOption),
				initialValues: [...guess.authors],
				required: true,
				...streams,
			}),
		);
	const tags =
		given.tags ??
		answered(
			await autocompleteMultiselect({
				message: 'Tags: type to find them',
				options: entries.tags.map((tag) => ({ ...toOption(tag), hint: tag.data.aliases.join(', ') })),
				initialValues: [...guess.tags],
				required: true,
				...streams,
			}),
		);
	return { ...given, title, section, authors, tags };
}

const isAnswer = <T>(answer: T): answer is Exclude<T, symbol> => !isCancel(answer);

function answered<T>(answer: T): Exclude<T, symbol> {
	if (isAnswer(answer)) return answer;
	throw new Error('Nothing was made.');
}
