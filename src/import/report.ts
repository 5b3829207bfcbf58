import { count } from '../domain/count.ts';
import { showForbidden } from '../markdown/characters.ts';
import type { Outcome } from './ledger.ts';
import { detach } from './plain.ts';
import type { LeftOut, Outline } from './post.ts';
import type { Candidate } from './vocabulary.ts';

/** What became of one post. */
export interface Row {
	outline: Pick<Outline, 'kind' | 'title' | 'origin'>;
	/** Where it stands now, relative to the newsroom. */
	file: string;
	outcome: Outcome;
	/** Why it was put aside: sentences; empty where it can be published. */
	faults: readonly string[];
	notes: readonly string[];
}

/** What is told of each outcome, and whether the post is among the newsroom's content then. */
const outcomes: Readonly<Record<Outcome, string>> = {
	new: 'new',
	same: 'as before',
	changed: 'written anew',
	edited: 'edited since, left alone',
	removed: 'moved or deleted since, left so',
	taken: 'not written: something else stands there',
};

const numbers = new Intl.NumberFormat('en');

/** Collects what an import did, for people. */
export class Report {
	readonly #title: string;
	readonly #rows: string[] = [];
	/** Where each note was taken. */
	readonly #notes = new Map<string, string[]>();
	readonly #aside: string[] = [];
	readonly #byOutcome = new Map<string, Map<Outcome, number>>();
	#comments = { approved: 0, waiting: 0, faulty: 0 };
	#pictures = 0;
	#added: Record<'sections' | 'tags' | 'authors', readonly Candidate[]> = { sections: [], tags: [], authors: [] };
	#leftOut: readonly LeftOut[] = [];

	/** @param title of the former paper */
	constructor(title: string) {
		this.#title = title;
	}

	addPost({ outline, file, outcome, faults, notes }: Row): void {
		const { origin, title, kind } = outline;
		const isAside = faults.length > 0;
		const name = isAside ? 'put aside' : kind;
		const counts = this.#byOutcome.getOrInsertComputed(name, () => new Map());
		counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
		const row = `| ${cell(title)} | ${cell(origin)} | ${cell(file)} | ${isAside ? 'put aside, ' : ''}${outcomes[outcome]} |`;
		this.#rows.push(detach(row));
		const place = detach(`${code(file)}, from ${plain(origin)}`);
		if (isAside) this.#aside.push([`- ${place}:`, ...faults.map((fault) => `  - ${plain(fault)}`)].join('\n'));
		for (const note of new Set(notes)) this.#notes.getOrInsertComputed(detach(note), () => []).push(place);
	}

	/** @param file relative to the newsroom */
	addNote(file: string, note: string): void {
		this.#notes.getOrInsertComputed(note, () => []).push(code(file));
	}

	/** @param file of the comment, relative to the newsroom */
	addComment(file: string, isFit: boolean, fault: string | undefined): void {
		this.#comments[isFit ? 'approved' : fault === undefined ? 'waiting' : 'faulty']++;
		if (fault !== undefined) this.#aside.push(`- ${code(file)}, a comment:\n  - ${plain(fault)}`);
	}

	addPictures(number: number): void {
		this.#pictures += number;
	}

	addVocabulary(added: Record<'sections' | 'tags' | 'authors', readonly Candidate[]>): void {
		this.#added = added;
	}

	addLeftOut(leftOut: readonly LeftOut[]): void {
		this.#leftOut = leftOut;
	}

	/** Whether anything of the former paper is among the newsroom's content now. */
	get hasContent(): boolean {
		return ['article', 'page'].some((kind) => this.#byOutcome.has(kind));
	}

	/** Returns the sums, a line each. */
	summary(): string[] {
		const { approved, waiting, faulty } = this.#comments;
		const sums = ['article', 'page', 'put aside'].map((name) => {
			const counts = [...(this.#byOutcome.get(name) ?? [])];
			const sum = counts.reduce((total, [, number]) => total + number, 0);
			const parts = counts.map(([outcome, number]) => `${numbers.format(number)} ${outcomes[outcome]}`);
			const what = name === 'put aside' ? `${count(sum, 'post')} put aside` : count(sum, name);
			return parts.length > 0 ? `${what}: ${parts.join('; ')}` : what;
		});
		const { sections, tags, authors } = this.#added;
		const leftOut = this.#leftOut.reduce((sum, { count: number }) => sum + number, 0);
		return [
			...sums,
			`${count(approved, 'comment')}; ${numbers.format(waiting)} that nobody had approved and ${numbers.format(faulty)} that cannot be published were put aside`,
			`${count(this.#pictures, 'picture')} beside the articles`,
			`added: ${count(sections.length, 'section')}, ${count(tags.length, 'tag')}, ${count(authors.length, 'author')}`,
			`${count(leftOut, 'other thing')} left out; ${count(this.#notes.size, 'remark')} for editors`,
		];
	}

	/** Returns all of it as markdown. */
	toMarkdown(): string {
		return [
			`# What became of ${plain(this.#title)}`,
			this.summary()
				.map((line) => `- ${line}`)
				.join('\n'),
			'## Put aside',
			'What the paper cannot publish as it is. Mend a file and move it into the content folder, or delete it.',
			this.#aside.join('\n') || 'Nothing.',
			'## What needs a hand',
			this.#listNotes(),
			'## Added to the vocabulary',
			'The kinds of tags are guesses: look at each, and delete the remark behind it.',
			...Object.entries(this.#added).map(
				([list, entries]) =>
					`${list}: ${entries.map(({ id, name }) => `${code(id)} ${plain(name)}`).join(', ') || 'none'}`,
			),
			'## Left out',
			this.#leftOut
				.map(({ what, count: number }) => `- ${plain(what)}${number > 1 ? `: ${numbers.format(number)}` : ''}`)
				.join('\n') || 'Nothing.',
			'## What became what',
			['| title | stood at | is now | |', '| --- | --- | --- | --- |', ...this.#rows].join('\n'),
			'',
		].join('\n\n');
	}

	#listNotes(): string {
		const notes = [...this.#notes].sort(([, a], [, b]) => b.length - a.length);
		const lines = notes.map(([note, places]) => {
			const [first = ''] = places;
			return places.length === 1
				? `- ${first}: ${plain(note)}`
				: `- ${plain(note)}, ${count(places.length, 'time')}:\n${places.map((place) => `  - ${place}`).join('\n')}`;
		});
		return lines.join('\n') || 'Nothing.';
	}
}

/** Returns words of elsewhere so that they are nothing but words in markdown and in a terminal. */
function plain(text: string): string {
	return showForbidden(text).replace(/[\\`*_[\]<>|#~&]/g, '\\$&');
}

const cell = (text: string) => plain(text);

function code(text: string): string {
	return `\`${showForbidden(text).replaceAll('`', '')}\``;
}
