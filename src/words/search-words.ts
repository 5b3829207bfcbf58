import { enSearch, type SearchWords } from './en-search.ts';
import { kkSearch } from './kk-search.ts';
import { siteLanguage } from './languages.ts';
import { ruSearch } from './ru-search.ts';

const languages: Readonly<Record<string, SearchWords>> = { en: enSearch, kk: kkSearch, ru: ruSearch };

/** The words that the search's script writes, in the publication's language. */
export const searchWords = languages[siteLanguage] ?? enSearch;
