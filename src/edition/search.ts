import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { monthOf } from '../domain/dates.ts';
import { toSearchFiles } from '../search/files.ts';
import { type RecordedTraits, type Subjects, subjectsSchema, traitsSchema } from '../search/records.ts';
import { type FormerIndex, type Indexing, indexRecords, readJsonLines, writeIndex } from './search-index.ts';

/** Where files stand for the records of a month, which routes hand over. They are no part of the edition. */
const records = 'search/records';

/** Tells whether a file is one of those that {@link writeSearch} takes away. */
export function isRecord(path: string): boolean {
	return path.startsWith(`${records}/`);
}

const partsIn = (edition: string) => join(edition, 'search/parts');

/** Begins to make the parts of the index of an edition, of what routes hand over for it. */
export const indexFor = (edition: string): Indexing => indexRecords(partsIn(edition));

/**
 * Makes what search needs of what routes have made for it into an edition, and takes that away: the files for
 * narrowing, and one index of all articles, with a part for each month.
 * @param indexing what {@link indexFor} has begun
 * @param former the index of an edition from which those months are taken over of which there are no records
 * @returns the files that are to be taken over from that edition
 * @throws Error where Pagefind does not do its work, or where there are neither records of a month nor a former index
 * that has its articles
 */
export async function writeSearch(edition: string, indexing: Indexing, former?: FormerIndex): Promise<string[]> {
	const folder = join(edition, 'search');
	const { subjects, articles } = await readArticles(join(folder, 'articles.jsonl'));
	const months = Map.groupBy(articles, ({ day }) => monthOf(day));
	const parts = new Map([...(former ?? []), ...(await indexing.finish())]);
	const taken = await writeIndex(edition, months, parts);
	for (const [name, content] of toSearchFiles(subjects, [...months.values()].flat())) {
		await mkdir(dirname(join(folder, name)), { recursive: true });
		await writeFile(join(folder, name), JSON.stringify(content));
	}
	for (const path of [partsIn(edition), join(edition, records), join(folder, 'articles.jsonl')])
		await rm(path, { recursive: true, force: true });
	return taken;
}

async function readArticles(file: string): Promise<{ subjects: Subjects; articles: RecordedTraits[] }> {
	let subjects: Subjects | undefined;
	const articles: RecordedTraits[] = [];
	for await (const entry of readJsonLines(file)) {
		if (subjects) articles.push(traitsSchema.parse(entry));
		else subjects = subjectsSchema.parse(entry);
	}
	if (!subjects) throw new Error(`${file} is empty, so that there can be no search.`);
	return { subjects, articles };
}
