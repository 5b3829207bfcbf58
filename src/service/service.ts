import type { Moderation } from '../schemas/moderation.ts';
import type { Builder } from './builder.ts';
import type { Database } from './database.ts';

/** What every part of the service works with. */
export interface Service {
	database: Database;
	/** The folder of the edition that readers get: `dist`. */
	edition: string;
	/** Where approved comments lie as files. */
	comments: string;
	/** What is done against spam; read anew with each edition. */
	rules: Moderation;
	/** Makes a new edition when comments have changed. */
	builder: Builder;
	/** Milliseconds since 1970. */
	now: () => number;
}
