import { createHash } from 'node:crypto';
import type { MiddlewareHandler } from 'astro';
import { policyOf } from './domain/policy.ts';
import { trimPage } from './styles/trim.ts';

/** Makes published pages as light and as safe as they can be. */
export const onRequest: MiddlewareHandler = async ({ url }, next) => {
	const response = await next();
	if (IS_PREVIEW || !response.headers.get('Content-Type')?.startsWith('text/html')) return response;
	return new Response(addPolicy(trimPage(await response.text()), url.pathname), response);
};

/** Puts the page's policy before everything to which it applies. */
function addPolicy(html: string, path: string): string {
	const styles = [...html.matchAll(/<style[^>]*>(.*?)<\/style>/gs)].map(([, css = '']) => css);
	const policy = policyOf(
		path,
		styles.map((css) => createHash('sha256').update(css).digest('base64')),
	);
	return html.replace('<meta charset="utf-8">', (meta) => {
		return `${meta}<meta http-equiv="content-security-policy" content="${policy}">`;
	});
}
