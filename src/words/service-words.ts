import { enService, type ServiceWords } from './en-service.ts';
import { kkService } from './kk-service.ts';
import { siteLanguage } from './languages.ts';
import { ruService } from './ru-service.ts';

const languages: Readonly<Record<string, ServiceWords>> = { en: enService, kk: kkService, ru: ruService };

/** The words of what stands beside the paper's pages, in the publication's language. */
export const serviceWords = languages[siteLanguage] ?? enService;
