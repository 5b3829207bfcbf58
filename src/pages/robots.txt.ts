import * as paths from '../domain/paths.ts';
import { site } from '../site.ts';

export function GET(): Response {
	const sitemaps = [paths.sitemap(), paths.newsSitemap()].map((path) => `Sitemap: ${paths.toAbsolute(path)}\n`);
	const forms = site.comments === 'service' ? `Disallow: ${paths.withBase(paths.serviceRoot)}\n` : '';
	return new Response(`User-agent: *\nAllow: /\n${forms}\n${sitemaps.join('')}`);
}
