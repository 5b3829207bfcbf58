import { z } from 'astro/zod';
import { site } from '../site.ts';

/** A point in time as editors give it: a day, or a time of a day. */
export interface Moment {
	/** Milliseconds since 1970. A bare day counts as its midnight in the newsroom's time zone. */
	instant: number;
	/** The day in the newsroom's time zone, `2025-06-16`. */
	day: string;
	/** The day alone, or the time with the newsroom's offset: `2025-06-16T21:40:00+05:00` (ISO 8601). */
	iso: string;
	/** False where only the day is known. */
	hasTime: boolean;
}

const dayPattern = /^\d{4}-\d{2}-\d{2}$/;
const timePattern = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2})?(?:Z|[+-]\d{2}:\d{2})$/;

/**
 * Reads `2025-06-16`, or `2025-06-16T21:40:00+05:00` with seconds or without.
 * @param timeZone IANA name of the zone whose days and midnights count
 * @returns the moment; nothing where `text` has another form or names a day or time that does not exist
 */
export function toMoment(text: string, timeZone: string): Moment | undefined {
	const hasTime = timePattern.test(text);
	if (!hasTime && !dayPattern.test(text)) return undefined;
	try {
		if (!hasTime) {
			const day = Temporal.PlainDate.from(text);
			return {
				instant: day.toZonedDateTime(timeZone).epochMilliseconds,
				day: day.toString(),
				iso: day.toString(),
				hasTime,
			};
		}
		const local = Temporal.Instant.from(text).toZonedDateTimeISO(timeZone);
		return {
			instant: local.epochMilliseconds,
			day: local.toPlainDate().toString(),
			iso: local.toString({ timeZoneName: 'never', smallestUnit: 'second' }),
			hasTime,
		};
	} catch (error) {
		if (error instanceof RangeError) return undefined;
		throw error;
	}
}

/** Tells whether `a` lies before `b`; where one of them is a bare day, days alone are compared. */
export function isBefore(a: Moment, b: Moment): boolean {
	return a.hasTime && b.hasTime ? a.instant < b.instant : a.day < b.day;
}

/** A {@link Moment} in the newsroom's time zone. */
export const moment = z.string().transform((text, context): Moment => {
	const found = toMoment(text.trim(), site.timeZone);
	if (found) return found;
	const lacksZone = /T\d{2}:\d{2}(?::\d{2})?$/.test(text);
	const fault = lacksZone ? 'is a time without its zone' : 'is not a day or a time that exists';
	context.addIssue({
		code: 'custom',
		message: `${JSON.stringify(text)} ${fault}. Write 2025-06-16, or 2025-06-16T21:40+05:00`,
	});
	return z.NEVER;
});
