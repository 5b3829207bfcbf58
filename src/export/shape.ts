import { z } from 'astro/zod';
import { articleSchema } from '../schemas/article.ts';
import { authorSchema } from '../schemas/author.ts';
import { commentSchema } from '../schemas/comment.ts';
import { pageSchema } from '../schemas/page.ts';
import { id } from '../schemas/text.ts';
import { sectionSchema, tagSchema } from '../schemas/vocabulary.ts';

const articleId = z.string().describe('Year, month and slug: 2025/06/a-story');
const address = z.string().describe('The address at which the paper has it');

const textSchema = z.strictObject({
	markdown: z.string().describe('Plain markdown: figures are pictures, tables and lists'),
	source: z.string().describe('The markdown as it was written, with its figures as blocks'),
	html: z
		.string()
		.describe('HTML with whole addresses; pictures lie in a folder beside this file, which has the name of it'),
});

const pictureSchema = z.strictObject({
	file: z.string().describe('The file, in a folder beside this file, which has the name of it'),
	alt: z.string().describe('What the picture shows'),
	width: z.number().describe('In pixels'),
	height: z.number().describe('In pixels'),
});

/** `articles/<year>/<month>/<slug>.json` */
export const exportedArticleSchema = z.strictObject({
	id: articleId,
	address,
	feedId: z.string().describe('What names the article in feeds, for good'),
	status: z.enum(['published', 'scheduled', 'draft', 'retracted']).describe('What it was when it was exported'),
	frontMatter: articleSchema.describe('All fields, tags by their ids, places of maps by their positions'),
	pictures: z.array(pictureSchema).describe('The pictures of its figures and of its maps, in their order'),
	text: textSchema,
});

/** `pages/<name>.json` */
export const exportedPageSchema = z.strictObject({ id, address, frontMatter: pageSchema, text: textSchema });

const withId = { id, address };

/** Everything that an export as JSON holds, by the names of its files without `.json`. */
export const exportedSchemas = {
	publication: z.strictObject({
		title: z.string(),
		tagline: z.string(),
		description: z.string(),
		language: z.string().describe('A BCP 47 language tag'),
		timeZone: z.string().describe('An IANA time zone, to which all days belong'),
		address: z.string().describe('The address of the home page'),
	}),
	'articles/*': exportedArticleSchema,
	'pages/*': exportedPageSchema,
	sections: z.array(sectionSchema.extend(withId)),
	authors: z.array(authorSchema.extend(withId)),
	tags: z.array(tagSchema.extend(withId)),
	comments: z.array(commentSchema.safeExtend({ id, article: articleId.describe('The article under which it stands') })),
	retractions: z.array(
		z.strictObject({
			id: articleId,
			address,
			publishedAt: z.string(),
			at: z.string().describe('When it was retracted'),
			reason: z.string(),
			formerPaths: z.array(z.string()),
		}),
	),
} as const;

export type FrontMatter = z.input<typeof articleSchema>;
export type ExportedArticle = z.input<typeof exportedArticleSchema>;
export type ExportedPage = z.input<typeof exportedPageSchema>;
export type ExportedLists = {
	[Name in Exclude<keyof typeof exportedSchemas, `${string}*`>]: z.input<(typeof exportedSchemas)[Name]>;
};
