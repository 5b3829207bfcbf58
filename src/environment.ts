import { resolve } from 'node:path';

/**
 * Returns the moment for which the paper is made, in milliseconds since 1970: `CLOCK`, an ISO 8601 time, or the real
 * time. Nothing else that makes the paper reads the real clock.
 * @throws Error where `CLOCK` is no time
 */
export function readClock(): number {
	const clock = process.env['CLOCK'];
	if (clock === undefined || clock === '') return Date.now();
	try {
		return Temporal.Instant.from(clock).epochMilliseconds;
	} catch {
		throw new Error(`CLOCK is "${clock}", which is not a time. Write it as 2025-06-16T12:00:00Z.`);
	}
}

/** Returns the absolute path of the newsroom's content: `CONTENT_DIR`, by default `content`. */
export function contentFolder(): string {
	return resolve(process.env['CONTENT_DIR'] ?? 'content');
}
