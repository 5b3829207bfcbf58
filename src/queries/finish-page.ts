import { createHash } from 'node:crypto';
import { policyOf } from '../domain/policy.ts';
import { trimPage } from '../styles/trim.ts';

/** Returns a page as light and as safe as it is published. @param path with the base */
export function finishPage(page: string, path: string): string {
	const { html, css } = trimPage(page);
	const hashes = css === '' ? [] : [createHash('sha256').update(css).digest('base64')];
	const charset = '<meta charset="utf-8">';
	// Before everything to which it applies.
	return html.replace(
		charset,
		() => `${charset}<meta http-equiv="content-security-policy" content="${policyOf(path, hashes)}">`,
	);
}
