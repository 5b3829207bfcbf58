import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { relative, resolve } from 'node:path';
import { toLabelKey } from '../domain/labels.ts';
import { adviceFor } from '../domain/nearest.ts';
import { type ArticlePlan, type GivenPlan, guessPlan } from '../domain/new-article.ts';
import { ContentError } from '../domain/problems.ts';
import { findTags } from '../domain/tag-matches.ts';
import type { Tag } from '../domain/tags.ts';
import { commentsFolder, contentFolder, readClock } from '../environment.ts';
import { writeNewArticle } from '../loaders/new-article.ts';
import { type Content, readContent } from '../loaders/newsroom.ts';
import { decodeText, splitFrontMatter } from '../markdown/front-matter.ts';
import { toPlainText } from '../markdown/plain.ts';
import { readText } from '../markdown/text.ts';
import { site } from '../site.ts';
import { askForPlan } from './ask-for-plan.ts';
import { type Arguments, runCommand } from './run.ts';

const help = `npm run new

Makes the file of a new article where it belongs: a draft, dated now. Started in a terminal without a headline, it asks
for everything. No file is ever written over.

  npm run new -- "Headline"
      makes it with this headline; what else is not given is guessed, and said
  npm run new -- --tags-for FILE
      prints the tags that a text names, by their names and aliases

  --section ID          its section: an id in content/sections.yaml
  --authors ID,ID       its authors: names of files in content/authors/ without .yaml
  --tags TAG,TAG        its tags: ids, names or aliases in content/tags.yaml
  --slug a-story        the last part of its address, which follows from the headline otherwise
  CONTENT_DIR=folder    makes it in another content folder`;

await runCommand(help, makeNew, [], ['section', 'authors', 'tags', 'slug', 'tags-for']);

async function makeNew({ words, options }: Arguments): Promise<void> {
	const content = await readContent(contentFolder(), {
		now: readClock(),
		publicFolder: resolve('public'),
		commentsFolder: commentsFolder(),
	});
	// Without them it would be guessed at what is there.
	const faults = content.problems.filter(({ file }) => /\/(?:sections\.yaml|tags\.yaml|authors\/[^/]+)$/.test(file));
	if (faults.length > 0) throw new ContentError(faults);
	const file = options.get('tags-for');
	if (file !== undefined) return void console.log(await describeTags(file, content));
	const given = toGiven(words.join(' ').trim(), options, content);
	const plan = await complete(given, content);
	const path = await writeNewArticle(contentFolder(), content, plan, readClock(), site.timeZone);
	const name = relative(process.cwd(), resolve(contentFolder(), path));
	console.log(`${name} was made, a draft:\n${describePlan(plan, given)}`);
	console.log('Write it; "npm run dev" shows it, and "npm run check" says what is wrong.');
}

async function complete(given: GivenPlan, content: Content): Promise<ArticlePlan> {
	if (given.title !== '') return guessPlan(given, content);
	if (!process.stdin.isTTY) throw new Error('Write the headline: npm run new -- "Headline"');
	return askForPlan(given, content);
}

function describePlan(plan: ArticlePlan, given: GivenPlan): string {
	const line = (name: string, ids: readonly string[], isGiven: boolean) =>
		`  ${name}: ${ids.join(', ')}${isGiven || given.title === '' ? '' : ' (guessed)'}`;
	return [
		line('section', [plan.section], given.section !== undefined),
		line('authors', plan.authors, given.authors !== undefined),
		line('tags', plan.tags, given.tags !== undefined),
	].join('\n');
}

/** Reads what was given. @throws Error where it names what the newsroom does not have */
function toGiven(title: string, options: Arguments['options'], content: Content): GivenPlan {
	const listOf = (option: string) =>
		options
			.get(option)
			?.split(',')
			.map((part) => part.trim());
	const { ids, byLabel } = content;
	const known = (id: string, all: ReadonlySet<string>, place: string) => {
		if (all.has(id)) return id;
		throw new Error(`"${id}" is not in ${place}. ${adviceFor(id, all, `There are ${[...all].join(', ')}`)}`);
	};
	const section = options.get('section');
	const tags = listOf('tags')?.map((label) => {
		const tag = byLabel.get(toLabelKey(label));
		if (tag) return tag.id;
		const advice = adviceFor(label, byLabel.keys(), 'See "npm run tags -- --help" on how to add it');
		throw new Error(`"${label}" is not in content/tags.yaml. ${advice}`);
	});
	return {
		title,
		section: section === undefined ? undefined : known(section, ids.sections, 'content/sections.yaml'),
		authors: listOf('authors')?.map((id) => known(id, ids.authors, 'content/authors/')),
		tags: tags && [...new Set(tags)],
		slug: options.get('slug'),
	};
}

/** Returns the tags that the text of a file names, as lines for people. */
async function describeTags(file: string, { tags }: Content): Promise<string> {
	if (!existsSync(file)) throw new Error(`There is no file ${file}.`);
	const text = decodeText(await readFile(file));
	const { frontMatter = '', body = text } = splitFrontMatter(text) ?? {};
	const fields = /^(?:title|standfirst):.*(?:\n[ \t]+.*)*/gm;
	const words = [...(frontMatter.match(fields) ?? []), toPlainText(readText(body).tree)].join('\n');
	const vocabulary = tags.map(({ id, data }): Tag => ({ id, ...data }));
	const found = findTags(words, vocabulary);
	if (found.length === 0) return 'The text names no tag of content/tags.yaml.';
	const lines = found.map(({ tag, count }) => `  ${tag.id} (${tag.name}): ${count === 1 ? 'once' : `${count} times`}`);
	return `${lines.join('\n')}\n\ntags: [${found.map(({ tag }) => tag.id).join(', ')}]`;
}
