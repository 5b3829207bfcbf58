import { readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { z } from 'astro/zod';
import { Parser } from 'htmlparser2';
import { formatMoment } from '../domain/dates.ts';
import { escapeXml } from '../markdown/xml.ts';
import type { Moment } from '../schemas/moment.ts';
import { replaceTags } from '../styles/tags.ts';
import { serviceWords } from '../words/service-words.ts';
import { toFinished } from './check/finished.ts';
import { brokenLinks } from './check/links.ts';
import { listFiles, scanAll } from './check/scan.ts';

const jsonFeed = z.looseObject({ title: z.string() });

/**
 * Makes a reconstruction of an edition that was built for an earlier moment: each page and feed says so, search engines
 * are told to leave every page alone, and links to what was not there yet are links no more.
 * @throws Error where a page has not the form that pages have
 */
export async function markReconstruction(folder: string, at: Moment): Promise<void> {
	for (const file of listFiles(folder).paths)
		if (/^(?:news-)?sitemap[^/]*\.xml$/.test(file)) await rm(join(folder, file));
	await edit(join(folder, 'robots.txt'), (text) => text.replace(/^Sitemap:.*\n?/gm, ''));
	const { paths } = listFiles(folder);
	const finished = toFinished(await scanAll({ folder, paths, known: new Set() }));
	// No service knows what was there then.
	const broken = Map.groupBy(
		brokenLinks(finished, () => false),
		({ page }) => page.file,
	);
	const mark = `<p class="page label"><strong>${escapeXml(serviceWords.reconstructed(formatMoment(at)))}</strong></p>`;
	for (const { file } of finished.pages)
		await edit(join(folder, file), (html) => {
			const marked = markPage(unlink(html, new Set(broken.get(file)?.map(({ link }) => link))), mark);
			if (marked === undefined) throw new Error(`${file} has no place for its mark. Correct what makes it.`);
			return marked;
		});
	const toTitle = (title: string) => serviceWords.reconstructedTitle(title, formatMoment(at));
	for (const { path, facts } of finished.files) {
		if (facts?.kind !== 'data') continue;
		if (facts.root === 'rss' || facts.root === 'opml')
			await edit(join(folder, path), (xml) => xml.replace(/(?<=<title>)[^<]*/, (title) => toTitle(title)));
		if (basename(path) === 'feed.json')
			await edit(join(folder, path), (json) => {
				const feed = jsonFeed.parse(JSON.parse(json));
				return JSON.stringify({ ...feed, title: toTitle(feed.title) });
			});
	}
}

async function edit(path: string, change: (text: string) => string): Promise<void> {
	await writeFile(path, change(await readFile(path, 'utf8')));
}

/** Returns a page with a mark at its beginning that asks not to be indexed; nothing where it has no place for both. */
function markPage(html: string, mark: string): string | undefined {
	let [isMarked, isHidden] = [false, false];
	const marked = replaceTags(html, (source) => {
		if (!isHidden && source.startsWith('<meta name="robots"')) {
			isHidden = true;
			return '<meta name="robots" content="noindex">';
		}
		if (isMarked || !/^<body[\s>]/.test(source)) return source;
		isMarked = true;
		return source + mark;
	});
	return isMarked && isHidden ? marked : undefined;
}

/** Takes from a page the addresses of its links that lead nowhere; their words stay. */
function unlink(html: string, broken: ReadonlySet<string>): string {
	let result = '';
	let done = 0;
	const parser = new Parser({
		onopentag(name, { href }) {
			if (name !== 'a' || href === undefined || !broken.has(href.trim())) return;
			const tag = html.slice(parser.startIndex, parser.endIndex + 1);
			result += html.slice(done, parser.startIndex) + tag.replace(/\shref=(?:"[^"]*"|'[^']*'|[^\s>]+)/i, '');
			done = parser.endIndex + 1;
		},
	});
	parser.end(html);
	return result + html.slice(done);
}
