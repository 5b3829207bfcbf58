import * as paths from '../domain/paths.ts';

export function GET(): Response {
	return new Response(`User-agent: *\nAllow: /\n\nSitemap: ${paths.toAbsolute(paths.sitemap())}\n`);
}
