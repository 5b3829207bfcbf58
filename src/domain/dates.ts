import type { Moment } from '../schemas/moment.ts';
import { site } from '../site.ts';

const format = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(site.language, options);
const dayFormat = format({ day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
const monthFormat = format({ month: 'long', year: 'numeric', timeZone: 'UTC' });
const monthNameFormat = format({ month: 'long', timeZone: 'UTC' });
const weekdayFormat = format({ weekday: 'long', timeZone: 'UTC' });
const shortWeekdayFormat = format({ weekday: 'short', timeZone: 'UTC' });

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

/** Returns `Monday` for `2025-06-16`. */
export function formatWeekday(day: string): string {
	return weekdayFormat.format(Date.parse(day));
}

/** Returns `Mon` to `Sun`. */
export function shortWeekdays(): string[] {
	const monday = Date.UTC(2024, 0, 1);
	return Array.from({ length: 7 }, (_, i) => shortWeekdayFormat.format(monday + i * 86_400_000));
}

/** Returns the days of a month, `2025-06`, by weeks from Monday (ISO 8601), with nothing for days of other months. */
export function weeksOf(month: string): (string | undefined)[][] {
	const first = Temporal.PlainDate.from(`${month}-01`);
	const days = Array.from({ length: first.daysInMonth }, (_, i) => first.add({ days: i }).toString());
	const cells = [...Array.from({ length: first.dayOfWeek - 1 }, () => undefined), ...days];
	return Array.from({ length: Math.ceil(cells.length / 7) }, (_, week) =>
		Array.from({ length: 7 }, (_, day) => cells[week * 7 + day]),
	);
}

/** Returns the id that a day has on the page of its month: `day-16` for `2025-06-16`. */
export function toDayId(day: string): string {
	return `day-${Number(day.slice(8))}`;
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

/**
 * Returns the date of RSS feeds (RFC 822 with a year of four digits) in the newsroom's time zone, so that days stay days;
 * in Greenwich's where the zone is not whole or half hours away from it, for which strict readers have no form.
 */
export function toRfc822(moment: Moment, timeZone: string = site.timeZone): string {
	const local = toLocal(moment, timeZone);
	const offset = /^([+-]\d{2}):([03]0)$/.exec(local.offset);
	if (!offset) return new Date(moment.instant).toUTCString();
	const utc = new Date(`${local.toPlainDateTime().toString()}Z`).toUTCString();
	return utc.replace('GMT', offset.slice(1).join(''));
}

/** Returns the date of JSON Feeds (RFC 3339), which has a time also where only the day is known. */
export function toRfc3339(moment: Moment): string {
	return toLocal(moment, site.timeZone).toString({ timeZoneName: 'never', smallestUnit: 'second' });
}

function toLocal({ instant }: Moment, timeZone: string): Temporal.ZonedDateTime {
	return Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(timeZone);
}

/** Returns the latest of moments, the first of equals; nothing where there are none. */
export function latestOf(moments: readonly Moment[]): Moment | undefined {
	return moments.reduce<Moment | undefined>((a, b) => (a && a.instant >= b.instant ? a : b), undefined);
}
