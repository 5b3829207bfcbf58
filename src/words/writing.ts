import { site } from '../site.ts';
import { primaryOf } from './languages.ts';

const codes = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' });
const names = new Intl.DisplayNames(site.language, { type: 'language' });

/** Tells whether a text is the tag of a language (BCP 47) in its usual form: `ru`, `en-GB`, `uz-Cyrl`. */
export function isLanguage(tag: string): boolean {
	try {
		return Intl.getCanonicalLocales(tag)[0] === tag && codes.of(primaryOf(tag)) !== undefined;
	} catch {
		return false;
	}
}

/** Returns what the publication calls a language: `Russian`. */
export function nameOfLanguage(tag: string): string {
	return names.of(tag) ?? tag;
}

/** Scripts that run from right to left. */
const fromTheRight: ReadonlySet<string> = new Set(['Adlm', 'Arab', 'Hebr', 'Nkoo', 'Rohg', 'Syrc', 'Thaa']);

/** Returns the direction in which a language is written. */
export function directionOf(tag: string): 'ltr' | 'rtl' {
	return fromTheRight.has(new Intl.Locale(tag).maximize().script ?? '') ? 'rtl' : 'ltr';
}

/** The direction of pages; nothing where it is the usual one, from the left. */
export const pageDirection = directionOf(site.language) === 'rtl' ? 'rtl' : undefined;

/** Returns what `lang` says of an element whose text is in a language: nothing in the language of the pages. */
export function langOf(tag: string): string | undefined {
	return tag === site.language ? undefined : tag;
}

/** Returns what `dir` says of an element whose text is in a language: nothing in the direction of the pages. */
export function dirOf(tag: string): 'ltr' | 'rtl' | undefined {
	if (tag === site.language) return undefined;
	const direction = directionOf(tag);
	return direction === directionOf(site.language) ? undefined : direction;
}

/** Returns what `lang` and `dir` say of the paper's own words inside a text of another language; nothing elsewhere. */
export function ownWordsIn(tag: string): { lang?: string; dir?: 'ltr' | 'rtl' } {
	if (tag === site.language) return {};
	return { lang: site.language, ...(dirOf(tag) && { dir: directionOf(site.language) }) };
}

/** Returns HTML in the paper's own words, so that it can stand inside a text of a language. */
export function markOwnWords(html: string, tag: string, element: 'span' | 'div' = 'span'): string {
	return mark(html, ownWordsIn(tag), element);
}

/** Returns HTML in words of a language, so that it can stand among the paper's own. */
export function markWordsOf(tag: string, html: string): string {
	return mark(html, { lang: langOf(tag), dir: dirOf(tag) }, 'span');
}

function mark(
	html: string,
	{ lang, dir }: { lang?: string | undefined; dir?: string | undefined },
	element: string,
): string {
	if (lang === undefined || html === '') return html;
	return `<${element} lang="${lang}"${dir === undefined ? '' : ` dir="${dir}"`}>${html}</${element}>`;
}
