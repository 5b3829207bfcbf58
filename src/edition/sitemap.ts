import { readFile } from 'node:fs/promises';
import type { SitemapItem } from '@astrojs/sitemap';
import type { AstroIntegration } from 'astro';
import { withoutBase } from '../domain/paths.ts';

/**
 * Returns what the sitemap needs so that each page has in it the date that it carries itself, and pages that ask not
 * to be indexed are not in it.
 */
export function pageDates(): {
	integration: AstroIntegration;
	serialize(item: SitemapItem): Promise<SitemapItem | undefined>;
} {
	let folder: URL | undefined;
	return {
		integration: {
			name: 'page-dates',
			hooks: { 'astro:config:done': ({ config }) => void (folder = config.outDir) },
		},
		async serialize(item) {
			if (!folder) throw new Error('The sitemap was made before the configuration was done.');
			const path = withoutBase(new URL(item.url).pathname);
			const html = await readFile(new URL(`.${path}index.html`, folder), 'utf8');
			if (html.includes('<meta name="robots" content="noindex">')) return undefined;
			const lastmod = /<meta property="(?:article:modified_time|og:updated_time)" content="([^"]+)">/.exec(html)?.[1];
			return lastmod === undefined ? item : { ...item, lastmod };
		},
	};
}
