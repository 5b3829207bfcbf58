import { basename, dirname } from 'node:path';
import type { RawPaper, RawPost } from '../raw.ts';
import { type ForeignFolder, isText, openFolder, toRawPaper } from './folder.ts';
import { readFields, readForeignFile } from './front-matter.ts';
import { readPosts, toRawPost } from './post.ts';

/** Reads a folder of texts in markdown, with front matter or without. @throws Error where there is none */
export async function readMarkdownFolder(path: string): Promise<RawPaper> {
	const folder = await openFolder(path);
	const texts = folder.files.filter(isText);
	if (texts.length === 0) throw new Error(`${path} has no texts. Name the folder that holds them.`);
	const { posts, leftOut } = await readPosts(folder, texts, (file, text) => toPost(folder, file, text));
	return toRawPaper(folder, { title: basename(folder.path), address: undefined, posts }, leftOut);
}

function toPost(folder: ForeignFolder, file: string, text: string): RawPost {
	const { fields: written, body } = readForeignFile(text);
	const fields = readFields(written);
	const path = file.replace(/(?:\/index)?\.\w+$/, '');
	const [, day, name = basename(path)] = /^(\d{4}-\d{2}-\d{2})-(.+)$/.exec(basename(path)) ?? [];
	const date = fields.date ?? day;
	const own = fields.address ?? `/${path}/`;
	return toRawPost(folder, 'markdown', {
		...{ file, fields, body, date, notes: [] },
		slug: fields.slug ?? (fields.address === undefined ? name : basename(fields.address)),
		kind: date === undefined ? 'page' : 'article',
		isDraft: false,
		oldAddresses: [own, ...fields.formerAddresses.toReversed()],
		roots: [''],
		section: dirname(path) === '.' || /\d{4}/.test(dirname(path)) ? undefined : basename(dirname(path)),
	});
}
