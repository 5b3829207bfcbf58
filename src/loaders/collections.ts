import { rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Loader, LoaderContext } from 'astro/loaders';
import { statusOf } from '../domain/articles.ts';
import type { Entry } from '../domain/newsroom.ts';
import { byPlace, ContentError, formatProblem } from '../domain/problems.ts';
import { commentsFolder, contentFolder, digestOfProgram, readClock, readPresent, shownDraft } from '../environment.ts';
import { figuresOf } from '../domain/figures.ts';
import { readStored, type StoredArticle } from '../schemas/article.ts';
import type { ArticleEntry } from './articles.ts';
import { writeEditorSchemas } from './editor-schemas.ts';
import { digestOf } from './files.ts';
import { type Content, readContent } from './newsroom.ts';

const collectionNames = ['articles', 'authors', 'comments', 'front', 'pages', 'sections', 'tags'] as const;
export type CollectionName = (typeof collectionNames)[number];

/**
 * Returns the loaders of all collections. They read the content folder once, together, when Astro has asked every one
 * of them; a build stops at problems, the editor's preview names them and shows the rest.
 */
export function newsroomLoaders(): Record<CollectionName, Loader> {
	let contexts = new Map<CollectionName, LoaderContext>();
	let reading = Promise.withResolvers<Content>();

	const load = async (name: CollectionName, context: LoaderContext) => {
		contexts.set(name, context);
		const { promise, resolve, reject } = reading;
		const articles = contexts.get('articles');
		if (contexts.size === collectionNames.length && articles) {
			contexts = new Map();
			reading = Promise.withResolvers();
			read(articles).then(resolve, reject);
		}
		fill(context, name, await promise);
	};
	const loader = (name: CollectionName): Loader => ({
		name: `newsroom-${name}`,
		load: (context) => load(name, context),
	});
	return {
		articles: loader('articles'),
		authors: loader('authors'),
		comments: loader('comments'),
		front: loader('front'),
		pages: loader('pages'),
		sections: loader('sections'),
		tags: loader('tags'),
	};
}

async function read({ store, logger, config, watcher }: LoaderContext): Promise<Content> {
	const isPreview = watcher !== undefined;
	const content = await readContent(contentFolder(), {
		now: readClock(),
		present: readPresent(),
		rules: await digestOfProgram(fileURLToPath(config.root)),
		former(id, digest) {
			const entry = store.get<StoredArticle>(id);
			if (!entry || entry.digest?.toString().replace(hiddenMark, '') !== digest) return undefined;
			const { internalLinks, ...data } = readStored(entry.data);
			return { id, file: entry.filePath ?? '', data, internalLinks, digest };
		},
		publicFolder: fileURLToPath(config.publicDir),
		commentsFolder: commentsFolder(),
	});
	await writeEditorSchemas(content, new URL('.astro/schemas/', config.root));
	// Astro keeps its list of pictures where nothing was added to it, and would publish those that are hidden again.
	if (!isPreview) await rm(new URL('.astro/content-assets.mjs', config.root), { force: true });
	if (!isPreview && content.problems.length > 0) throw new ContentError(content.problems);
	// The preview shows them where an article is missing.
	if (isPreview) await tellProblems(content, new URL('.astro/problems.txt', config.root), logger);
	return content;
}

/** Keeps what is wrong in a file, and names it in the terminal where that is something else than was told before. */
async function tellProblems({ problems }: Content, file: URL, logger: LoaderContext['logger']): Promise<void> {
	const lines = [...problems].sort(byPlace).map(formatProblem);
	const text = lines.join('\n');
	await writeFile(file, text);
	if (text === told) return;
	for (const line of lines) logger.error(line);
	if (told !== '' && text === '') console.log('All mistakes are mended.');
	told = text;
}

/** What the preview has said last of what is wrong. */
let told = '';

/** Stands before the digest of what readers must not see yet, so that the store takes the entry anew when they may. */
const hiddenMark = 'hidden ';

function fill(context: LoaderContext, name: CollectionName, content: Content): void {
	const { store } = context;
	const present = new Set(content[name].map(({ id }) => id));
	for (const id of store.keys()) if (!present.has(id)) store.delete(id);
	if (name === 'articles') return content.articles.forEach((article) => fillArticle(context, article));
	const entries: readonly Entry<object>[] = content[name];
	for (const { id, file, data } of entries)
		store.set({ id, data: { ...data }, filePath: file, digest: digestOf(file, JSON.stringify(data)) });
}

/** Hands pictures to Astro only where readers may see the article: whatever it imports, it publishes. */
function fillArticle({ store, watcher }: LoaderContext, entry: ArticleEntry): void {
	const { id, file, data, internalLinks } = entry;
	const isShown =
		watcher !== undefined || statusOf(data, readClock(), readPresent()) === 'published' || id === shownDraft();
	const digest = isShown ? entry.digest : hiddenMark + entry.digest;
	if (store.get(id)?.digest === digest) return;
	const pictures = figuresOf(data).filter((figure) => figure.kind === 'picture');
	const images = Object.fromEntries(pictures.map((picture) => [picture.file, `__ASTRO_IMAGE_./${picture.file}`]));
	const json = JSON.stringify({ ...data, internalLinks });
	store.set({ id, data: { json, images: isShown ? images : {} }, filePath: file, digest });
}
