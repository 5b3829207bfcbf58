import { toSecurityNotice } from '../domain/security-notice.ts';
import { readClock } from '../environment.ts';

/** Answers with where to write about a flaw of the paper's security. */
export function getSecurityNotice(): Response {
	return new Response(toSecurityNotice(readClock()));
}
