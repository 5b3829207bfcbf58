import { toSecurityNotice } from '../../domain/security-notice.ts';
import { readClock } from '../../environment.ts';

export function GET(): Response {
	return new Response(toSecurityNotice(readClock()));
}
