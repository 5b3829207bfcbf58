import { basename, dirname } from 'node:path';
import { parse as parseToml } from 'smol-toml';
import { isRecord } from '../../loaders/yaml.ts';
import { escapeXml } from '../../markdown/xml.ts';
import type { RawPaper, RawPost } from '../raw.ts';
import { type ForeignFolder, isText, openFolder, readFrom, toRawPaper } from './folder.ts';
import { type KnownFields, readFields, readForeignFile, readYaml, toText } from './front-matter.ts';
import { readPosts, toRawPost } from './post.ts';

/** Reads a paper made with Hugo: what stands in `content`. @throws Error where there is none */
export async function readHugo(path: string): Promise<RawPaper> {
	const folder = await openFolder(path);
	const texts = folder.files.filter((file) => file.startsWith('content/') && isText(file));
	if (texts.length === 0) throw new Error(`${path} has no folder content with texts. Name the folder that holds it.`);
	const config = await readConfig(folder);
	const isList = (file: string) => basename(file).startsWith('_index.');
	const own = texts.filter((file) => !isList(file));
	const { posts, leftOut } = await readPosts(folder, own, (file, text) => toPost(folder, file, text, config));
	const lists = texts.filter(isList);
	for (const file of lists) folder.used.add(file);
	const listed = lists.map((file) => ({ what: `${file}: the text of a list, which has none here`, count: 1 }));
	return toRawPaper(folder, { ...config, posts }, [...leftOut, ...listed]);
}

interface Config {
	title: string;
	address: string | undefined;
	permalinks: Readonly<Record<string, unknown>>;
}

async function readConfig(folder: ForeignFolder): Promise<Config> {
	const file = folder.files.find((name) => /^(?:config\/_default\/)?(?:hugo|config)\.(?:toml|ya?ml|json)$/.test(name));
	const text = file === undefined ? '{}' : await readFrom(folder, file);
	folder.used.add(file ?? '');
	const parsed: unknown = file?.endsWith('.toml') ? parseToml(text) : readYaml(text);
	const fields = isRecord(parsed) ? parsed : {};
	const all = isRecord(fields['permalinks']) ? fields['permalinks'] : {};
	return {
		title: toText(fields['title']) ?? basename(folder.path),
		address: toText(fields['baseURL'] ?? fields['baseurl']),
		permalinks: isRecord(all['page']) ? all['page'] : all,
	};
}

function toPost(folder: ForeignFolder, file: string, text: string, { permalinks }: Config): RawPost {
	const { fields: written, body } = readForeignFile(text);
	const fields = readFields(written);
	const path = file.slice('content/'.length).replace(/(?:\/index)?\.\w+$/, '');
	const [, day, name = basename(path)] = /^(\d{4}-\d{2}-\d{2})-(.+)$/.exec(basename(path)) ?? [];
	const date = fields.date ?? day;
	const [section = ''] = path.includes('/') ? path.split('/', 1) : [];
	const slug = fields.slug ?? (fields.date === undefined ? name : basename(path));
	const folderOf = dirname(path) === '.' ? '' : `${dirname(path)}/`;
	const pattern = toText(permalinks[section]);
	const address =
		fields.address ??
		(pattern === undefined ? `/${folderOf}${slug}/` : toAddress(pattern, fields, { slug, section, date: date ?? '' }));
	const { text: plain, notes } = expandShortcodes(body);
	return toRawPost(folder, 'hugo', {
		...{ file, fields, date, slug, notes },
		body: plain,
		kind: date === undefined ? 'page' : 'article',
		isDraft: false,
		oldAddresses: [address, ...fields.formerAddresses.toReversed()].map((old) =>
			old.startsWith('/') ? old : `/${old}`,
		),
		roots: ['static', 'assets', 'content'],
		section: /^(?:|posts?|blog|news|articles)$/.test(section) ? undefined : section,
	});
}

function toAddress(
	pattern: string,
	{ title }: KnownFields,
	{ slug, section, date }: { slug: string; section: string; date: string },
): string {
	const [year = '', month = '', day = ''] = date.slice(0, 10).split('-');
	const parts: Readonly<Record<string, string>> = {
		...{ year, month, day, section, sections: section, slug },
		slugorcontentbasename: slug,
		contentbasename: slug,
		filename: slug,
		title: title.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '-'),
	};
	return `/${pattern.replace(/:(\w+)/g, (whole, name: string) => parts[name] ?? whole)}/`.replace(/\/{2,}/g, '/');
}

/** Returns a text without Hugo's shortcodes: pictures and code become such, videos links, what else there is goes. */
function expandShortcodes(text: string): { text: string; notes: string[] } {
	const unknown = new Set<string>();
	const expanded = text
		.replace(/\{\{[<%]\s*highlight\s.*?[>%]\}\}\n?(.*?)\{\{[<%]\s*\/highlight\s*[>%]\}\}/gs, '\n```\n$1\n```\n')
		.replace(/\{\{[<%]\s*(\/?)([\w/-]+)\s*(.*?)\s*\/?[>%]\}\}/gs, (_, end: string, name: string, rest: string) => {
			if (name === 'figure' && end === '') return toFigure(rest);
			const [first = ''] = wordsOf(rest);
			if (/^(?:rel)?ref$/.test(name)) return toFileName(first);
			if (name === 'youtube') return `\n\nhttps://www.youtube.com/watch?v=${encodeURIComponent(first)}\n\n`;
			if (name === 'vimeo') return `\n\nhttps://vimeo.com/${encodeURIComponent(first)}\n\n`;
			unknown.add(name);
			return '';
		});
	return {
		text: expanded,
		notes: [...unknown].map((name) => `the shortcode ${name} means nothing here and was left out`),
	};
}

/** Returns the values of a shortcode that has no names for them, and of those that it has. */
function wordsOf(text: string): string[] {
	return [...text.matchAll(/(?:[\w-]+=)?(?:"([^"]*)"|`([^`]*)`|([^\s"`]+))/g)].map(([, a, b, c]) => a ?? b ?? c ?? '');
}

function toFigure(text: string): string {
	const fields = new Map(
		[...text.matchAll(/([\w-]+)=(?:"([^"]*)"|(\S+))/g)].map(([, name = '', quoted, bare = '']) => [
			name,
			quoted ?? bare,
		]),
	);
	const caption = [fields.get('title'), fields.get('caption'), fields.get('attr')].filter((part) => part !== undefined);
	const image = `<img src="${escapeXml(fields.get('src') ?? '')}" alt="${escapeXml(fields.get('alt') ?? '')}">`;
	return `\n\n<figure>${image}<figcaption>${escapeXml(caption.join('. '))}</figcaption></figure>\n\n`;
}

/** Returns the name of a text's file, as links within a folder have it. */
function toFileName(reference: string): string {
	const [path = '', fragment] = reference.split('#');
	const file = /\.\w+$/.test(path) ? path : `${path.replace(/\/$/, '')}.md`;
	return fragment === undefined ? file : `${file}#${fragment}`;
}
