import { mkdir, writeFile } from 'node:fs/promises';
import { z } from 'astro/zod';
import { articleSchema } from '../schemas/article.ts';
import { authorSchema } from '../schemas/author.ts';
import { commentSchema } from '../schemas/comment.ts';
import { gazetteerSchema } from '../schemas/figure.ts';
import { pageSchema } from '../schemas/page.ts';
import { sectionsSchema, tagsSchema } from '../schemas/vocabulary.ts';
import type { References } from './references.ts';

/**
 * Writes JSON schemas (draft 2020-12) of everything that editors write, so that their editors complete and check it.
 * The article's schema offers the newsroom's own tags, sections and authors.
 */
export async function writeEditorSchemas({ sections, authors, tags }: References, folder: URL): Promise<void> {
	const labels = tags.flatMap(({ data }) => [data.name, ...data.aliases]);
	const choices: Readonly<Record<string, object>> = {
		'properties.section': { enum: sections.map(({ id }) => id) },
		'properties.authors.items': { enum: authors.map(({ id }) => id) },
		// Any letter case is right, which an enumeration alone would deny.
		'properties.tags.items': { anyOf: [{ enum: labels }, { type: 'string' }] },
	};
	const article = z.toJSONSchema(articleSchema, {
		io: 'input',
		override: ({ path, jsonSchema }) => void Object.assign(jsonSchema, choices[path.join('.')]),
	});
	const schemas = {
		article,
		author: z.toJSONSchema(authorSchema, { io: 'input' }),
		gazetteer: z.toJSONSchema(gazetteerSchema, { io: 'input' }),
		comment: z.toJSONSchema(commentSchema, { io: 'input' }),
		page: z.toJSONSchema(pageSchema, { io: 'input' }),
		sections: z.toJSONSchema(sectionsSchema, { io: 'input' }),
		tags: z.toJSONSchema(tagsSchema, { io: 'input' }),
	};
	await mkdir(folder, { recursive: true });
	await Promise.all(
		Object.entries(schemas).map(([name, schema]) =>
			writeFile(new URL(`${name}.json`, folder), `${JSON.stringify(schema, undefined, '\t')}\n`),
		),
	);
}
