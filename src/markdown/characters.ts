/**
 * Characters that no text of ours may hold: controls but tab and line feed, line separators, explicit directional
 * embeddings and overrides, invisible separators and operators, language tags, noncharacters, lone surrogates, and the sign
 * that stands for a character which was lost.
 */
const never =
	/[[\p{Cc}--[\t\n]]\p{Cs}\p{Noncharacter_Code_Point}\u200B\u2028-\u202E\u2060-\u2064\u206A-\u206F\uFEFF\uFFF9-\uFFFD\u{E0000}-\u{E007F}]/v;

/** A text without any character that {@link findForbiddenCharacter} looks for, as most are: that is told ten times as fast. */
const ordinary =
	/^[\t\n -~\xA0-\u200A\u200E-\u2027\u202F-\u205F\u2070-\uD7FF\uE000-\uFDCF\uFDF0-\uFEFE\uFF00-\uFFF8]*$/;

/** Letters and marks of scripts in which joiners change how words look: those that join letters, and those of India. */
const joining =
	'\\p{scx=Arab}\\p{scx=Syrc}\\p{scx=Mong}\\p{scx=Nkoo}\\p{scx=Deva}\\p{scx=Beng}\\p{scx=Guru}\\p{scx=Gujr}\\p{scx=Orya}\\p{scx=Taml}\\p{scx=Telu}\\p{scx=Knda}\\p{scx=Mlym}\\p{scx=Sinh}\\p{scx=Tibt}\\p{scx=Mymr}\\p{scx=Khmr}';
const inScript = `(?<=[${joining}])[\\u200C\\u200D]|(?<![\\u200C\\u200D])[\\u200C\\u200D](?=[${joining}])`;
const inEmoji = '(?<=[\\p{Extended_Pictographic}\\p{Emoji_Modifier}\\uFE0F])\\u200D(?=\\p{Extended_Pictographic})';
/** Joiners where no script and no emoji needs them. */
const strayJoiner = new RegExp(`(?!${inScript}|${inEmoji})[\\u200C\\u200D]`, 'v');

/** Where a paragraph ends, and with it every isolate. */
const paragraphEnd = /\n[ \t]*\n/;

/** A character that must not stand where it does. */
export interface ForbiddenCharacter {
	/** `U+200B`. */
	name: string;
	/** In UTF-16 code units. */
	offset: number;
}

/**
 * Returns the first forbidden character of `text`; nothing where there is none. Joiners are allowed where script or
 * emoji needs them, directional isolates where each is closed in its paragraph, directional marks anywhere.
 */
export function findForbiddenCharacter(text: string): ForbiddenCharacter | undefined {
	if (ordinary.test(text)) return undefined;
	const joiner = /[\u200C\u200D]/.test(text) ? strayJoiner.exec(text) : undefined;
	const offsets = [never.exec(text)?.index, joiner?.index, offsetOfStrayIsolate(text)];
	const offset = Math.min(...offsets.filter((found) => found !== undefined));
	if (offset === Infinity) return undefined;
	return { name: nameOf(text.slice(offset)), offset };
}

/**
 * Returns the first character of `text` that no one can see, as `U+00AD`; nothing where there is none. Joiners, directional
 * marks and variation selectors pass: scripts and emoji need them.
 */
export function findIgnorableCharacter(text: string): string | undefined {
	const match = /[\p{Default_Ignorable_Code_Point}--[\u200C-\u200F\u061C\uFE00-\uFE0F]]/v.exec(text);
	return match ? nameOf(match[0]) : undefined;
}

/** Returns how the first character of `text` is called, as `U+200B`. */
function nameOf(text: string): string {
	return `U+${(text.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

/** Returns where the first directional isolate stands that its paragraph does not close, or a close without one. */
function offsetOfStrayIsolate(text: string): number | undefined {
	if (!/[\u2066-\u2069]/.test(text)) return undefined;
	const open: number[] = [];
	for (const { 0: sign, index } of text.matchAll(new RegExp(`[\\u2066-\\u2069]|${paragraphEnd.source}`, 'g'))) {
		if (sign === '\u2069') {
			if (open.pop() === undefined) return index;
		} else if (sign.startsWith('\n')) {
			if (open[0] !== undefined) return open[0];
		} else open.push(index);
	}
	return open[0];
}

/**
 * Returns a text without the forbidden characters that people cannot see, as they come along when words are pasted. The
 * sign for a lost character stays: the words around it have to be typed again.
 */
export function removeForbidden(text: string): string {
	if (!findForbiddenCharacter(text)) return text;
	const visible = text
		.replace(new RegExp(`(?!\\uFFFD)${never.source}`, 'gv'), '')
		.replace(new RegExp(strayJoiner.source, 'gv'), '');
	return offsetOfStrayIsolate(visible) === undefined ? visible : visible.replace(/[\u2066-\u2069]/g, '');
}

/** Returns a text as one line in which nothing is hidden: what could break it, or act where it is read, stands as its name. */
export function showForbidden(text: string): string {
	return text.replace(new RegExp(`${never.source}|[\\n\\t\\u2066-\\u2069]`, 'gv'), (sign) => `<${nameOf(sign)}>`);
}

/** Returns the sentence that tells an editor of a forbidden character, without its stop. */
export function explainForbidden({ name }: ForbiddenCharacter): string {
	return `the invisible or forbidden character ${name}. Delete it, or type the words again`;
}

/** Returns the place of an offset in a text, line and column counted from 1. */
export function placeAt(text: string, offset: number): { line: number; column: number } {
	const lines = text.slice(0, offset).split('\n');
	return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
}

/** Tells whether nothing of `text` can be seen: it holds white space, marks without a letter and invisible signs alone. */
export function isBlank(text: string): boolean {
	return !/[^\s\p{Z}\p{M}\p{Default_Ignorable_Code_Point}]/u.test(text);
}
