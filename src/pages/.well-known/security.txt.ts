import { getSecurityNotice } from '../../queries/security-notice.ts';

export function GET(): Response {
	return getSecurityNotice();
}
