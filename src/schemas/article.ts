import type { ImageMetadata } from 'astro';
import { z } from 'astro/zod';
import { type Figure, leadSchema } from './figure.ts';
import { moment } from './moment.ts';
import { isId, languageTag, plainLine, plainText, webAddress } from './text.ts';

/** How a tag is written in an article: its id, its name or an alias, in any letter case. */
const tagLabel = plainLine(60);
/** An id of `content/sections.yaml`. */
const sectionId = plainLine(100).describe('Id of a section in content/sections.yaml');
/** The name of a file in `content/authors/`, without its ending. */
const authorId = plainLine(100).describe('File name, without .yaml, in content/authors/');

/** The place of an article: year, month and slug. */
const articlePath = z
	.string()
	.refine((path) => /^[12]\d{3}\/(?:0[1-9]|1[0-2])\/[^/]+$/.test(path) && isId(path.slice(8)), {
		error: (issue) =>
			`${JSON.stringify(issue.input)} is no path of an article. Write year, month and slug, such as 2025/05/old-slug`,
	});

const sourceSchema = z
	.strictObject({
		name: plainLine(100).describe('Name of the original source, as readers know it'),
		title: plainLine(200).optional().describe('Headline of the original'),
		url: webAddress.describe('Address of the original, or of its site'),
		relation: z
			.enum(['retold', 'republished', 'reported'])
			.describe(
				'retold: the facts in our own sentences; republished: its words; reported: it broke the news, the text is ours',
			),
		basedOn: plainLine(100)
			.optional()
			.describe('What the source itself was based on, when known: "a report by Agence France-Presse"'),
	})
	.describe('Where the story was first published');

const citedSchema = z.strictObject({
	name: plainLine(100).describe('Name of the publication, and where it was read if elsewhere'),
	title: plainLine(200).describe('Title, or what was read there in a few words'),
	url: webAddress.describe('Address of the page'),
	date: moment.optional().describe('When it was published, where that is known'),
});

const correctionSchema = z
	.strictObject({
		at: moment.describe('When the correction was made'),
		text: plainText(1000).describe('What was wrong and what is right'),
		was: plainLine(300).optional().describe('The words that were wrong; with "is", the words in their place'),
		is: plainLine(300).optional().describe('The words that stand there now; with "was", the words before'),
	})
	.superRefine(({ was, is }, context) => {
		if ((was === undefined) === (is === undefined)) return;
		const [given, missing] = was === undefined ? ['is', 'was'] : ['was', 'is'];
		context.addIssue({
			code: 'custom',
			path: [given],
			message: `is given without "${missing}". Write both, or neither`,
		});
	});

const retractionSchema = z
	.strictObject({
		at: moment.describe('Day or time from which readers see the notice in the place of the article'),
		reason: plainText(1000).describe('Why the article is retracted; readers see nothing else of it'),
	})
	.describe('Takes back everything that the article said, and says so at its address');

/** What stands in a new article until an editor writes it: no such article is published. */
export const unwritten = {
	standfirst: 'The standfirst is not written yet: one or two sentences, also used in lists and feeds.',
	text: 'The text is not written yet.',
} as const;

/** The front matter of one article. */
export const articleSchema = z.strictObject({
	title: plainLine(150).describe('Headline: plain text, at most 150 characters'),
	standfirst: plainLine(320).describe('One or two sentences under the headline; also used in lists and feeds'),
	publishedAt: moment.describe(
		'Day (2025-06-16) or time with its zone (2025-06-16T21:40+05:00) from which readers see the article',
	),
	updatedAt: moment.optional().describe('Day or time of the last change that readers should know of'),
	section: sectionId,
	authors: z.array(authorId).min(1).describe('Who wrote it: file names, without .yaml, in content/authors/'),
	tags: z
		.array(tagLabel.describe('Id, name or alias of a tag in content/tags.yaml, in any letter case'))
		.min(1)
		.describe('Subjects of the article, from content/tags.yaml'),
	source: sourceSchema.optional(),
	lead: leadSchema.optional(),
	sources: z.array(citedSchema).default([]).describe('What the article draws on, listed below its text'),
	corrections: z.array(correctionSchema).default([]).describe('What was wrong and has been mended, oldest first'),
	retracted: retractionSchema.optional(),
	formerPaths: z
		.array(articlePath)
		.default([])
		.describe(
			'Where the article stood before, oldest first: these addresses lead to it, and feeds know it by the first',
		),
	lang: languageTag
		.optional()
		.describe('Tag of its language where that is not the language of the paper: ru, kk, en-GB'),
	translationOf: articlePath
		.optional()
		.describe('Path of the article of which it is a translation; the pages of the two lead to each other'),
	draft: z.boolean().default(false).describe('true keeps the article out of every published page'),
});

const fieldsAlone = articleSchema.partial().strip();

/** Returns those fields of an article's front matter that are as they should be, whatever is wrong with the others. */
export function soundFieldsOf(fields: Readonly<Record<string, unknown>>): SoundFields {
	const faulty = new Set(fieldsAlone.safeParse(fields).error?.issues.map(({ path }) => path[0]));
	return fieldsAlone.parse(Object.fromEntries(Object.entries(fields).filter(([name]) => !faulty.has(name))));
}

/**
 * What the collection keeps of an article: all of it in JSON, since Astro takes seconds to write ten thousand of them in
 * its own way, and its pictures by the names of their files, since Astro publishes what it finds.
 */
export const storedArticleSchema = z.strictObject({
	json: z.string(),
	images: z.record(z.string(), z.custom<ImageMetadata>()),
});

export type StoredArticle = z.infer<typeof storedArticleSchema>;
type WrittenArticle = z.infer<typeof articleSchema>;
export type SoundFields = z.infer<typeof fieldsAlone>;

/** The checked front matter of an article, with the figures of its text in their order. */
export interface ArticleFrontMatter extends Omit<WrittenArticle, 'lead'> {
	lead?: Figure | undefined;
	figures: readonly Figure[];
	/** Begins with the digest of the file's text and a space; changes when that does, or the size or time of a picture. */
	version: string;
}

/** An article with where its text links to. */
export interface LinkingArticle extends ArticleFrontMatter {
	internalLinks: readonly { path: string; fragment?: string | undefined; line: number; column: number }[];
}

const linkingArticle = z.custom<LinkingArticle>();

/** Reads what the collection keeps of an article, which the same program has written. */
export function readStored({ json }: Pick<StoredArticle, 'json'>): LinkingArticle {
	return linkingArticle.parse(JSON.parse(json));
}

export type Source = z.infer<typeof sourceSchema>;
export type CitedSource = z.infer<typeof citedSchema>;
export type Correction = z.infer<typeof correctionSchema>;
export type WrittenRetraction = z.infer<typeof retractionSchema>;
