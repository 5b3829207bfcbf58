import { z } from 'astro/zod';
import { plainLine, plainText, webAddress } from './text.ts';

/** `content/authors/<id>.yaml`: one author. */
export const authorSchema = z.strictObject({
	name: plainLine(100).describe('Name as it stands in the byline'),
	kind: z.enum(['person', 'organisation']).default('person').describe('person or organisation'),
	description: plainText(1000).describe('What readers should know of the author; only what is known'),
	url: webAddress.optional().describe('A page about the author elsewhere'),
});

export type AuthorEntry = z.infer<typeof authorSchema>;
