/**
 * Characters that no text of ours may hold: controls but tab and line feed, explicit directional embeddings and overrides,
 * invisible separators, language tags, noncharacters, lone surrogates and the sign of a broken encoding. Joiners and
 * directional marks stay allowed: scripts and emoji need them.
 */
const forbiddenCharacter =
	/[[\p{Cc}--[\t\n]]\p{Cs}\p{Noncharacter_Code_Point}\u200B\u202A-\u202E\u2060\uFEFF\uFFFD\u{E0000}-\u{E007F}]/v;

/** Returns the first forbidden character of `text`, as `U+200B`, with its offset; nothing where there is none. */
export function findForbiddenCharacter(text: string): { name: string; offset: number } | undefined {
	const match = forbiddenCharacter.exec(text);
	if (!match) return undefined;
	const code = match[0].codePointAt(0) ?? 0;
	return { name: `U+${code.toString(16).toUpperCase().padStart(4, '0')}`, offset: match.index };
}

/** Tells whether nothing of `text` can be seen: it holds white space, marks without a letter and invisible signs alone. */
export function isBlank(text: string): boolean {
	return !/[^\s\p{Z}\p{M}\p{Default_Ignorable_Code_Point}]/u.test(text);
}
