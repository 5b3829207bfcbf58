import { z } from 'astro/zod';
import { findIgnorableCharacter } from '../markdown/characters.ts';
import { id, plainLine, plainText, webAddress } from './text.ts';

/** The kinds of tags, in the order in which pages show them. */
export const tagKinds = ['person', 'place', 'organisation', 'topic'] as const;
export type TagKind = (typeof tagKinds)[number];

/** A name of a subject: words on one line, in which nothing is hidden and nothing is code or a path. */
const subjectName = plainLine(60)
	.refine((text) => !/[<>\\]|\.\.\//.test(text), {
		error: (issue) =>
			`${JSON.stringify(issue.input)} looks like code or a path. Write the subject's name, without < > \\ and ../`,
	})
	.superRefine((text, context) => {
		const name = findIgnorableCharacter(text);
		const message = `holds the invisible character ${name}. Delete it, or type the words again`;
		if (name !== undefined) context.addIssue({ code: 'custom', message });
	});

export const tagSchema = z.strictObject({
	name: subjectName.describe('The name readers see: "Xi Jinping"'),
	kind: z.enum(tagKinds).describe('person, place, organisation or topic'),
	aliases: z.array(subjectName).default([]).describe('Other names under which articles may give this tag'),
	description: plainText(500).optional().describe('One or two sentences shown on the page of the tag'),
	broader: plainLine(100)
		.optional()
		.describe('The one tag that this one is part of, by id, name or alias: Astana is part of kazakhstan'),
	sameAs: webAddress.optional().describe('Address that identifies the subject: Wikidata or an official site'),
	formerly: z.array(id).default([]).describe('Ids of tags that were merged into this one; their addresses lead here'),
});

/** `content/tags.yaml`: the vocabulary, keyed by id. The id is the address and never changes. */
export const tagsSchema = z.record(id, tagSchema);
export type TagEntry = z.infer<typeof tagSchema>;

export const sectionSchema = z.strictObject({
	name: plainLine(60).describe('The name readers see'),
	description: plainText(500).optional().describe('What the section is about'),
});

/** `content/sections.yaml`: the sections, keyed by id. */
export const sectionsSchema = z.record(id, sectionSchema);
export type SectionEntry = z.infer<typeof sectionSchema>;
