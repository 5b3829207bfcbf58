import { createReadStream, existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { monthOf } from '../domain/dates.ts';
import { toSearchFiles } from '../search/files.ts';
import {
	recordSchema,
	type RecordedTraits,
	type SearchRecord,
	type Subjects,
	subjectsSchema,
	traitsSchema,
} from '../search/records.ts';
import { openIndex } from './search/index-source.ts';
import { mergeIndexes, type Part } from './search/merge.ts';
import { makeIndexes, programOf } from './search/pagefind.ts';

/**
 * Makes what search needs of what routes have written for it into an edition, and takes that away: the files for
 * narrowing, and one index of all articles.
 *
 * The index has a part for each month. Where `search/pagefind/` was taken over from a former edition, only the months of
 * which there are records are made anew, and all others stay as they are in it. Its files are replaced and never written
 * into, so that they may be links to those of the former edition.
 * @throws Error where Pagefind does not do its work, or where there is a month of which there are neither records nor an
 * index that has all its articles
 */
export async function writeSearch(edition: string): Promise<void> {
	const folder = join(edition, 'search');
	const { subjects, articles } = await readArticles(join(folder, 'articles.jsonl'));
	const months = Map.groupBy(articles, ({ day }) => monthOf(day));
	await writeIndex(folder, months);
	for (const [name, content] of toSearchFiles(subjects, [...months.values()].flat())) {
		await mkdir(dirname(join(folder, name)), { recursive: true });
		await writeFile(join(folder, name), JSON.stringify(content));
	}
	for (const name of ['articles.jsonl', 'records']) await rm(join(folder, name), { recursive: true, force: true });
}

async function readArticles(file: string): Promise<{ subjects: Subjects; articles: RecordedTraits[] }> {
	let subjects: Subjects | undefined;
	const articles: RecordedTraits[] = [];
	for await (const entry of readLines(file)) {
		if (subjects) articles.push(traitsSchema.parse(entry));
		else subjects = subjectsSchema.parse(entry);
	}
	if (!subjects) throw new Error(`${file} is empty, so that there can be no search.`);
	return { subjects, articles };
}

async function* readLines(file: string): AsyncGenerator {
	for await (const line of createInterface({ input: createReadStream(file), crlfDelay: Infinity }))
		yield JSON.parse(line);
}

async function* readRecords(file: string): AsyncGenerator<SearchRecord> {
	for await (const entry of readLines(file)) yield recordSchema.parse(entry);
}

/** @param months the articles of each month, the oldest first */
async function writeIndex(folder: string, months: ReadonlyMap<string, readonly unknown[]>): Promise<void> {
	const [index, made] = [join(folder, 'pagefind'), join(folder, 'made')];
	const known = new Map([...formerParts(index), ...(await newParts(join(folder, 'records'), made))]);
	const parts = [...months].map(([month, { length }]) => {
		const part = known.get(month);
		if (part?.count === length) return part;
		throw new Error(
			`The search index has ${part?.count ?? 0} articles of ${month}, and the paper ${length}. Build it whole.`,
		);
	});
	const whole = join(made, 'whole');
	await mkdir(join(whole, 'fragment'), { recursive: true });
	await mergeIndexes(parts, whole);
	for (const { name, fragments } of parts) await rename(fragments, join(whole, 'fragment', name));
	const [source] = [...known.values()].map((part) => part.source);
	for (const file of source ? programOf(source.entry, source.folder) : [])
		await rename(file, join(whole, basename(file)));
	await rm(index, { recursive: true, force: true });
	if (parts.length > 0) await rename(whole, index);
	await rm(made, { recursive: true });
}

/** Returns the parts of an index that was made before; none where there is no index. */
function formerParts(folder: string): Map<string, Part> {
	const parts = new Map<string, Part>();
	if (!existsSync(folder)) return parts;
	const source = openIndex(folder);
	for (const [start, { hash }] of source.pages.entries()) {
		const name = dirname(hash);
		parts.getOrInsertComputed(name, () => ({
			name,
			source,
			start,
			count: 0,
			fragments: join(folder, 'fragment', name),
		})).count++;
	}
	return parts;
}

/** Makes an index of each file of records. */
async function newParts(records: string, made: string): Promise<Map<string, Part>> {
	const names = existsSync(records) ? (await readdir(records)).sort().map((file) => basename(file, '.jsonl')) : [];
	const tasks = names.map((name) => ({
		records: readRecords(join(records, `${name}.jsonl`)),
		folder: join(made, name),
	}));
	await makeIndexes(tasks);
	const toPart = (name: string, folder: string): Part => {
		const source = openIndex(folder);
		return { name, source, start: 0, count: source.pages.length, fragments: join(folder, 'fragment') };
	};
	return new Map(names.map((name) => [name, toPart(name, join(made, name))]));
}
