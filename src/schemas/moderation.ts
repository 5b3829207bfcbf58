import { z } from 'astro/zod';
import { plainLine } from './text.ts';

const whole = (least: number) => z.int().min(least, { error: `is less than ${least}. Write ${least} or more` });
const amount = (preset: number, least = 0) => whole(least).default(preset);

/** `content/moderation.yaml`: what is done against spam in comments. Everything may be left out. */
export const moderationSchema = z.strictObject({
	closeAfterDays: whole(1).optional().describe('So many days after its publication an article takes no more comments'),
	minSeconds: amount(4).describe('A form that is filled in faster is held'),
	maxLinks: amount(2).describe('A comment with more addresses of the web is held'),
	words: z
		.array(plainLine(100))
		.default([])
		.describe('A comment with one of these words or phrases, in any letter case, is held'),
	perAddress: amount(5, 1).describe(
		'More comments from one network address in an hour are held; with four times as many the reader is asked to wait',
	),
	perArticle: amount(100, 1).describe('More comments on one article in an hour are held'),
});

export type Moderation = z.infer<typeof moderationSchema>;
