import { escapeXml } from '../markdown/xml.ts';
import { site } from '../site.ts';
import { primaryOf } from '../words/languages.ts';
import type { Article } from './articles.ts';
import * as paths from './paths.ts';

/** For how long, in milliseconds, search engines take an article for news. */
export const newsFor = 2 * 86_400_000;
/** How many articles a news sitemap may have. */
const most = 1000;

/**
 * Returns the sitemap of the last two days' articles with what search engines ask of news (Google's news sitemap); one
 * without any where there are none.
 * @param now the clock, in milliseconds since 1970
 */
export function toNewsSitemap(newestFirst: readonly Article[], now: number): string {
	const news = newestFirst.filter(({ publishedAt }) => publishedAt.instant > now - newsFor).slice(0, most);
	const name = `<news:name>${escapeXml(site.title)}</news:name>`;
	const entries = news.map(({ id, lang, title, publishedAt }) =>
		[
			`<url><loc>${paths.toAbsolute(paths.article(id))}</loc><news:news><news:publication>${name}`,
			`<news:language>${primaryOf(lang)}</news:language></news:publication>`,
			`<news:publication_date>${publishedAt.iso}</news:publication_date>`,
			`<news:title>${escapeXml(title)}</news:title></news:news></url>\n`,
		].join(''),
	);
	const namespaces =
		'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"';
	return `<?xml version="1.0" encoding="UTF-8"?>\n<urlset ${namespaces}>\n${entries.join('')}</urlset>\n`;
}
