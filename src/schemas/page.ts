import { z } from 'astro/zod';
import { languageTag, plainLine } from './text.ts';

/** The front matter of a page about the paper, `content/pages/<name>.md`. */
export const pageSchema = z.strictObject({
	title: plainLine(150).describe('Heading of the page'),
	standfirst: plainLine(320).describe(
		'One or two sentences under the heading; also the description for search engines',
	),
	lang: languageTag
		.optional()
		.describe('Tag of its language where that is not the language of the paper: ru, kk, en-GB'),
});

export type PageFrontMatter = z.infer<typeof pageSchema>;
