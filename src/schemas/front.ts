import { z } from 'astro/zod';
import { moment } from './moment.ts';
import { plainLine } from './text.ts';

/** An article's id: its place in `content/articles/`, without the ending. */
const articleId = plainLine(200).describe('The article: its path in content/articles/ without .md, 2025/06/a-story');

const leadSchema = z
	.strictObject({
		article: articleId,
		until: moment.optional().describe('Day or time with its zone from which the newest article leads again'),
	})
	.describe('The article that leads the home page; without it the newest does');

const pinSchema = z.strictObject({
	article: articleId,
	until: moment.describe('Day or time with its zone from which the article is no longer pinned'),
});

/** `content/front.yaml`: what the editor has chosen for the home page. */
export const frontSchema = z.strictObject({
	lead: leadSchema.optional(),
	pins: z.array(pinSchema).max(6).default([]).describe('Articles that stand right below the lead, in this order'),
});

export type FrontEntry = z.infer<typeof frontSchema>;
