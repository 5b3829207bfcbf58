import { suggestId } from '../domain/tag-ids.ts';
import { checkPublication } from '../loaders/publication.ts';
import { authorSchema } from '../schemas/author.ts';
import { sectionSchema } from '../schemas/vocabulary.ts';
import { site } from '../site.ts';
import { primaryOf } from '../words/languages.ts';
import { languages } from '../words/words.ts';

/** What a new newsroom calls itself and where it is. */
export interface Answers {
	title: string;
	/** A BCP 47 tag whose language the interface speaks. */
	language: string;
	/** An IANA name. */
	timeZone: string;
	/** Scheme and host, without a path. */
	origin: string;
	/** Names of the sections, at least one. */
	sections: readonly string[];
}

/** The name of an answer, as it is asked for. */
export type Question = keyof Answers;

/** Returns what is wrong with an answer: a sentence, or nothing where it is right. */
export function faultOfAnswer(question: Question, answer: string): string | undefined {
	if (question === 'sections') return faultOfSections(toSections(answer));
	const hasWords = question !== 'language' || Object.hasOwn(languages, primaryOf(answer));
	const problem = checkPublication({ ...site, [question]: answer }, hasWords).find(({ field }) => field === question);
	const message = problem?.message ?? (question === 'title' ? faultOfAuthor(answer) : undefined);
	return message && `${question}: ${message}${message.endsWith('?') ? '' : '.'}`;
}

/** Returns the names of sections that stand behind each other with commas. */
export function toSections(answer: string): string[] {
	return answer
		.split(',')
		.map((name) => name.trim())
		.filter((name) => name !== '');
}

/** Returns the id of a section by its name, in Latin letters whatever the name is written in. */
export function toSectionId(name: string): string {
	return suggestId(name, new Map()).id;
}

/** The newsroom itself, under the title of the paper, is the first author. */
function faultOfAuthor(name: string): string | undefined {
	return authorSchema.shape.name.safeParse(name).error?.issues[0]?.message;
}

function faultOfSections(names: readonly string[]): string | undefined {
	if (names.length === 0) return 'sections: there must be at least one. Write their names, with commas between them.';
	const ids = names.map(toSectionId);
	for (const [i, name] of names.entries()) {
		const fault = sectionSchema.safeParse({ name }).error?.issues[0]?.message ?? suggestId(name, new Map()).clash;
		if (fault !== undefined) return `sections: "${name}" ${fault}.`;
		if (ids.indexOf(toSectionId(name)) < i) return `sections: "${name}" has the address of another. Keep one of them.`;
	}
	return undefined;
}
