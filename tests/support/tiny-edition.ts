import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { policyOf } from '../../src/domain/policy.ts';

/** Files of an edition by their paths. */
export type Files = Record<string, string | Uint8Array>;

const origin = 'https://meridian.example.org';
const storyPath = '/2025/06/story/';

/** Returns a page that the check has nothing against. */
export function tinyPage(path: string, body: string, head = ''): string {
	return `<!DOCTYPE html><html lang="en"><head>${policyTag(path)}<title>T</title><link rel="canonical" href="${origin}${path}">${head}</head><body><main id="main"><h1>${path}</h1>${body}</main></body></html>`;
}

function policyTag(path: string): string {
	return `<meta http-equiv="content-security-policy" content="${policyOf(path, [])}">`;
}

/** Returns what Pagefind keeps of an article. */
export function fragmentOf(path: string): Uint8Array {
	return gzipSync(`pagefind_dcd${JSON.stringify({ url: path, content: 'A text.' })}`);
}

function feedOf(...paths: string[]): string {
	const items = paths.map((path) => `<item><link>${origin}${path}</link></item>`);
	return `<rss version="2.0"><channel><title>T</title>${items.join('')}</channel></rss>`;
}

/**
 * Returns the files of the smallest edition that is sound: one article with one tag and an alias of it.
 * @param text of the home page, by which editions differ
 */
export function tinyEdition(text = 'First'): Files {
	const link = `<a href="${storyPath}">Story</a>`;
	const files: Files = {
		'index.html': tinyPage('/', `<p>${text}</p><a href="/tags/china/">China</a>${link}`),
		'404.html': `<!DOCTYPE html>${policyTag('/404.html')}<title>T</title><meta name="robots" content="noindex"><h1>Nothing</h1>`,
		'2025/index.html': tinyPage('/2025/', '<p>1 article.</p><a href="/2025/06/">June</a> 1 article'),
		'2025/06/index.html': tinyPage('/2025/06/', link),
		'2025/06/story/index.html': tinyPage(
			storyPath,
			'<a href="/sections/news/">News</a><div class="prose"><p id="first">A text. <a href="#first">Here</a></p></div><a rel="tag" href="/tags/china/">China</a>',
			'<meta property="article:published_time" content="2025-06-16">',
		),
		'tags/china/index.html': tinyPage('/tags/china/', link),
		'tags/prc/index.html': tinyPage('/tags/china/', '', '<meta http-equiv="refresh" content="0; url=/tags/china/">'),
		'tags/index.html': tinyPage('/tags/', '<a href="/tags/china/">China</a> <span>1</span>'),
		'sections/news/index.html': tinyPage(
			'/sections/news/',
			`<p>1 article of 16 June</p>${link}`,
			'<link rel="alternate" href="/sections/news/rss.xml">',
		),
		'sections/news/rss.xml': feedOf(storyPath),
		'rss.xml': feedOf(storyPath),
		'robots.txt': `Sitemap: ${origin}/sitemap-index.xml\n`,
		'sitemap-index.xml': `<sitemapindex><sitemap><loc>${origin}/sitemap-0.xml</loc></sitemap></sitemapindex>`,
		'search/pagefind/fragment/en_1.pf_fragment': fragmentOf(storyPath),
		'icon.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
	};
	const indexed = ['/', '/2025/', '/2025/06/', storyPath, '/tags/', '/tags/china/', '/sections/news/'];
	const urls = indexed.map((path) => `<url><loc>${origin}${path}</loc></url>`);
	files['sitemap-0.xml'] = `<urlset>${urls.join('')}</urlset>`;
	return files;
}

/** Puts a notice in the place of the tiny edition's article, and takes it out of everything. */
export function retract(files: Files): void {
	delete files['search/pagefind/fragment/en_1.pf_fragment'];
	for (const [file, text] of Object.entries(files))
		files[file] = text
			.toString()
			.replace(`<a href="${storyPath}">Story</a>`, '')
			.replace(`<url><loc>${origin}${storyPath}</loc></url>`, '')
			.replace('<span>1</span>', '<span>0</span>');
	files[`${storyPath.slice(1)}index.html`] = tinyPage(
		storyPath,
		'<p>Retracted.</p>',
		'<meta name="robots" content="noindex">',
	);
}

/**
 * Writes the tiny edition into a folder, as a build would.
 * @param text of its home page
 * @param onHalf is called between two files
 */
export async function writeTiny(folder: string, text?: string, onHalf?: () => void): Promise<void> {
	await writeEdition(folder, tinyEdition(text), onHalf);
}

/** Writes the files of an edition into a folder. @param onHalf as in {@link writeTiny} */
export async function writeEdition(folder: string, files: Files, onHalf?: () => void): Promise<void> {
	for (const [path, content] of Object.entries(files)) {
		await mkdir(dirname(join(folder, path)), { recursive: true });
		await writeFile(join(folder, path), content);
		if (path.startsWith('2025')) onHalf?.();
	}
}
