import { site } from '../site.ts';

/** The code by which words are chosen: `en` of `en-GB`. */
export const siteLanguage = primaryOf(site.language);

/** Returns the code of a language without its script and country: `en` for `en-GB`. */
export function primaryOf(tag: string): string {
	return tag.split('-')[0] ?? '';
}
