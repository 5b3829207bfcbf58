import { en, type Words } from './en.ts';
import { kk } from './kk.ts';
import { siteLanguage } from './languages.ts';
import { ru } from './ru.ts';

/** The interface's words by language. */
export const languages: Readonly<Record<string, Words>> = { en, kk, ru };

/** Tells whether there are words in the publication's language. */
export const hasWords = Object.hasOwn(languages, siteLanguage);

/** The interface's words in the publication's language. */
export const words = languages[siteLanguage] ?? en;
