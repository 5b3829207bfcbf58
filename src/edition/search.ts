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
import { type IndexedPage, openIndex } from './search/index-source.ts';
import { mergeIndexes, type Part, takeName } from './search/merge.ts';
import { makeIndexes, programOf } from './search/pagefind.ts';

/** How many digits tell the articles of a month apart. */
const shortest = 5;

/**
 * Makes what search needs of what routes have written for it into an edition, and takes that away: the files for
 * narrowing, and one index of all articles.
 *
 * The index has a part for each month. Where `search/pagefind/` was taken over from a former edition, only the months of
 * which there are records are made anew, and the others stay as they were in it. Whatever was taken over may be links to
 * the files of that edition: they are replaced and never written into.
 * @throws Error where Pagefind does not do its work, or where there is a month of which there are neither records nor an
 * index that has all its articles
 */
export async function writeSearch(edition: string): Promise<void> {
	const folder = join(edition, 'search');
	const { subjects, articles } = await readArticles(join(folder, 'articles.jsonl'));
	const months = Map.groupBy(articles, ({ day }) => monthOf(day));
	await writeIndex(folder, months);
	for (const name of ['facts.json', 'often.json', 'tags', 'names'])
		await rm(join(folder, name), { recursive: true, force: true });
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
	const parts = [...months].map(([month, { length }]): [string, Part] => {
		const part = known.get(month);
		if (part?.pages.length === length) return [month, part];
		const found = part?.pages.length ?? 0;
		throw new Error(`The search index has ${found} articles of ${month}, and the paper ${length}. Make it whole.`);
	});
	const whole = join(made, 'whole');
	await mkdir(join(whole, 'fragment'), { recursive: true });
	await mergeIndexes(
		parts.map(([, part]) => part),
		whole,
	);
	for (const [month, { fragments }] of parts) await rename(fragments, join(whole, 'fragment', month));
	const [[, { source }] = ['', { source: undefined }]] = parts;
	for (const file of source ? programOf(source) : []) await rename(file, join(whole, basename(file)));
	await rm(index, { recursive: true, force: true });
	if (source) await rename(whole, index);
	await rm(made, { recursive: true });
}

/** Returns the parts of an index that was made before, by their months; none where there is no index. */
function formerParts(folder: string): Map<string, Part> {
	const parts = new Map<string, Part>();
	if (!existsSync(folder)) return parts;
	const source = openIndex(folder);
	for (const [start, page] of source.pages.entries()) {
		const month = dirname(page.hash);
		const fragments = join(folder, 'fragment', month);
		parts.getOrInsertComputed(month, () => ({ pages: [], source, start, fragments })).pages.push(page);
	}
	return parts;
}

/** Makes an index of each file of records, and returns them by their months. */
async function newParts(records: string, made: string): Promise<Map<string, Part>> {
	const months = existsSync(records) ? (await readdir(records)).map((file) => basename(file, '.jsonl')) : [];
	await makeIndexes(
		months.map((month) => ({ records: readRecords(join(records, `${month}.jsonl`)), folder: join(made, month) })),
	);
	const parts = new Map<string, Part>();
	for (const month of months) parts.set(month, await toPart(join(made, month), month));
	return parts;
}

/** Gives the articles of a new index names that are short, since a reader fetches those of all, and tell their month. */
async function toPart(folder: string, month: string): Promise<Part> {
	const source = openIndex(folder);
	const fragments = join(folder, 'fragment');
	const taken = new Set<string>();
	const pages: IndexedPage[] = [];
	for (const { hash, rest } of source.pages) {
		const name = takeName(hash.slice(hash.indexOf('_') + 1), shortest, taken);
		await rename(join(fragments, `${hash}.pf_fragment`), join(fragments, `${name}.pf_fragment`));
		pages.push({ hash: `${month}/${name}`, rest });
	}
	return { pages, source, start: 0, fragments };
}
