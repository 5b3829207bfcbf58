import type { Moment } from '../schemas/moment.ts';
import { site } from '../site.ts';

const format = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(site.language, options);
const dayFormat = format({ day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
const monthFormat = format({ month: 'long', year: 'numeric', timeZone: 'UTC' });
const monthNameFormat = format({ month: 'long', timeZone: 'UTC' });

/** Returns `16 June 2025` for `2025-06-16`. */
export function formatDay(day: string): string {
	return dayFormat.format(Date.parse(day));
}

/** Returns `June 2025` for `2025-06`. */
export function formatMonth(month: string): string {
	return monthFormat.format(Date.parse(month));
}

/** Returns `June` for `2025-06`. */
export function formatMonthName(month: string): string {
	return monthNameFormat.format(Date.parse(month));
}

/** Returns the day alone where no time is known, else `16 June 2025, 21:40 (UTC+5)` in the newsroom's time zone. */
export function formatMoment(moment: Moment): string {
	if (!moment.hasTime) return formatDay(moment.day);
	const [, time, sign, hours, minutes] = /T(\d{2}:\d{2}).*([+-])(\d{2}):(\d{2})$/.exec(moment.iso) ?? [];
	const offset = `UTC${sign === '-' ? '−' : '+'}${Number(hours)}${minutes === '00' ? '' : `:${minutes}`}`;
	return `${formatDay(moment.day)}, ${time} (${offset})`;
}

/** Returns the month of a day: `2025-06` for `2025-06-16`. */
export function monthOf(day: string): string {
	return day.slice(0, 7);
}

/** Returns the year of a day or a month: `2025`. */
export function yearOf(day: string): string {
	return day.slice(0, 4);
}

/** Returns the date of RSS feeds (RFC 822 with a year of four digits) in the newsroom's time zone, so that days stay days. */
export function toRfc822(moment: Moment): string {
	const local = Temporal.Instant.fromEpochMilliseconds(moment.instant).toZonedDateTimeISO(site.timeZone);
	const utc = new Date(`${local.toPlainDateTime().toString()}Z`).toUTCString();
	return utc.replace('GMT', local.offset.slice(0, 6).replace(':', ''));
}
