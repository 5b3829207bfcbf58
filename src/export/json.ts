import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'astro/zod';
import type { Collection } from './collect.ts';
import { toJsonFile, writeInto } from './folder.ts';
import { picturesOf } from './pictures.ts';
import { toArticleRecord, toLists, toPageRecord } from './records.ts';
import { exportedSchemas } from './shape.ts';
import { exportPageText, exportText } from './texts.ts';

/**
 * Writes an export as JSON: a file for each article and each page, lists of everything else, and `schema.json`, which
 * describes them all. Pictures lie beside the articles.
 * @returns how many pictures were written
 */
export async function exportJson(collection: Collection, folder: string): Promise<number> {
	let count = 0;
	for (const holding of collection.holdings) {
		const { article } = holding;
		const place = `articles/${article.id}`;
		const name = article.id.slice(article.id.lastIndexOf('/') + 1);
		const pictures = await picturesOf(article);
		const text = await exportText(article, pictures, ({ file }) => `${name}/${file}`);
		const record = toArticleRecord(holding, collection.extent, pictures.values(), text);
		await writeInto(folder, `${place}.json`, toJsonFile(record));
		if (pictures.size > 0) await mkdir(join(folder, place));
		for (const picture of pictures.values()) await picture.writeTo(join(folder, place, picture.file));
		count += pictures.size;
	}
	for (const page of collection.pages) {
		const record = toPageRecord(page, await exportPageText(page.file, page.id));
		await writeInto(folder, `pages/${page.id}.json`, toJsonFile(record));
	}
	await writeLists(collection, folder);
	const schemas = Object.entries(exportedSchemas).map(([name, schema]) => [
		`${name}.json`,
		z.toJSONSchema(schema, { io: 'input' }),
	]);
	await writeInto(folder, 'schema.json', toJsonFile(Object.fromEntries(schemas)));
	return count;
}

/** Writes everything of an export that is neither a text nor a picture. */
export async function writeLists(collection: Collection, folder: string): Promise<void> {
	for (const [name, list] of Object.entries(toLists(collection)))
		await writeInto(folder, `${name}.json`, toJsonFile(list));
}
