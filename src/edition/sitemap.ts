import { readFile } from 'node:fs/promises';
import sitemap, { type SitemapItem } from '@astrojs/sitemap';
import type { AstroIntegration } from 'astro';
import * as paths from '../domain/paths.ts';
import { toMoment } from '../schemas/moment.ts';
import { site } from '../site.ts';
import { readPublished } from './check/manifest.ts';
import type { Former } from './publish.ts';

/** Files that a build takes over, and what the sitemap of the edition from which it does says. */
interface TakenOver {
	/** Relative to the edition; complete once the routes have been asked. */
	carried: ReadonlySet<string>;
	/** When pages have changed, as written, by their addresses; nothing of pages that it does not name. */
	dates: ReadonlyMap<string, string | undefined>;
}

/**
 * Makes the sitemap: each page has in it the date that the page carries itself, and pages that ask not to be indexed or
 * lead elsewhere are not in it. Pages that are taken over are in it as they were.
 */
export function paperSitemap({ carried, dates }: TakenOver): AstroIntegration[] {
	let folder: URL | undefined;
	const customPages: string[] = [];
	const collect: AstroIntegration = {
		name: 'carried-pages',
		hooks: {
			'astro:build:generated'({ dir }) {
				folder = dir;
				for (const address of dates.keys()) if (carried.has(fileAt(address))) customPages.push(address);
			},
		},
	};
	const serialize = async (item: SitemapItem): Promise<SitemapItem | undefined> => {
		const file = fileAt(item.url);
		if (carried.has(file)) {
			const lastmod = dates.get(item.url);
			return lastmod === undefined ? item : { ...item, lastmod };
		}
		if (!folder) throw new Error('The sitemap was made before the pages were there.');
		const html = await readFile(new URL(file, folder), 'utf8');
		if (html.includes('<meta name="robots" content="noindex">')) return undefined;
		if (html.includes('<meta http-equiv="refresh"')) return undefined;
		const changed = /<meta property="(?:article:modified_time|og:updated_time)" content="([^"]+)">/.exec(html)?.[1];
		const moment = changed === undefined ? undefined : toMoment(changed, site.timeZone);
		return moment ? { ...item, lastmod: new Date(moment.instant).toISOString() } : item;
	};
	return [collect, sitemap({ customPages, serialize })];
}

function fileAt(address: string): string {
	return `${paths.withoutBase(new URL(address).pathname).slice(1)}index.html`;
}

/**
 * Reads when the pages of an edition have changed, by their addresses, from its sitemaps as {@link paperSitemap} has
 * written them; nothing where they are not what was published.
 */
export async function readSitemapDates({ folder, manifest }: Former): Promise<TakenOver['dates'] | undefined> {
	const dates = new Map<string, string | undefined>();
	for (const name of Object.keys(manifest.files)) {
		if (!/^sitemap-\d+\.xml$/.test(name)) continue;
		const xml = await readPublished(folder, manifest, name);
		if (!xml) return undefined;
		for (const [, address = '', date] of xml
			.toString()
			.matchAll(/<loc>([^<]*)<\/loc>(?:<lastmod>([^<]*)<\/lastmod>)?/g))
			dates.set(address, date);
	}
	return dates;
}
