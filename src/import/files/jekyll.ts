import { basename, dirname, extname } from 'node:path';
import { isRecord } from '../../loaders/yaml.ts';
import type { RawPaper, RawPost } from '../raw.ts';
import { type ForeignFolder, isText, openFolder, readFrom, toRawPaper } from './folder.ts';
import { type KnownFields, readFields, readForeignFile, readYaml, toText } from './front-matter.ts';
import { readPosts, toRawPost } from './post.ts';

/** The names of Jekyll's patterns of addresses. */
const patterns: Readonly<Record<string, string>> = {
	date: '/:categories/:year/:month/:day/:title.html',
	pretty: '/:categories/:year/:month/:day/:title/',
	ordinal: '/:categories/:year/:y_day/:title.html',
	none: '/:categories/:title.html',
};

/** Reads a paper made with Jekyll: `_posts`, `_drafts` and pages. @throws Error where there is none */
export async function readJekyll(path: string): Promise<RawPaper> {
	const folder = await openFolder(path, ['node_modules', 'vendor', '_site']);
	const texts = folder.files.filter(isText);
	if (!texts.some((file) => isPost(file)))
		throw new Error(`${path} has no folder _posts with texts. Name the folder that holds it.`);
	const config = await readConfig(folder);
	const files = new Map(texts.filter(isPost).map((file) => [toPostName(file), file]));
	const lists: string[] = [];
	const { posts, leftOut } = await readPosts(folder, texts, (file, text) => {
		const isListed = isPost(file) || isDraft(file);
		// Without front matter a file is copied as it is; layouts and parts of pages are no texts.
		if (!isListed && (!/^---[ \t]*\n/.test(text) || /(?:^|\/)_/.test(file))) return undefined;
		if (isListed || !isList(file, text)) return toPost(folder, file, text, config, files);
		lists.push(file);
		folder.used.add(file);
		return undefined;
	});
	const listed = lists.map((file) => ({ what: `${file}: a list or a notice, which the paper makes itself`, count: 1 }));
	return toRawPaper(folder, { ...config, posts }, [...leftOut, ...listed]);
}

const isPost = (file: string) => /(?:^|\/)_posts\//.test(file);
const isDraft = (file: string) => /(?:^|\/)_drafts\//.test(file);

/** Tells whether a page shows what others hold. */
function isList(file: string, text: string): boolean {
	return /^(?:index|404)\.\w+$/.test(file) || /\bsite\.(?:posts|categories|tags)\b|\bpaginator\b/.test(text);
}

/** Returns how texts name a post when they link to it: its path in `_posts` without its ending. */
function toPostName(file: string): string {
	return file.replace(/^.*?_posts\//, '').replace(/\.\w+$/, '');
}

interface Config {
	title: string;
	address: string | undefined;
	/** The path under which the paper lived, without a last stroke. */
	base: string;
	permalink: string;
}

async function readConfig(folder: ForeignFolder): Promise<Config> {
	const file = folder.files.find((name) => /^_config\.ya?ml$/.test(name));
	const parsed = file === undefined ? {} : readYaml(await readFrom(folder, file));
	folder.used.add(file ?? '');
	const fields = isRecord(parsed) ? parsed : {};
	const base = (toText(fields['baseurl']) ?? '').replace(/\/$/, '');
	const url = toText(fields['url']);
	const permalink = toText(fields['permalink']) ?? 'date';
	return {
		title: toText(fields['title']) ?? basename(folder.path),
		address: url === undefined ? undefined : `${url.replace(/\/$/, '')}${base}/`,
		base,
		permalink: patterns[permalink] ?? permalink,
	};
}

function toPost(
	folder: ForeignFolder,
	file: string,
	text: string,
	config: Config,
	files: ReadonlyMap<string, string>,
): RawPost {
	const { fields: written, body } = readForeignFile(text);
	const isPage = !isPost(file) && !isDraft(file);
	// The folders above _posts are categories too.
	const above = isPage
		? []
		: file.split('/').slice(
				0,
				file.split('/').findIndex((part) => /^_(?:posts|drafts)$/.test(part)),
			);
	const read = readFields(written, /[\s,]+/);
	const fields = { ...read, categories: [...new Set([...above, ...read.categories])] };
	const [, day, name] = /^(\d{4}-\d{1,2}-\d{1,2})-(.*)$/.exec(basename(file, extname(file))) ?? [];
	const date = day?.replace(/-(\d)(?!\d)/g, '-0$1');
	const slug =
		fields.slug ??
		name ??
		(basename(file, extname(file)) === 'index' ? basename(dirname(file)) : basename(file, extname(file)));
	const address = isPage
		? (fields.address ?? `/${file.replace(/(?:index)?\.\w+$/, (end) => (end.startsWith('index') ? '' : '.html'))}`)
		: toAddress(fields.address ?? config.permalink, fields, slug, fields.date?.slice(0, 10) ?? date ?? '');
	const { text: plain, notes } = expandLiquid(body, files);
	return toRawPost(folder, 'jekyll', {
		...{ file, fields, date, slug, notes },
		body: plain.replace(/^\{:.*\}[ \t]*$|\{:[^{}\n]*\}/gm, ''),
		kind: isPage ? 'page' : 'article',
		isDraft: isDraft(file),
		oldAddresses: [address, ...fields.formerAddresses.toReversed()].map((path) => config.base + path),
		roots: [''],
	});
}

function toAddress(pattern: string, { categories }: KnownFields, slug: string, date: string): string {
	const [year = '', month = '', day = ''] = date.split('-');
	const start = Date.parse(`${year}-01-01`);
	const parts: Readonly<Record<string, string>> = {
		categories: categories.map((category) => category.toLowerCase().replace(/\s+/g, '-')).join('/'),
		...{ year, month, day, title: slug, slug },
		short_year: year.slice(2),
		i_month: String(Number(month)),
		i_day: String(Number(day)),
		y_day: String(Math.round((Date.parse(date) - start) / 86_400_000) + 1).padStart(3, '0'),
		output_ext: '.html',
	};
	const path = pattern.replace(/:(\w+)/g, (whole, name: string) => parts[name] ?? whole);
	return `/${path}`.replace(/\/{2,}/g, '/');
}

/**
 * Returns a text without Liquid: code becomes blocks, links to posts lead to their files, what else there is goes.
 * @param files those of posts, by the names by which texts link to them
 */
function expandLiquid(text: string, files: ReadonlyMap<string, string>): { text: string; notes: string[] } {
	const unknown = new Set<string>();
	const verbatim: string[] = [];
	const expanded = text
		.replace(/[\uE004\uE005]/g, '')
		.replace(
			/\{%-?\s*raw\s*-?%\}(.*?)\{%-?\s*endraw\s*-?%\}/gs,
			(_, inner: string) => `\uE004${verbatim.push(inner) - 1}\uE005`,
		)
		.replace(/\{%-?\s*comment\s*-?%\}.*?\{%-?\s*endcomment\s*-?%\}/gs, '')
		.replace(/\{%-?\s*highlight\s.*?%\}\n?(.*?)\{%-?\s*endhighlight\s*-?%\}/gs, '\n```\n$1\n```\n')
		.replace(/\{%-?\s*post_url\s+\/?(\S+?)\s*-?%\}/g, (whole, name: string) => {
			const file = files.get(name);
			if (file === undefined) unknown.add(whole);
			return file === undefined ? '' : `/${file}`;
		})
		.replace(/\{%-?\s*link\s+(\S+?)\s*-?%\}/g, '/$1')
		.replace(/\{\{\s*site\.(?:baseurl|url)\s*\}\}/g, '')
		.replace(/\{\{\s*(['"])(.*?)\1\s*\|\s*(?:relative|absolute)_url\s*\}\}/g, '$2')
		.replace(/\{%.*?%\}|\{\{.*?\}\}/gs, (whole) => {
			unknown.add(whole.replace(/\s+/g, ' '));
			return '';
		})
		.replace(/\uE004(\d+)\uE005/g, (_, number: string) => verbatim[Number(number)] ?? '');
	return { text: expanded, notes: [...unknown].map((tag) => `${tag} means nothing here and was left out`) };
}
