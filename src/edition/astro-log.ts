import { channel } from 'node:diagnostics_channel';
import type { AstroLoggerDestination } from 'astro';
import terminal from 'astro/logger/node';

/** On it stands what Astro logs. Astro loads this module twice, once bundled with the pages: a channel is one for all. */
export const astroLog = channel('meridian:astro-log');

/** Tells what Astro logs to those who listen, else to the terminal. */
export default function destination(): AstroLoggerDestination {
	const { write } = terminal();
	return { write: (message) => (astroLog.hasSubscribers ? astroLog.publish(message) : write(message)) };
}
