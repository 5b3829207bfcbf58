import { basename, dirname } from 'node:path';
import { monthOf } from '../domain/dates.ts';
import { figuresOf } from '../domain/figures.ts';
import { adviceFor, nearest } from '../domain/nearest.ts';
import type { Entry } from '../domain/newsroom.ts';
import { digestOfText, tellProgress } from '../environment.ts';
import { reservedSlugs } from '../domain/paths.ts';
import type { Problem } from '../domain/problems.ts';
import type { UnknownTag } from '../domain/tag-report.ts';
import { toLabelKey } from '../domain/labels.ts';
import type { InternalLink } from '../markdown/text.ts';
import {
	type ArticleFrontMatter,
	articleSchema,
	type SoundFields,
	soundFieldsOf,
	unwritten,
} from '../schemas/article.ts';
import { isBefore, type Moment } from '../schemas/moment.ts';
import { isId } from '../schemas/text.ts';
import { type ContentFolder, digestOf, readText } from './files.ts';
import { checkBlock, checkLead, type FigureSurroundings } from './figures.ts';
import { readMarkdown } from './markdown.ts';
import { faultOfPicture, stampOf } from './pictures.ts';
import type { References } from './references.ts';
import { toFieldName } from './fields.ts';
import { proposeTag } from './tag-entry.ts';

/** One checked article: its front matter with tags by id, and what its text links to. The text itself stays in the file. */
export interface ArticleEntry extends Entry<ArticleFrontMatter> {
	internalLinks: readonly InternalLink[];
	/** Changes when the file, the vocabulary or the rules do. */
	digest: string;
}

/** An article that cannot be published as it is, with where its text links to. */
export interface FaultyArticle {
	file: string;
	/** What decides on its status, as far as it is as it should be. */
	data: Pick<SoundFields, 'draft' | 'publishedAt' | 'retracted'>;
	internalLinks: readonly InternalLink[];
}

/** Returns what an earlier run found of an article with the same digest. */
export type FormerArticles = (id: string, digest: string) => ArticleEntry | undefined;

/** The file of an article, and what else its check follows from. */
export interface ArticleSource {
	id: string;
	file: string;
	text: string;
	version: string;
	digest: string;
	/** See {@link FigureSurroundings}. */
	pictures: ReadonlySet<string> | undefined;
}

/** What the check of an article has found. */
export interface Outcome {
	/** Where it is sound. */
	entry?: ArticleEntry;
	/** Where it is not, but its front matter is YAML. */
	faulty?: FaultyArticle;
	problems: Problem[];
}

/** Checks an article, here or elsewhere. */
export type CheckArticle = (source: ArticleSource) => Outcome | Promise<Outcome>;

/** What an article is checked against. */
interface Surroundings extends References, FigureSurroundings {
	/** Takes tags that are not in the vocabulary, which are problems otherwise. */
	unknownTags: UnknownTag[] | undefined;
}

/**
 * Reads every article of the folder, has it checked, and checks the pictures beside it.
 * @param rules a digest of everything else that the outcome follows from
 * @param former what an earlier run found: it is taken over, and its file not looked into
 * @returns the sound articles, and of the others those whose front matter is YAML
 */
export async function readArticles(
	folder: ContentFolder,
	rules: string,
	former: FormerArticles,
	check: CheckArticle,
	problems: Problem[],
): Promise<{ articles: ArticleEntry[]; faultyArticles: FaultyArticle[] }> {
	const outcomes: { outcome: Outcome | Promise<Outcome>; pictures: readonly string[] }[] = [];
	const files = new Map<string, string>();
	const { texts, picturesOf } = sortFiles(folder.filesIn('articles'));
	for (const [i, path] of texts.entries()) {
		tellProgress(i + 1, texts.length, path);
		const file = folder.fileOf(path);
		const report = (message: string) => void problems.push({ file, message });
		const id = checkPlace(path, report);
		if (id === undefined) continue;
		const address = id.normalize('NFKC').toLowerCase();
		const other = files.get(address);
		if (other !== undefined) report(`has the same address as ${other}. Rename or delete one of the two`);
		files.set(address, file);
		checkSlug(basename(id), report);
		const text = readText(folder, path, problems);
		if (text === undefined) continue;
		const pictures = picturesOf.get(path) ?? [];
		const stamps = await Promise.all(pictures.map((picture) => stampOf(folder, picture)));
		const version = `${digestOfText(text)} ${digestOf(file, ...stamps)}`;
		const digest = digestOf(rules, version);
		const known = former(id, digest);
		if (known) {
			outcomes.push({ outcome: { entry: known, problems: [] }, pictures: [] });
			continue;
		}
		const names = path.endsWith('/index.md') ? new Set(pictures.map((picture) => basename(picture))) : undefined;
		outcomes.push({ outcome: check({ id, file, text, version, digest, pictures: names }), pictures });
	}
	const articles: ArticleEntry[] = [];
	const faultyArticles: FaultyArticle[] = [];
	for (const { outcome, pictures } of outcomes) {
		const { entry, faulty, problems: found } = await outcome;
		const ofPictures = entry ? await checkPictures(entry, pictures, folder) : [];
		problems.push(...found, ...ofPictures);
		if (entry && ofPictures.length === 0) articles.push(entry);
		if (faulty) faultyArticles.push(faulty);
	}
	return { articles, faultyArticles };
}

/** Tells pictures, which lie in the folder of an `index.md`, from everything that should be an article's text. */
function sortFiles(paths: readonly string[]): { texts: string[]; picturesOf: Map<string, string[]> } {
	const all = new Set(paths);
	const picturesOf = new Map<string, string[]>();
	const texts: string[] = [];
	for (const path of paths) {
		const article = `${dirname(path)}/index.md`;
		if (path.endsWith('.md') || !all.has(article)) texts.push(path);
		else picturesOf.set(article, [...(picturesOf.get(article) ?? []), path]);
	}
	return { texts, picturesOf };
}

async function checkPictures(entry: ArticleEntry, paths: readonly string[], folder: ContentFolder): Promise<Problem[]> {
	const used = new Set(figuresOf(entry.data).map((figure) => figure.kind === 'picture' && figure.file));
	const problems = paths.map(async (path): Promise<Problem | undefined> => {
		const message = used.has(basename(path))
			? await faultOfPicture(folder, path)
			: 'lies beside the article, but nothing there shows it. Show it in a picture, or move it away';
		return message === undefined ? undefined : { file: folder.fileOf(path), message };
	});
	return (await Promise.all(problems)).filter((problem) => problem !== undefined);
}

const pictureEnding = /\.(?:jpe?g|png|webp|avif|gif|svg)$/i;

/** Returns the id that the place of the file gives the article; nothing where no article can stand there. */
function checkPlace(path: string, report: (message: string) => void): string | undefined {
	const [, year, month, slug] = /^articles\/([^/]+)\/([^/]+)\/([^/]+?)(?:\/index)?\.md$/.exec(path) ?? [];
	if (year === undefined || month === undefined || slug === undefined) {
		const form = pictureEnding.test(path)
			? 'pictures lie in the folder of their article, beside its index.md'
			: 'articles are content/articles/<year>/<month>/<slug>.md';
		report(`does not belong here: ${form}. Move or rename it`);
		return undefined;
	}
	if (!/^[12]\d{3}$/.test(year) || !/^(?:0[1-9]|1[0-2])$/.test(month)) {
		report(
			`stands in the folder ${year}/${month}, which is no year and month. Use four digits and two, such as 2025/06`,
		);
		return undefined;
	}
	return `${year}/${month}/${slug}`;
}

function checkSlug(slug: string, report: (message: string) => void): void {
	if (reservedSlugs.has(slug)) return report(`"${slug}" is an address that the paper needs itself. Rename the file`);
	if (isId(slug)) return;
	const proposal = toLabelKey(slug)
		.replace(/[^a-z0-9]+/g, '-')
		.replace(/^-|-$/g, '');
	const advice = isId(proposal) ? `Rename it to "${proposal}"` : 'Rename it';
	report(`"${slug}" cannot be part of an address: only a to z, digits and single hyphens, at most 100. ${advice}`);
}

/**
 * Tells of everything that is wrong with an article, whatever else is wrong with it.
 * @param unknownTags takes tags that are not in the vocabulary, where they are to be no problems
 */
export function checkArticle(
	{ id, file, text, version, digest, pictures }: ArticleSource,
	references: References,
	unknownTags?: UnknownTag[],
): Outcome {
	const problems: Problem[] = [];
	const surroundings: Surroundings = { ...references, pictures, unknownTags };
	const read = readMarkdown(text, file, articleSchema, problems);
	const figures = (read?.figureBlocks ?? []).map((block) => checkBlock(block, surroundings, file, problems));
	if (!read?.yaml) return { problems };
	const { data: written, yaml, internalLinks } = read;
	const report: Report = (path, message) =>
		void problems.push({ file, ...yaml.placeOf(path), field: path[0], message });
	const sound = written ?? soundFieldsOf(yaml.value);
	checkDates(id, sound, report);
	if (!yaml.value['draft']) checkIsWritten(sound, text, file, report, problems);
	checkReferences(sound, surroundings, report);
	checkTags(sound.tags ?? [], file, surroundings, report);
	const lead =
		sound.lead &&
		checkLead(sound.lead, surroundings, (path, message) => {
			const field = toFieldName(['lead', ...path]);
			problems.push({ file, ...yaml.placeOf(['lead', ...path]), field, message });
		});
	const faulty: FaultyArticle = { file, data: sound, internalLinks };
	if (!written) return { faulty, problems };
	const tags = new Set(written.tags.map((label) => surroundings.byLabel.get(toLabelKey(label))?.id));
	const { ids } = surroundings;
	const isWhole = ids.sections.has(written.section) && written.authors.every((author) => ids.authors.has(author));
	const data: ArticleFrontMatter = {
		...written,
		tags: [...tags].filter((tag) => tag !== undefined),
		lead,
		figures: figures.filter((figure) => figure !== undefined),
		version,
	};
	const hasAllFigures = data.figures.length === figures.length && (!written.lead || lead !== undefined);
	return problems.length === 0 && isWhole && hasAllFigures
		? { entry: { id, file, digest, data, internalLinks }, problems }
		: { faulty, problems };
}

/** Finds what `npm run new` wrote and no editor has replaced. */
function checkIsWritten(
	{ standfirst }: SoundFields,
	text: string,
	file: string,
	report: Report,
	problems: Problem[],
): void {
	if (standfirst === unwritten.standfirst) report(['standfirst'], 'is not written yet. Write it');
	const line = text.includes(unwritten.text) ? text.split('\n').indexOf(unwritten.text) + 1 : 0;
	if (line > 0) problems.push({ file, line, column: 1, message: 'The text is not written yet. Write it' });
}

/** Is told of something wrong in a field: its path, and a sentence without its stop. */
type Report = (path: readonly [string, ...(string | number)[]], message: string) => void;

/** A message names all sections or authors where they are so few. */
const mostNamed = 12;

function checkReferences({ section, authors = [] }: SoundFields, { ids, faulty }: References, report: Report): void {
	const checkId = (
		path: [string, ...number[]],
		id: string,
		known: ReadonlySet<string>,
		flawed: ReadonlySet<string>,
		place: string,
	) => {
		if (known.has(id) || flawed.has(id)) return;
		const choice = known.size <= mostNamed ? `one of ${[...known].join(', ')}` : 'another';
		const advice = adviceFor(toLabelKey(id).replaceAll(' ', '-'), known, `Add it there, or choose ${choice}`);
		report(path, `"${id}" is not in ${place}. ${advice}`);
	};
	if (section !== undefined && faulty.sections)
		checkId(['section'], section, ids.sections, faulty.sections, 'content/sections.yaml');
	authors.forEach((author, i) => {
		checkId(['authors', i], author, ids.authors, faulty.authors, 'content/authors/');
		if (authors.indexOf(author) < i) report(['authors', i], `"${author}" is given twice. Keep one of them`);
	});
}

function checkTags(tags: readonly string[], file: string, surroundings: Surroundings, report: Report): void {
	const { byLabel, faulty, unknownTags } = surroundings;
	tags.forEach((label, i) => {
		const key = toLabelKey(label);
		if (byLabel.has(key) || !faulty.tags || faulty.tags.has(key)) return;
		const advice = adviceForTag(label, surroundings);
		if (unknownTags) unknownTags.push({ label, file, advice });
		else report(['tags', i], `"${label}" is not in content/tags.yaml. ${advice}`);
	});
}

/** Returns what an unknown tag was most likely meant to be, and how it would be added to the vocabulary. */
function adviceForTag(label: string, references: References): string {
	const near = nearest(label, labelsLike(label, references));
	if (toLabelKey(label) === '') return 'Choose another';
	const { entry, remark } = proposeTag(label, references.byLabel);
	const addition = `To add it there, write "${entry}" with the kind that it has.`;
	return [near && `Did you mean "${near}"?`, addition, remark].filter((part) => part !== undefined).join(' ');
}

/** Returns the vocabulary's labels, written in capitals where the editor writes in capitals. */
function labelsLike(label: string, { byLabel }: References): string[] {
	const isShouted = label === label.toUpperCase();
	return [...byLabel].map(([key, tag]) => {
		const name = toLabelKey(tag.name) === key ? tag.name : key;
		return isShouted ? name.toUpperCase() : name;
	});
}

function checkDates(id: string, article: SoundFields, report: Report): void {
	const { publishedAt, updatedAt, corrections = [], retracted } = article;
	if (!publishedAt) return;
	const folder = id.slice(0, 7);
	const month = monthOf(publishedAt.day).replace('-', '/');
	if (folder !== month)
		report(
			['publishedAt'],
			`falls in ${month} in the newsroom's time zone, but the file stands in ${folder}. Move it, or correct the date`,
		);
	const checkOrder = (path: Parameters<Report>[0], at: Moment) => {
		if (isBefore(at, publishedAt))
			report(path, `${at.iso} is before publishedAt, ${publishedAt.iso}. Correct one of the two`);
	};
	if (updatedAt) checkOrder(['updatedAt'], updatedAt);
	corrections.forEach(({ at }, i) => checkOrder(['corrections', i, 'at'], at));
	if (retracted) checkOrder(['retracted', 'at'], retracted.at);
}
