import type { MiddlewareHandler } from 'astro';
import { trimPage } from './styles/trim.ts';

/** Makes published pages as light as they can be. */
export const onRequest: MiddlewareHandler = async (_, next) => {
	const response = await next();
	if (IS_PREVIEW || !response.headers.get('Content-Type')?.startsWith('text/html')) return response;
	return new Response(trimPage(await response.text()), response);
};
