import { site } from '../site.ts';
import { en } from './en.ts';

/** The interface's words by language. */
const languages: Readonly<Record<string, typeof en>> = { en };

const [language = ''] = site.language.split('-');

/** Tells whether there are words in the publication's language. */
export const hasWords = Object.hasOwn(languages, language);

/** The interface's words in the publication's language. */
export const words = languages[language] ?? en;
