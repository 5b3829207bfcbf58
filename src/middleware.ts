import { createHash } from 'node:crypto';
import type { MiddlewareHandler } from 'astro';
import { policyOf } from './domain/policy.ts';
import { tellProgress } from './environment.ts';
import { countToMake } from './queries/changed.ts';
import { trimPage } from './styles/trim.ts';

let made = 0;

/** Makes published pages as light and as safe as they can be. */
export const onRequest: MiddlewareHandler = async ({ url, routePattern }, next) => {
	const response = await next();
	made++;
	// Pages that are alone at their route are made without asking.
	tellProgress(made, Math.max(made, countToMake()), routePattern);
	if (IS_PREVIEW || !response.headers.get('Content-Type')?.startsWith('text/html')) return response;
	const { html, css } = trimPage(await response.text());
	return new Response(addPolicy(html, css, url.pathname), response);
};

/** Puts the page's policy before everything to which it applies. @param css its style sheet */
function addPolicy(html: string, css: string, path: string): string {
	const hashes = css === '' ? [] : [createHash('sha256').update(css).digest('base64')];
	const charset = '<meta charset="utf-8">';
	return html.replace(
		charset,
		() => `${charset}<meta http-equiv="content-security-policy" content="${policyOf(path, hashes)}">`,
	);
}
