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
 * They offer the newsroom's own tags, sections, authors and places and, for the home page, articles.
 */
export async function writeEditorSchemas(content: Content, folder: URL): Promise<void> {
	const { articles, sections, authors, tags, gazetteer } = content;
	const labels = tags.flatMap(({ data }) => [data.name, ...data.aliases]);
	// Any letter case is right, which an enumeration alone would deny.
	const label = { anyOf: [{ enum: labels }, { type: 'string' }] };
	const place = gazetteer.places.size === 0 ? {} : { enum: [...gazetteer.places.keys()] };
	const lead = 'properties.lead.properties.map.properties';
	const choices: Choices = {
		'properties.section': { enum: sections.map(({ id }) => id) },
		'properties.authors.items': { enum: authors.map(({ id }) => id) },
		'properties.tags.items': label,
		[`${lead}.places.items.anyOf.0`]: place,
		[`${lead}.route.items.anyOf.0`]: place,
	};
	const newestIds = articles.map(({ id }) => id).reverse();
	const choicesOfFront: Choices = {
		'properties.lead.properties.article': { enum: newestIds },
		'properties.pins.items.properties.article': { enum: newestIds },
	};
	const schemas = {
		article: offering(articleSchema, choices),
		author: z.toJSONSchema(authorSchema, { io: 'input' }),
		gazetteer: z.toJSONSchema(gazetteerSchema, { io: 'input' }),
		front: offering(frontSchema, choicesOfFront),
		comment: z.toJSONSchema(commentSchema, { io: 'input' }),
		moderation: z.toJSONSchema(moderationSchema, { io: 'input' }),
		page: z.toJSONSchema(pageSchema, { io: 'input' }),
		sections: z.toJSONSchema(sectionsSchema, { io: 'input' }),
		tags: offering(tagsSchema, { 'additionalProperties.properties.broader': label }),
	};
	await mkdir(folder, { recursive: true });
	await Promise.all(
		Object.entries(schemas).map(([name, schema]) =>
			writeFile(new URL(`${name}.json`, folder), `${JSON.stringify(schema, undefined, '\t')}\n`),
		),
	);
}

/** What is known of fields beyond their schema, by their paths in it. */
type Choices = Readonly<Record<string, object>>;

/** Returns the JSON schema of what an editor writes, with the newsroom's own values on offer. */
function offering(schema: z.ZodType, offered: Choices): z.core.JSONSchema.BaseSchema {
	return z.toJSONSchema(schema, {
		io: 'input',
		override: ({ path, jsonSchema }) => void Object.assign(jsonSchema, offered[path.join('.')]),
	});
}
