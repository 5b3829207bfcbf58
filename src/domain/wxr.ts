import { z } from 'astro/zod';
import type { articleSchema } from '../schemas/article.ts';
import type { authorSchema } from '../schemas/author.ts';
import type { tagSchema } from '../schemas/vocabulary.ts';

/** The field of a post, in an export for WordPress, that holds as JSON what such an export has no place for. */
export const metaKey = '_meridian';

/** Between them stands the text alone, without the figure above it and the notes below it. */
export const textMarks = ['<!-- meridian:text -->', '<!-- meridian:end -->'] as const;

const record = z.record(z.string(), z.unknown());

/**
 * What the field of a post holds. Whoever reads it has to check each part by the schema of what it becomes: another
 * program may have written it.
 */
export const metaSchema = z.object({
	/** Front matter without title, standfirst and section. */
	fields: record.default({}),
	authors: z.array(record).default([]),
	tags: z.array(record).default([]),
	/** By the number that the comment has in the export. */
	comments: z.record(z.string(), record).default({}),
	/** The markdown of the text. */
	text: z.string(),
	/** {@link contentKey} of the content as it was exported: where it is another now, somebody has edited it since. */
	content: z.string(),
});

/** What the field of a post holds as this program writes it. */
export interface MeridianMeta {
	fields: Partial<z.input<typeof articleSchema>>;
	authors: (z.input<typeof authorSchema> & { id: string })[];
	tags: (z.input<typeof tagSchema> & { id: string })[];
	comments: Record<string, Record<string, unknown>>;
	text: string;
	content: string;
}

/** Returns the content of a post in the form in which two are compared: WordPress does not keep all spaces. */
export function contentKey(content: string): string {
	return content.replace(/\s+/g, ' ').trim();
}
