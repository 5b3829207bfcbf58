import { readFile } from 'node:fs/promises';
import type { SitemapItem } from '@astrojs/sitemap';
import type { AstroIntegration } from 'astro';
import { withoutBase } from '../domain/paths.ts';
import { toMoment } from '../schemas/moment.ts';
import { site } from '../site.ts';

/**
 * Returns what the sitemap needs so that each page has in it the date that the page carries itself, and pages that ask
 * not to be indexed or lead elsewhere are not in it.
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
			if (html.includes('<meta http-equiv="refresh"')) return undefined;
			const changed = /<meta property="(?:article:modified_time|og:updated_time)" content="([^"]+)">/.exec(html)?.[1];
			const moment = changed === undefined ? undefined : toMoment(changed, site.timeZone);
			return moment ? { ...item, lastmod: new Date(moment.instant).toISOString() } : item;
		},
	};
}
