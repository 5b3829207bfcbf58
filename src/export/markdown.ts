import { join } from 'node:path';
import { stringify } from 'yaml';
import { lastChangedAt } from '../domain/articles.ts';
import * as paths from '../domain/paths.ts';
import type { Collection, Holding } from './collect.ts';
import { writeInto } from './folder.ts';
import { writeLists } from './json.ts';
import { picturesOf } from './pictures.ts';
import { toFrontMatter } from './records.ts';
import { exportPageText, exportText } from './texts.ts';

/**
 * Writes an export as markdown: a file for each article and each page with plain front matter, pictures beside them,
 * and lists of everything else as JSON.
 * @returns how many pictures were written
 */
export async function exportMarkdown(collection: Collection, folder: string): Promise<number> {
	let count = 0;
	for (const holding of collection.holdings) {
		const { article } = holding;
		const pictures = await picturesOf(article);
		const place = `articles/${article.id}`;
		const { markdown } = await exportText(article, pictures, ({ file }) => file);
		const file = pictures.size > 0 ? `${place}/index.md` : `${place}.md`;
		await writeInto(folder, file, toFile(toPlainFrontMatter(holding, collection), markdown));
		for (const picture of pictures.values()) await picture.writeTo(join(folder, place, picture.file));
		count += pictures.size;
	}
	for (const { id, file, data } of collection.pages) {
		const fields = { title: data.title, description: data.standfirst, url: paths.page(id) };
		const { markdown } = await exportPageText(file, id);
		await writeInto(folder, `pages/${id}.md`, toFile(fields, markdown));
	}
	await writeLists(collection, folder);
	return count;
}

function toFile(fields: object, text: string): string {
	return `---\n${stringify(fields, { lineWidth: 0 })}---\n\n${text}`;
}

/** Returns the front matter under the names that other generators know, above all Hugo. */
function toPlainFrontMatter(holding: Holding, { extent }: Collection): object {
	const { article, status } = holding;
	const { section, authors, tags, publishedAt, formerPaths } = article;
	// Fields that have other names there, and figures, which are part of the text.
	const { title, standfirst, publishedAt: _at, updatedAt: _updated, ...others } = toFrontMatter(holding, extent);
	const { section: _section, authors: _authors, tags: _tags, lead: _lead, formerPaths: _paths, ...further } = others;
	const changedAt = lastChangedAt(article);
	return {
		title,
		description: standfirst,
		date: publishedAt.iso,
		...(changedAt !== publishedAt && { lastmod: changedAt.iso }),
		url: paths.article(article.id),
		...(formerPaths.length > 0 && { aliases: formerPaths.map(paths.article) }),
		categories: [section.name],
		tags: tags.map(({ name }) => name),
		authors: authors.map(({ name }) => name),
		...further,
		// Nobody else knows of what is retracted: a draft is what every generator keeps from readers.
		...(status === 'retracted' && { draft: true }),
	};
}
