import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { commentsFolder, contentFolder, readClock } from '../environment.ts';
import { type Media, mostFetched } from '../import/media.ts';
import { moveIn } from '../import/move-in.ts';
import { recordsOf } from '../import/mover.ts';
import { openFeed } from '../import/feed-file.ts';
import { readHugo } from '../import/files/hugo.ts';
import { readJekyll } from '../import/files/jekyll.ts';
import { readMarkdownFolder } from '../import/files/markdown.ts';
import { readGhost } from '../import/ghost.ts';
import type { Source } from '../import/post.ts';
import { type RawPaper, toSource } from '../import/raw.ts';
import { openWordPress } from '../import/wordpress/wordpress.ts';
import { showProgress } from './progress.ts';
import { type Arguments, runCommand } from './run.ts';

const help = `npm run import -- WHAT

Brings what another program published into the newsroom: articles, pages, sections, tags, authors, comments and
pictures. Nothing that is there is overwritten, and running it again leaves alone what editors have changed since.

  npm run import -- wordpress FILE.xml… [--media DIR | --fetch]
      takes what WordPress exports under Tools, Export; several files are parts of one export
  npm run import -- ghost FILE.json [--media DIR | --fetch]
      takes what Ghost exports under Settings, Labs; posts for members alone become drafts
  npm run import -- feed FILE|URL [--fetch]
      takes the entries of an RSS feed, an Atom feed or a JSON Feed that have their text in it
  npm run import -- jekyll DIR, or hugo DIR
      takes the texts of a paper made with Jekyll or Hugo, and the pictures that lie there
  npm run import -- markdown DIR
      takes a folder of markdown, with front matter or without; what has no date becomes a page

  --media DIR           takes pictures from a copy of wp-content/uploads, or of Ghost's content
  --fetch               fetches pictures from the web, each once; what was fetched stays in import/media. One run fetches
                        ${mostFetched.files} files and ${mostFetched.bytes / 1e9} GB at most: the report names what is left, and the next goes on
  CONTENT_DIR=folder    brings it into another content folder
  COMMENTS_DIR=folder   puts comments into another folder than comments in that of the content

Beside the content folder, import/report.md says what became what and what needs a hand, import/aside has what the
paper cannot publish as it is, with the reasons, import/redirects the old addresses for servers, and import/written.tsv
what was written: keep that one. It ends with status 1 where nothing could be brought in.`;

/** Opens what is to be brought in, by the first word; the others say where it is. */
const sources: Readonly<Record<string, (words: readonly string[]) => Promise<Source>>> = {
	wordpress: openWordPress,
	ghost: one(readGhost),
	feed: one(openFeed),
	jekyll: one(readJekyll),
	hugo: one(readHugo),
	markdown: one(readMarkdownFolder),
};
/** Sources that are folders, in which pictures lie too. */
const folders: ReadonlySet<string> = new Set(['jekyll', 'hugo', 'markdown']);

function one(read: (place: string) => Promise<RawPaper>): (words: readonly string[]) => Promise<Source> {
	return async ([place = '', ...others]) => {
		if (others.length > 0) throw new Error(`"${others.join(' ')}" is too much: name one thing to be read.`);
		return toSource(await read(place));
	};
}

async function bringIn({ words: [what, ...rest], flags, options }: Arguments): Promise<void> {
	if (what === undefined) throw new Error(`Say what is to be brought in.\n\n${help}`);
	const open = Object.hasOwn(sources, what) ? sources[what] : undefined;
	if (!open) throw new Error(`"${what}" is nothing that this command can bring in.\n\n${help}`);
	if (rest.length === 0) throw new Error(`Name what is to be read: npm run import -- ${what} FILE`);
	const isFromWeb = what === 'feed' && /^https?:/i.test(rest[0] ?? '');
	for (const file of isFromWeb ? [] : rest) if (!existsSync(file)) throw new Error(`There is no ${file}.`);
	const content = contentFolder();
	const ownFolder = folders.has(what) ? rest[0] : undefined;
	const media = await toMedia(
		options.get('media') ?? (flags.has('fetch') ? undefined : ownFolder),
		flags.has('fetch'),
		content,
	);
	const progress = showProgress();
	progress.begin(`Bringing in ${rest.join(', ')}${what === 'wordpress' ? ' (MB)' : ''}`);
	const source = await open(rest);
	const report = await moveIn(source, { content, comments: commentsFolder(), now: readClock(), media });
	progress.end();
	const records = relative(process.cwd(), recordsOf(content)) || '.';
	console.log(`\n${report.summary().join('\n')}\n`);
	console.log(`${records}/report.md says what became what and what needs a hand.`);
	console.log(
		'Look at the kinds of new tags in tags.yaml, then "npm run build" says whether all of it can be published.',
	);
	if (!report.hasContent) throw new Error('Nothing could be brought in.');
}

async function toMedia(folder: string | undefined, isFetching: boolean, content: string): Promise<Media> {
	if (folder !== undefined && isFetching) throw new Error('Give --media or --fetch, not both.');
	if (isFetching) return { kept: join(recordsOf(content), 'media'), left: { ...mostFetched } };
	if (folder === undefined) return undefined;
	const path = resolve(folder);
	if (!existsSync(path) || !(await stat(path)).isDirectory())
		throw new Error(`--media is "${folder}", which is no folder. Name the copy of wp-content/uploads.`);
	return { folder: path };
}

await runCommand(help, bringIn, ['fetch'], ['media']);
