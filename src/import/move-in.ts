import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { parseMoved } from '../domain/moved.ts';
import * as paths from '../domain/paths.ts';
import { ContentError, type Problem } from '../domain/problems.ts';
import { type ContentFolder, openContentFolder, readText } from '../loaders/files.ts';
import { readReferences, type References } from '../loaders/references.ts';
import { readYaml } from '../loaders/yaml.ts';
import { splitFrontMatter } from '../markdown/front-matter.ts';
import { Ledger } from './ledger.ts';
import { type Destination, type Foreign, Mover, recordsOf } from './mover.ts';
import { type Place, Places, toPath } from './places.ts';
import { toLine } from './plain.ts';
import type { ImportedPost, Source } from './post.ts';
import { toServerMap } from './redirects.ts';
import { Report } from './report.ts';
import { addEntries, readExtensible, toYamlFields, Vocabulary } from './vocabulary.ts';

/** After so many posts it is noted what was written, in case that the import is cut off. */
const postsBetweenNotes = 200;

/** Behind each tag whose kind was guessed. */
const guessed = ' # a guess';

/**
 * Brings everything of a former paper into a newsroom: what obeys its rules into its content, the rest aside. What an
 * editor has changed, moved or deleted since an earlier import stays as it is, and so does every file that no import wrote.
 * @returns what became of it all, which also stands in `report.md`
 * @throws ContentError where the newsroom's own sections or tags cannot be read
 * @throws Error where what earlier imports have noted cannot be read, nothing can be added to sections or tags, or somebody stops it
 */
export async function moveIn(source: Source, newsroom: Destination): Promise<Report> {
	const { content, comments } = newsroom;
	const records = recordsOf(content);
	const redirects = join(records, 'redirects');
	const formerly = parseMoved(existsSync(redirects) ? await readFile(redirects, 'utf8') : '', redirects);
	const ledger = await Ledger.open(join(records, 'written.tsv'), dirname(content));
	const folder = await openContentFolder(content, comments);
	const references = readVocabulary(folder);
	for (const name of ['sections.yaml', 'tags.yaml'] as const) await readExtensible(content, name);
	const foreign = findForeign(folder, basename(content), ledger);
	const places = await findPlaces(source, newsroom, folder, ledger, foreign);
	const name = toLine(source.title);
	const description = source.address === undefined ? name : `${name} (${source.address})`;
	const vocabulary = new Vocabulary(references, { name }, description);
	const report = new Report(source.title);
	const mover = new Mover(newsroom, { places, vocabulary, foreign, ledger, report });
	try {
		await moveAll(source.posts(places.linksFrom(source.address)), mover, ledger);
	} finally {
		await addVocabulary(vocabulary, content, ledger, report).finally(() => ledger.save());
	}
	report.addLeftOut(source.leftOut());
	const visible = [...places.all].filter(({ key, isPublic }) => isPublic && !mover.absent.has(key));
	const moved = movedAddresses(visible, vocabulary, source.feedSuffix);
	const own = [...visible.map(toPath), ...[...paths.reservedPages, ...foreign.keys()].map((id) => `/${id}/`)];
	await writeFile(
		redirects,
		toServerMap(
			moved,
			own.map((path) => paths.withBase(path)),
			formerly,
		),
	);
	await writeFile(join(records, 'report.md'), report.toMarkdown());
	return report;
}

/** Moves all posts, and notes from time to time what was written. @throws Error where somebody stops it, between two posts */
async function moveAll(posts: AsyncIterable<ImportedPost>, mover: Mover, ledger: Ledger): Promise<void> {
	const stop = new AbortController();
	const onSignal = () => stop.abort(new Error('The import was stopped. Start it again, and it brings in the rest.'));
	const signals = ['SIGINT', 'SIGTERM'] as const;
	for (const signal of signals) process.once(signal, onSignal);
	try {
		let count = 0;
		for await (const post of posts) {
			stop.signal.throwIfAborted();
			await mover.move(post);
			if (++count % postsBetweenNotes === 0) await ledger.save();
		}
		await mover.unlinkAbsent();
	} finally {
		for (const signal of signals) process.off(signal, onSignal);
	}
}

/** Reads the newsroom's vocabulary; the articles and comments themselves do not matter here. */
function readVocabulary(folder: ContentFolder): References {
	const references = readReferences(folder, { ...folder, files: [] });
	const faults = references.problems.filter(({ file }) => /(?:^|\/)(?:sections|tags)\.yaml$/.test(file));
	if (faults.length > 0) throw new ContentError(faults);
	return references;
}

/** Finds articles and pages that no import has written. @param name of the content folder */
function findForeign(folder: ContentFolder, name: string, ledger: Ledger): Foreign {
	const written = new Set(ledger.files());
	const texts = folder.files.filter((path) => path.endsWith('.md') && !written.has(`${name}/${path}`));
	return new Map(texts.map((path) => [toId(path), path]));
}

/** Returns the id of an article or the name of a page. @param path of its file in the content folder */
function toId(path: string): string {
	return path.replace(/^(?:articles|pages)\/|(?:\/index)?\.md$/g, '');
}

async function findPlaces(
	source: Source,
	{ content, now }: Destination,
	folder: ContentFolder,
	ledger: Ledger,
	foreign: Foreign,
): Promise<Places> {
	const inContent = (file: string | undefined) =>
		file?.startsWith(`${basename(content)}/`) === true ? file.slice(basename(content).length + 1) : undefined;
	const claimed = new Map(
		[...foreign].flatMap(([id, file]) => [id, ...formerPathsIn(folder, file)].map((path) => [path, id] as const)),
	);
	const places = new Places({
		now,
		formerIds: ledger
			.files()
			.flatMap((file) => (inContent(file)?.endsWith('.md') === true ? toId(inContent(file) ?? '') : [])),
		async formerOf(key) {
			const state = await ledger.stateOf(key);
			const path = inContent(ledger.fileOf(key));
			if (state === undefined) return undefined;
			if (path === undefined) return { id: undefined, isSettled: false, isAbsent: true, formerPaths: [] };
			const moved = state === 'removed' ? claimed.get(toId(path)) : undefined;
			return {
				id: moved ?? toId(path),
				isSettled: state !== 'untouched',
				isAbsent: state === 'removed' && moved === undefined,
				formerPaths: state === 'untouched' ? formerPathsIn(folder, path) : [],
			};
		},
	});
	for await (const outline of source.outlines()) await places.add(outline);
	places.settleFormerPaths(claimed);
	return places;
}

function formerPathsIn(folder: ContentFolder, path: string): string[] {
	const ignored: Problem[] = [];
	const parts = splitFrontMatter(readText(folder, path, ignored) ?? '');
	const yaml = parts && readYaml(parts.frontMatter, path, ignored);
	const claimed = yaml?.value['formerPaths'];
	return Array.isArray(claimed) ? claimed.filter((item) => typeof item === 'string') : [];
}

/** Adds to the newsroom what written articles are listed under. */
async function addVocabulary(vocabulary: Vocabulary, content: string, ledger: Ledger, report: Report): Promise<void> {
	const added = {
		sections: vocabulary.added('sections'),
		tags: vocabulary.added('tags'),
		authors: vocabulary.added('authors'),
	};
	for (const { id, fields } of added.authors) {
		const key = `author ${id}`;
		// Articles name an author whose file an editor has moved or deleted, and who is there under no other name.
		if ((await ledger.stateOf(key)) === 'removed') ledger.forget(key);
		await ledger.write(key, `${basename(content)}/authors/${id}.yaml`, toYamlFields(fields));
	}
	await addEntries(content, 'sections.yaml', added.sections);
	await addEntries(content, 'tags.yaml', added.tags, guessed);
	report.addVocabulary(added);
}

/** Returns where everything stood at the former paper that readers can see now, and where it stands. */
function* movedAddresses(
	visible: readonly Place[],
	vocabulary: Vocabulary,
	feedSuffix: string | undefined,
): Generator<[old: string, now: string]> {
	for (const place of visible) for (const address of place.oldAddresses) yield [address, paths.withBase(toPath(place))];
	const listPaths = { sections: paths.section, tags: paths.tag, authors: paths.author };
	for (const { address, list, id } of vocabulary.oldAddresses()) {
		yield [address, listPaths[list](id)];
		if (feedSuffix !== undefined) yield [address + feedSuffix, paths.feed(listPaths[list](id))];
	}
	if (feedSuffix !== undefined) yield [`/${feedSuffix}`, paths.feed()];
}
