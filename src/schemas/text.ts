import { z } from 'astro/zod';
import { explainForbidden, findForbiddenCharacter, isBlank } from '../markdown/characters.ts';
import { isWebAddress } from '../markdown/links.ts';
import { isLanguage } from '../words/writing.ts';

function checkCharacters(text: string, context: z.RefinementCtx): void {
	const forbidden = findForbiddenCharacter(text);
	if (forbidden) context.addIssue({ code: 'custom', message: `holds ${explainForbidden(forbidden)}` });
	if (isBlank(text))
		context.addIssue({ code: 'custom', message: 'is empty. Write it, or remove the field if it may be left out' });
}

/** Plain text of one or more paragraphs, trimmed and in Unicode's NFC form, of at most `limit` code points. */
export function plainText(limit: number) {
	return z
		.string()
		.meta({ maxLength: limit })
		.superRefine(checkCharacters)
		.transform((text) => text.normalize('NFC').trim())
		.refine((text) => countCharacters(text) <= limit, {
			error: ({ input }) =>
				`has ${countCharacters(String(input))} characters; at most ${limit} are allowed. Shorten it`,
		});
}

/** Plain text on one line, otherwise as {@link plainText}. */
export function plainLine(limit: number) {
	return plainText(limit).refine((text) => !/[\n\t]/.test(text), {
		error: 'holds a line break or a tab. Write it as one line',
	});
}

function countCharacters(text: string): number {
	return Array.from(text).length;
}

/** The tag of a language, as {@link isLanguage} says. */
export const languageTag = z.string().refine(isLanguage, {
	error: (issue) =>
		`${JSON.stringify(issue.input)} is not the tag of a language. Write it in its usual form, such as ru, kk or en-GB`,
});

const idPattern = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

/** Tells whether `text` can be an id and so a part of an address: lower-case Latin letters and digits in groups joined by hyphens. */
export function isId(text: string): boolean {
	return text.length <= 100 && idPattern.test(text);
}

/** An id as {@link isId} says. */
export const id = z.string().refine(isId, {
	error: (issue) =>
		`${JSON.stringify(issue.input)} cannot be part of an address. Use lower-case letters a to z, digits and single hyphens, at most 100`,
});

/** An absolute address of the web, as {@link isWebAddress} says, of at most 2,000 characters. */
export const webAddress = z
	.string()
	.meta({ format: 'uri', maxLength: 2000 })
	.refine(isWebAddress, {
		error: (issue) =>
			`${JSON.stringify(issue.input)} is not a web address. Write it whole, as https://example.org/page`,
	})
	.refine((text) => text.length <= 2000, {
		error: ({ input }) => `has ${String(input).length} characters; at most 2000 are allowed. Shorten it`,
	});
