import { mkdir, writeFile } from 'node:fs/promises';
import { z } from 'astro/zod';
import { articleSchema } from '../schemas/article.ts';
import { authorSchema } from '../schemas/author.ts';
import { commentSchema } from '../schemas/comment.ts';
import { gazetteerSchema } from '../schemas/figure.ts';
import { frontSchema } from '../schemas/front.ts';
import { moderationSchema } from '../schemas/moderation.ts';
import { pageSchema } from '../schemas/page.ts';
import { sectionsSchema, tagsSchema } from '../schemas/vocabulary.ts';
import type { Content } from './newsroom.ts';

/**
 * Writes JSON schemas (draft 2020-12) of everything that editors write, so that their editors complete and check it.
 * They offer the newsroom's own tags, sections, authors and, for the home page, articles.
 */
export async function writeEditorSchemas({ articles, sections, authors, tags }: Content, folder: URL): Promise<void> {
	const labels = tags.flatMap(({ data }) => [data.name, ...data.aliases]);
	const choices: Readonly<Record<string, object>> = {
		'properties.section': { enum: sections.map(({ id }) => id) },
		'properties.authors.items': { enum: authors.map(({ id }) => id) },
		// Any letter case is right, which an enumeration alone would deny.
		'properties.tags.items': { anyOf: [{ enum: labels }, { type: 'string' }] },
	};
	const newestIds = articles.map(({ id }) => id).reverse();
	const choicesOfFront: typeof choices = {
		'properties.lead.properties.article': { enum: newestIds },
		'properties.pins.items.properties.article': { enum: newestIds },
	};
	const offering = (schema: z.ZodType, offered: typeof choices) =>
		z.toJSONSchema(schema, {
			io: 'input',
			override: ({ path, jsonSchema }) => void Object.assign(jsonSchema, offered[path.join('.')]),
		});
	const schemas = {
		article: offering(articleSchema, choices),
		author: z.toJSONSchema(authorSchema, { io: 'input' }),
		gazetteer: z.toJSONSchema(gazetteerSchema, { io: 'input' }),
		front: offering(frontSchema, choicesOfFront),
		comment: z.toJSONSchema(commentSchema, { io: 'input' }),
		moderation: z.toJSONSchema(moderationSchema, { io: 'input' }),
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
