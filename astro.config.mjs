import { defineConfig, fontProviders } from 'astro/config';
import { editorSchemas } from './src/edition/editor-schemas.ts';
import { headersFile } from './src/edition/headers.ts';
import { preview } from './src/edition/preview.ts';
import { site } from './src/site.ts';
import { prepareFonts } from './src/styles/fonts.ts';

const cache = '.cache';

export default defineConfig({
	site: site.origin,
	base: site.base,
	trailingSlash: 'always',
	cacheDir: `./${cache}`,
	compressHTML: true,
	build: { format: 'directory', inlineStylesheets: 'always', concurrency: 8 },
	devToolbar: { enabled: false },
	logger: { entrypoint: './src/edition/astro-log.ts' },
	prerenderConflictBehavior: 'error',
	experimental: { contentIntellisense: true },
	scopedStyleStrategy: 'class',
	fonts: [
		{
			provider: fontProviders.local(),
			name: 'Source Serif 4',
			cssVariable: '--font-serif',
			display: 'optional',
			fallbacks: ['Georgia', 'serif'],
			options: { variants: await prepareFonts(import.meta.dirname, `${cache}/fonts`, site.language) },
		},
	],
	integrations: [preview(), editorSchemas(), headersFile()],
});
