import type { MiddlewareHandler } from 'astro';
import { tellProgress } from './environment.ts';
import { countToMake } from './queries/changed.ts';
import { finishPage } from './queries/finish-page.ts';
import { previewPage } from './queries/preview-page.ts';

let made = 0;

/** Makes published pages as light and as safe as they can be. */
export const onRequest: MiddlewareHandler = async ({ url, routePattern }, next) => {
	if (IS_PREVIEW) return previewPage(url.pathname, next);
	const response = await next();
	made++;
	// Pages that are alone at their route are made without asking.
	tellProgress(made, Math.max(made, countToMake()), routePattern);
	if (!response.headers.get('Content-Type')?.startsWith('text/html')) return response;
	return new Response(finishPage(await response.text(), url.pathname), response);
};
