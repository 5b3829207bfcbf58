import { copyFile } from 'node:fs/promises';
import type { AstroIntegration } from 'astro';

/**
 * Gives the schemas of texts with the newsroom's own tags, which the loaders have written, to Astro's editor extension in
 * the place of those that Astro derives from the collections.
 */
export function editorSchemas(): AstroIntegration {
	let root: URL | undefined;
	const copy = async () => {
		for (const name of root ? ['article', 'page'] : [])
			await copyFile(new URL(`schemas/${name}.json`, root), new URL(`collections/${name}s.schema.json`, root));
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
