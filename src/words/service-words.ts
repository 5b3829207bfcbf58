import { site } from '../site.ts';
import { enService } from './en-service.ts';

const languages: Readonly<Record<string, typeof enService>> = { en: enService };

/** The words of the comment service and of the desk in the publication's language. */
export const serviceWords = languages[site.language.split('-')[0] ?? ''] ?? enService;
