import { site } from '../site.ts';
import { primaryOf } from '../words/languages.ts';
import * as paths from './paths.ts';

/**
 * Returns until when the notice of a moment holds, in milliseconds since 1970: the first day of a half-year, at least six
 * months ahead, so that the notice changes twice a year and not with each build.
 */
function noticeExpiresAt(now: number): number {
	const day = new Date(now);
	const half = day.getUTCMonth() < 6 ? 0 : 6;
	return Date.UTC(day.getUTCFullYear() + 1, half, 1);
}

/** Returns the moment after `now` from which the notice has another date, both in milliseconds since 1970. */
export function noticeChangesAt(now: number): number {
	const day = new Date(now);
	return Date.UTC(day.getUTCFullYear(), day.getUTCMonth() < 6 ? 6 : 12, 1);
}

/** Returns where to write about a flaw of the paper's security (RFC 9116). */
export function toSecurityNotice(now: number): string {
	return [
		`Contact: mailto:${site.editorEmail}`,
		`Expires: ${new Date(noticeExpiresAt(now)).toISOString()}`,
		`Preferred-Languages: ${primaryOf(site.language)}`,
		`Canonical: ${paths.toAbsolute(paths.securityNotice())}`,
		'',
	].join('\n');
}
