import { basename, resolve } from 'node:path';
import { nearest } from '../domain/nearest.ts';
import { toNewsroom } from '../domain/newsroom.ts';
import { ContentError } from '../domain/problems.ts';
import { mergeTags, renameTag, type VocabularyEdit } from '../domain/tag-edits.ts';
import { toTagReport, type UnknownTag } from '../domain/tag-report.ts';
import { toLabelKey } from '../domain/labels.ts';
import type { Tag } from '../domain/tags.ts';
import { commentsFolder, contentFolder, readClock } from '../environment.ts';
import { type Content, readContent, readSoundContent } from '../loaders/newsroom.ts';
import { proposeTag } from '../loaders/tag-entry.ts';
import { checkEdit } from '../loaders/vocabulary-edit.ts';
import { tagKinds } from '../schemas/vocabulary.ts';
import { type Arguments, runCommand } from './run.ts';
import { formatTagReport } from './tag-report.ts';

const help = `npm run tags

Says what could be mended in content/tags.yaml and in how articles use it: tags of articles that are not in it, tags
that no article or one article has, probable duplicates, articles with fewer than three tags, tags without a
description. It is advice: nothing is changed.

  npm run tags -- --json
      prints the same for programs: tags, articles (numbers); unknown (list of label, advice, files); unused,
      unpublished, once, undescribed (lists of id, name, articles; once also file); duplicates (list of from, into,
      reason, command); fewTags (list of file, tags)
  npm run tags -- merge FROM INTO [--dry-run]
      merges the tag with the id FROM into another, which keeps its names and addresses; articles need no edit
  npm run tags -- rename ID NEW NAME [--dry-run]
      gives a tag another name; the old one becomes an alias, the id and the address stay
  npm run tags -- suggest NAME
      prints what to write into content/tags.yaml for a new tag

  --dry-run             prints the lines that would change, and changes nothing
  CONTENT_DIR=folder    takes the content from another folder
  COMMENTS_DIR=folder   takes the comments from another folder than comments in that of the content`;

async function tags({ words: [action, ...rest], flags }: Arguments): Promise<void> {
	const isEdit = action === 'merge' || action === 'rename';
	if (flags.has('json') && action !== undefined) throw new Error('--json goes with the report alone.');
	if (flags.has('dry-run') && !isEdit) throw new Error('--dry-run goes with merge and rename alone.');
	if (action === undefined) await report(flags.has('json'));
	else if (isEdit) await edit(action, rest, flags.has('dry-run'));
	else if (action === 'suggest') await suggest(rest.join(' '));
	else throw new Error(`"${action}" is nothing that this command does.\n\n${help}`);
}

const circumstances = () => ({
	now: readClock(),
	publicFolder: resolve('public'),
	commentsFolder: commentsFolder(),
});

/** Reads the newsroom's content, sound or not. @param instead texts in the place of files */
function read(instead: ReadonlyMap<string, string> = new Map()): Promise<Content> {
	return readContent(contentFolder(), { ...circumstances(), instead });
}

/** Advises where articles name unknown tags too: they are what it advises on. */
async function report(isForPrograms: boolean): Promise<void> {
	const unknownTags: UnknownTag[] = [];
	const content = await readSoundContent(contentFolder(), { ...circumstances(), unknownTags });
	const found = toTagReport(toNewsroom(content, readClock()), unknownTags);
	console.log(isForPrograms ? JSON.stringify(found, undefined, '\t') : formatTagReport(found));
}

async function edit(action: 'merge' | 'rename', args: string[], isDryRun: boolean): Promise<void> {
	const content = await readSoundContent(contentFolder(), circumstances());
	const { tags } = toNewsroom(content, readClock());
	await perform(action === 'merge' ? toMerge(args, tags, content) : toRename(args, tags, content), content, isDryRun);
}

function toMerge([from, into, ...others]: string[], tags: readonly Tag[], content: Content): VocabularyEdit {
	if (from === undefined || into === undefined || others.length > 0)
		throw new Error('Write two ids: npm run tags -- merge FROM INTO');
	if (from === into) throw new Error(`"${from}" cannot be merged into itself. Write two ids.`);
	const [gone, kept] = [find(from, tags, content), find(into, tags, content)];
	if (gone.kind !== kept.kind)
		throw new Error(
			`"${from}" is of the kind ${gone.kind}, "${into}" of the kind ${kept.kind}. If they are one subject, give both one kind in content/tags.yaml before.`,
		);
	return mergeTags(gone, kept, tags);
}

function toRename([id, ...name]: string[], tags: readonly Tag[], content: Content): VocabularyEdit {
	if (id === undefined || name.length === 0)
		throw new Error('Write an id and the new name: npm run tags -- rename ID NEW NAME');
	const tag = find(id, tags, content);
	if (tag.name === name.join(' ')) throw new Error(`"${tag.name}" is already the name of the tag.`);
	return renameTag(tag, name.join(' '));
}

function find(id: string, tags: readonly Tag[], { byLabel }: Content): Tag {
	const tag = tags.find((candidate) => candidate.id === id);
	if (tag) return tag;
	const ids = tags.map((candidate) => candidate.id);
	const near = byLabel.get(toLabelKey(id))?.id ?? nearest(id, ids);
	const advice = near === undefined ? 'Its ids are the words before the colons.' : `Did you mean "${near}"?`;
	throw new Error(`"${id}" is no id of a tag in content/tags.yaml. ${advice}`);
}

async function perform(edit: VocabularyEdit, content: Content, isDryRun: boolean): Promise<void> {
	const { lines, write } = await checkEdit(contentFolder(), content, edit, read);
	console.log(lines.join('\n'));
	if (!isDryRun) await write();
	const outcome = isDryRun
		? 'Nothing was written (--dry-run). The change could be published.'
		: 'content/tags.yaml was changed.';
	console.log(`\n${outcome} No article needs an edit: what articles call a tag still leads to it.`);
}

async function suggest(name: string): Promise<void> {
	const { byLabel, problems } = await read();
	// Whatever else is wrong, an id is free or taken.
	const faults = problems.filter(({ file }) => basename(file) === 'tags.yaml');
	if (faults.length > 0) throw new ContentError(faults);
	const key = toLabelKey(name);
	if (key === '') throw new Error('Write the name of the new tag: npm run tags -- suggest NAME');
	const known = byLabel.get(key);
	if (known) throw new Error(`"${name}" is already the tag "${known.name}" (${known.id}).`);
	const { entry, remark } = proposeTag(name, byLabel);
	console.log(`${entry}\n\nWrite this into content/tags.yaml with the kind that it has: ${tagKinds.join(', ')}.`);
	if (remark !== undefined) console.log(remark);
}

await runCommand(help, tags, ['json', 'dry-run']);
