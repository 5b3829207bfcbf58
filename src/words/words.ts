import { en } from './en.ts';

/** The interface's words in the publication's language. */
export const words = en;
