import { site } from '../../site.ts';

/**
 * Returns a date as it is written here: a day, or a time with its zone; nothing where it is no date. A time without a
 * zone is taken for one of the newsroom's.
 * @param text ISO 8601 in the many forms of front matter, `2015-03-04 10:20 +0600`, or a date of e-mail
 */
export function toDate(text: string | undefined): string | undefined {
	if (text === undefined) return undefined;
	const [, day = '', time = '', zone = ''] =
		/^(\d{4}-\d{2}-\d{2})(?:(?:T|\s+)(\d{2}:\d{2}(?::\d{2})?)(?:\.\d+)?)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?(?:\s+[+-]\d{4})?$/i.exec(
			text.trim(),
		) ?? [];
	try {
		if (day === '') return toMailDate(text);
		if (time === '') return Temporal.PlainDate.from(day).toString();
		if (zone === '')
			return toIso(Temporal.PlainDateTime.from(`${day}T${time}`).toZonedDateTime(site.timeZone).toInstant());
		const offset = /^[a-z]/i.test(zone) ? 'Z' : zone.replace(/(?<=\d\d)(?=\d\d$)/, ':');
		return toIso(Temporal.Instant.from(`${day}T${time}${offset}`));
	} catch (error) {
		if (error instanceof RangeError) return undefined;
		throw error;
	}
}

function toMailDate(text: string): string | undefined {
	if (!/\d{1,2} \w{3,} \d{4}.*\d{2}:\d{2}/.test(text)) return undefined;
	const instant = Date.parse(text);
	return Number.isNaN(instant) ? undefined : toIso(Temporal.Instant.fromEpochMilliseconds(instant));
}

function toIso(instant: Temporal.Instant): string {
	const local = instant.toZonedDateTimeISO(site.timeZone);
	return local.toString({ timeZoneName: 'never', smallestUnit: 'second' });
}
