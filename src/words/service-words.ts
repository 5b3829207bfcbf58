import { site } from '../site.ts';
import { enService } from './en-service.ts';

const languages: Readonly<Record<string, typeof enService>> = { en: enService };

/** The words of what stands beside the paper's pages, in the publication's language. */
export const serviceWords = languages[site.language.split('-')[0] ?? ''] ?? enService;
