import { yearOf } from '../domain/dates.ts';
import { toLabelKey } from '../domain/labels.ts';
import { type Facts, namesFile, type OftenTags, type TagList, type TagName, toGaps } from './facts.ts';
import type { RecordedTraits, Subjects } from './records.ts';

/** How many tags show how often they occur among what was found before a reader has typed a name. */
const oftenCount = 40;

/** Returns the files by which readers narrow what they have found, by their names. @param records oldest first */
export function* toSearchFiles(
	subjects: Subjects,
	records: readonly RecordedTraits[],
): Generator<[name: string, content: Facts | TagList | OftenTags | readonly TagName[]]> {
	yield ['facts.json', toFacts(subjects, records)];
	const lists = toTagLists(subjects, records);
	for (const [i, list] of lists.entries())
		for (const id of [list.id, ...(subjects.tags[i]?.formerly ?? [])]) yield [`tags/${id}.json`, list];
	const byCount = [...lists].sort((a, b) => b.gaps.length - a.gaps.length || (a.id < b.id ? -1 : 1));
	yield ['often.json', byCount.slice(0, oftenCount)];
	yield* toNames(subjects, lists);
}

function toFacts({ sections, authors }: Subjects, records: readonly RecordedTraits[]): Facts {
	const sectionPositions = positionsOf(sections);
	const authorPositions = positionsOf(authors);
	const bylines: number[][] = [];
	const bylinePositions = new Map<string, number>();
	const years = new Map<string, number>();
	const languages = new Map<string, number[]>();
	const bylineOf = records.map((record) => {
		const byline = record.authors.map((id) => authorPositions.get(id) ?? -1);
		const key = byline.join();
		const position = bylinePositions.get(key) ?? bylines.push(byline) - 1;
		bylinePositions.set(key, position);
		return position;
	});
	for (const { day } of records) years.set(yearOf(day), (years.get(yearOf(day)) ?? 0) + 1);
	const sectionOf = records.map(({ section }) => sectionPositions.get(section) ?? -1);
	for (const [number, { lang }] of records.entries())
		if (lang !== undefined) languages.getOrInsert(lang, []).push(number);
	return {
		...{ sections, authors, bylines, years: [...years], sectionOf, bylineOf },
		languages: [...languages].map(([tag, numbers]) => [tag, toGaps(numbers)]),
	};
}

function positionsOf(subjects: readonly { id: string }[]): Map<string, number> {
	return new Map(subjects.map(({ id }, position) => [id, position]));
}

function toTagLists({ tags }: Subjects, records: readonly RecordedTraits[]): TagList[] {
	const numbers = new Map<string, number[]>(tags.map(({ id }) => [id, []]));
	records.forEach((record, number) => {
		for (const tag of record.tags) numbers.get(tag)?.push(number);
	});
	return tags.map(({ id, name }) => ({ id, name, gaps: toGaps(numbers.get(id) ?? []) }));
}

function* toNames(
	{ tags }: Subjects,
	lists: readonly TagList[],
): Generator<[name: string, content: readonly TagName[]]> {
	const files = new Map<string, TagName[]>();
	for (const [i, list] of lists.entries()) {
		const keys = [...new Set([list.name, ...(tags[i]?.aliases ?? [])].map(toLabelKey))];
		const words = keys.flatMap((key) => key.split(' '));
		// What is typed begins with one letter, for which there must be a file, if only an empty one.
		for (const [letter = ''] of words.map((word) => Array.from(word))) files.getOrInsert(namesFile(letter), []);
		for (const file of new Set(words.map(namesFile))) files.getOrInsert(file, []).push({ ...list, keys });
	}
	yield* files;
}
