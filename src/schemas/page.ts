import { z } from 'astro/zod';
import { plainLine } from './text.ts';

/** The front matter of a page about the paper, `content/pages/<name>.md`. */
export const pageSchema = z.strictObject({
	title: plainLine(150).describe('Heading of the page'),
	standfirst: plainLine(320).describe(
		'One or two sentences under the heading; also the description for search engines',
	),
});

export type PageFrontMatter = z.infer<typeof pageSchema>;
