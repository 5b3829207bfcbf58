import * as paths from '../domain/paths.ts';

export function GET(): Response {
	const sitemaps = [paths.sitemap(), paths.newsSitemap()].map((path) => `Sitemap: ${paths.toAbsolute(path)}\n`);
	return new Response(`User-agent: *\nAllow: /\n\n${sitemaps.join('')}`);
}
