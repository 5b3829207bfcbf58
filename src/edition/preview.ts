import { sep } from 'node:path';
import type { AstroIntegration } from 'astro';
import { contentFolder } from '../environment.ts';

/**
 * Makes `npm run dev` the editor's preview: it follows every change of the content folder and shows what is not
 * published. Pages are told by `IS_PREVIEW`. Astro's own command decides that: environment variables such as `DEV` or
 * `NODE_ENV` must not be able to publish a draft.
 */
export function preview(): AstroIntegration {
	return {
		name: 'preview',
		hooks: {
			'astro:config:setup': ({ command, updateConfig }) =>
				void updateConfig({
					vite: {
						define: { IS_PREVIEW: JSON.stringify(command === 'dev') },
						server: { watch: { ignored: ['**/.*-editions/**'] } },
					},
				}),
			'astro:server:setup': ({ server, refreshContent, logger }) => {
				const folder = contentFolder();
				let wait: NodeJS.Timeout | undefined;
				const refresh = async () => {
					try {
						await refreshContent?.({});
						server.environments.client.hot.send({ type: 'full-reload' });
					} catch (error) {
						logger.error(error instanceof Error ? error.message : String(error));
					}
				};
				server.watcher.add(folder);
				server.watcher.on('all', (event, path) => {
					if (!path.startsWith(folder + sep)) return;
					clearTimeout(wait);
					// A file written right after its folder can escape the watcher: a new folder is looked into a little later.
					wait = setTimeout(() => void refresh(), event === 'addDir' ? 400 : 50);
				});
			},
		},
	};
}
