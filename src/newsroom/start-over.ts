import { hash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { stringify } from 'yaml';
import { ContentError } from '../domain/problems.ts';
import { gitIn } from '../git.ts';
import { checkPublication, isEmailAddress } from '../loaders/publication.ts';
import { escapeMarkdown } from '../markdown/escape.ts';
import { site } from '../site.ts';
import { primaryOf } from '../words/languages.ts';
import { languages } from '../words/words.ts';
import { en } from '../words/en.ts';
import { type Answers, toSectionId } from './answers.ts';
import { type FirstWords, firstWords } from './first-words.ts';
import { drawIcons } from './icons.ts';
import { keptPages, sampleFiles } from './sample.ts';
import { rewriteSite } from './site-file.ts';

/** What a newsroom owns: a later version of the program never changes it. */
export const ownPaths = ['content', 'public', 'src/site.ts'] as const;

/** What was done. */
export interface NewBeginning {
	/** Files that are gone, relative to the project. */
	removed: readonly string[];
	/** Files that were written, relative to the project. */
	written: readonly string[];
	/** The file of the one article. */
	article: string;
}

/**
 * Makes of the sample newsroom one of somebody's own: empties `content/`, and writes what a paper begins with, the icons
 * and `src/site.ts`. Only files that Git has are removed, and nothing where one of them has changed since.
 * @param root of the project
 * @param now the clock, in milliseconds since 1970
 * @param removesOwn true also removes what is not of the sample
 * @throws Error where something would be lost: what, and what to do; nothing has changed then
 */
export async function startOver(
	root: string,
	answers: Answers,
	now: number,
	removesOwn = false,
): Promise<NewBeginning> {
	const git = gitIn(root);
	const removed = await findRemovable(root, removesOwn);
	const { files, article } = await toFiles(root, answers, now, new Set(removed));
	await git('rm', '-r', '--quiet', '--ignore-unmatch', '--', 'content');
	for (const [file, content] of files) {
		await mkdir(dirname(join(root, file)), { recursive: true });
		await writeFile(join(root, file), content);
	}
	return { removed: removed.filter((file) => !files.has(file)), written: [...files.keys()], article };
}

/** Returns the files of `content/` that Git has. @throws Error where one of them must stay, or something is not in Git */
async function findRemovable(root: string, removesOwn: boolean): Promise<string[]> {
	const git = gitIn(root);
	const listed = await git('ls-files', '-z', '--', 'content').catch(() => {
		throw new Error(
			'This folder is not in a Git repository, so that what is removed would be lost. Clone Meridian, or make one: git init, git add -A, git commit',
		);
	});
	const changes = await git('status', '--porcelain', '--untracked-files=all', '--', ...ownPaths);
	if (changes !== '')
		throw new Error(`Git does not have these changes, which would be lost. Commit them first:\n${changes}`);
	const files = listed.split('\0').filter((file) => file !== '');
	const own: string[] = [];
	for (const file of files) if (!isOfSample(file, await readFile(join(root, file)))) own.push(file);
	if (own.length > 0 && !removesOwn)
		throw new Error(
			`${own.length === 1 ? 'One file is' : `${own.length} files are`} not of the sample newsroom, such as ${own[0] ?? ''}. Keep a copy elsewhere, or add --remove-own to remove them too: Git keeps them in its history.`,
		);
	return files;
}

/** Tells whether a file of `content/` is one of the sample, as it was. */
export function isOfSample(file: string, bytes: Uint8Array): boolean {
	const digest = sampleFiles.get(file.slice('content/'.length));
	return digest !== undefined && hash('sha256', bytes).startsWith(digest);
}

/** @param present files of `content/` that are there, relative to the project */
async function toFiles(root: string, answers: Answers, now: number, present: ReadonlySet<string>) {
	const { title, language, timeZone, origin, sections } = answers;
	const first: FirstWords =
		Object.entries(firstWords).find(([code]) => code === primaryOf(language))?.[1] ?? firstWords.en;
	const today = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timeZone).toPlainDate().toString();
	const host = new URL(origin).hostname;
	const ownEmail = `editor@${host}`;
	const own = {
		title,
		language,
		timeZone,
		origin,
		editorEmail: isEmailAddress(ownEmail) ? ownEmail : 'editor@example.org',
		// An address of IPv6 has signs that no authority may have.
		feedAuthority: `${host.replace(/[[\]]/g, '').replaceAll(':', '-')},${today.slice(0, 4)}`,
	};
	const tagline = sections.join(' · ');
	const fields = { ...own, tagline, description: `${title}: ${sections.join(', ')}.` };
	refuseFaults({ ...site, ...fields });
	const [section = ''] = sections;
	const article = `content/articles/${today.slice(0, 7).replace('-', '/')}/example.md`;
	const source = await readFile(join(root, 'src/site.ts'), 'utf8');
	const files = new Map<string, string | Uint8Array>([
		['src/site.ts', rewriteSite(source, fields, toLabels(language, first))],
		['content/sections.yaml', toSections(sections)],
		['content/tags.yaml', toTags(first)],
		['content/authors/newsroom.yaml', toAuthor(title, first)],
		['content/pages/about.md', toAbout(title, first)],
		[article, toExample(article, today, toSectionId(section), first)],
	]);
	for (const page of keptPages) {
		const file = `content/pages/${page}.md`;
		if (present.has(file)) files.set(file, toKeptPage(await readFile(join(root, file), 'utf8'), title, language));
	}
	for (const [file, icon] of await drawIcons(title, root)) files.set(`public/${file}`, icon);
	return { files, article };
}

/** @throws ContentError where a paper could not be built with it */
function refuseFaults(publication: Parameters<typeof checkPublication>[0]): void {
	const problems = checkPublication(publication, true);
	if (problems.length > 0) throw new ContentError(problems);
}

/** Returns what links are called, by their paths. */
function toLabels(language: string, { labels }: FirstWords): ReadonlyMap<string, string> {
	const words = languages[primaryOf(language)] ?? en;
	return new Map([
		['/', words.latest],
		['/sections/', words.sections],
		['/tags/', words.tags],
		['/authors/', words.authors],
		['/feeds/', words.feeds],
		['/corrections/', words.corrections],
		...Object.entries(labels),
	]);
}

/** Returns data as YAML, as Prettier would lay it out. */
const toYaml = (data: object) => stringify(data, { singleQuote: true, lineWidth: 0 });

const schemaOf = (name: string, depth = '..') =>
	`# yaml-language-server: $schema=${depth}/.astro/schemas/${name}.json\n`;

function toSections(names: readonly string[]): string {
	const entries = Object.fromEntries(names.map((name) => [toSectionId(name), { name }]));
	return `${schemaOf('sections')}# Keyed by id. The id is the address, /sections/<id>/, and never changes.\n${toYaml(entries)}`;
}

function toTags({ tag }: FirstWords): string {
	const entries = { example: { name: tag.name, kind: 'topic', description: tag.description } };
	return `${schemaOf('tags')}# Keyed by id. The id is the address, /tags/<id>/, and never changes.\n${toYaml(entries)}`;
}

function toAuthor(name: string, { newsroom }: FirstWords): string {
	return schemaOf('author', '../..') + toYaml({ name, kind: 'organisation', description: newsroom });
}

function toAbout(title: string, { labels, about }: FirstWords): string {
	const fields = { title: `${labels['/about/']}: ${title}`, standfirst: about.standfirst };
	return `---\n${toYaml(fields)}---\n\n${about.text}\n`;
}

function toExample(file: string, publishedAt: string, section: string, { article }: FirstWords): string {
	const { title, standfirst, text } = article;
	const fields = { title, standfirst, publishedAt, section, authors: ['newsroom'], tags: ['example'] };
	return `---\n${toYaml(fields)}---\n\n${text(file)}`;
}

/** Returns a page with another name in the place of the paper's, and with its language where it is to be translated. */
export function toKeptPage(page: string, title: string, language: string): string {
	const name = new RegExp(`(?<![\\p{L}\\p{N}])${RegExp.escape(site.title)}(?![\\p{L}\\p{N}])`, 'gu');
	const named = page.replace(name, () => escapeMarkdown(title));
	const isTranslated = primaryOf(language) === primaryOf(site.language) || /^lang:/m.test(page);
	return isTranslated ? named : named.replace('\n---\n', `\nlang: ${site.language}\n---\n`);
}
