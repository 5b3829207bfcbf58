import { z } from 'astro/zod';

const named = z.object({ id: z.string(), name: z.string() });

/** Whom and what the articles name, each once. */
export const subjectsSchema = z.object({
	sections: z.array(named),
	authors: z.array(named),
	tags: z.array(named.extend({ aliases: z.array(z.string()), formerly: z.array(z.string()) })),
});
export type Subjects = z.infer<typeof subjectsSchema>;

/** By what a published article can be narrowed, its day and ids, and how it is shown. */
export const traitsSchema = z.object({
	day: z.string(),
	section: z.string(),
	authors: z.array(z.string()),
	tags: z.array(z.string()),
	/** The tag of its language where that is not the paper's. */
	lang: z.string().optional(),
});
export type RecordedTraits = z.infer<typeof traitsSchema>;

/** What Pagefind is to know of a published article. */
export const recordSchema = z.object({
	path: z.string(),
	title: z.string(),
	/** The standfirst, the text and the words of the figures, on one line. */
	content: z.string(),
	day: z.string(),
	/** An id. */
	section: z.string(),
	/** The authors' names, by which articles are found too. */
	byline: z.string(),
});
export type SearchRecord = z.infer<typeof recordSchema>;
