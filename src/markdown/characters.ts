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
	return match ? { name: nameOf(match[0]), offset: match.index } : undefined;
}

/**
 * Returns the first character of `text` that no one can see, as `U+00AD`; nothing where there is none. Joiners, directional
 * marks and variation selectors pass: scripts and emoji need them.
 */
export function findIgnorableCharacter(text: string): string | undefined {
	const match = /[\p{Default_Ignorable_Code_Point}--[\u200C-\u200F\u061C\uFE00-\uFE0F]]/v.exec(text);
	return match ? nameOf(match[0]) : undefined;
}

function nameOf(character: string): string {
	return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

/** Tells whether nothing of `text` can be seen: it holds white space, marks without a letter and invisible signs alone. */
export function isBlank(text: string): boolean {
	return !/[^\s\p{Z}\p{M}\p{Default_Ignorable_Code_Point}]/u.test(text);
}
