import { copyFile } from 'node:fs/promises';
import type { AstroIntegration } from 'astro';

/**
 * Gives the article's schema with the newsroom's own tags, which the loaders have written, to Astro's editor extension
 * in the place of the one that Astro derives from the collection.
 */
export function editorSchemas(): AstroIntegration {
	let root: URL | undefined;
	const copy = async () => {
		if (root) await copyFile(new URL('schemas/article.json', root), new URL('collections/articles.schema.json', root));
	};
	return {
		name: 'editor-schemas',
		hooks: {
			'astro:config:done': ({ config }) => void (root = new URL('.astro/', config.root)),
			'astro:server:start': copy,
			'astro:build:start': copy,
		},
	};
}
