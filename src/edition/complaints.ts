import { stripVTControlCharacters } from 'node:util';
import { z } from 'astro/zod';
import { astroLog } from './astro-log.ts';

const messageSchema = z.object({ level: z.string(), label: z.string().nullable(), message: z.string() });

/** Collections that may be empty. Astro says this at every build; that the others were read is asked elsewhere. */
const harmless = /^The collection "(?:articles|comments|front|pages)" does not exist or is empty\./;

/**
 * Has Astro do something, and makes an error of what it would only log: entries, pictures and pages that are missing or
 * there twice, integrations that fail.
 * @throws Error with all warnings and errors that Astro has logged
 */
export async function refuseComplaints(work: () => Promise<void>): Promise<void> {
	const complaints: string[] = [];
	const listen = (event: unknown) => {
		const { level, label, message } = messageSchema.parse(event);
		const text = stripVTControlCharacters(message).trim();
		if ((level === 'warn' || level === 'error') && !harmless.test(text))
			complaints.push(label === null ? text : `${label}: ${text}`);
	};
	astroLog.subscribe(listen);
	try {
		await work();
	} catch (error) {
		// Perhaps the reason for it.
		for (const complaint of complaints) console.error(complaint);
		throw error;
	} finally {
		astroLog.unsubscribe(listen);
	}
	if (complaints.length > 0)
		throw new Error(`${complaints.join('\n')}\nThe edition would not be whole. Mend this, and build again.`);
}
