import { statSync } from 'node:fs';
import { join, sep } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { AstroIntegration } from 'astro';
import { newsroomFolders } from '../environment.ts';

/** How long, in milliseconds, a change waits for pages that are being made. */
const patience = 5000;

const stampOf = (file: string) => statSync(file, { throwIfNoEntry: false })?.mtimeMs;

/**
 * Makes `npm run dev` the editor's preview: it follows every change of the newsroom's folders and shows what is not
 * published, a page about each article and the guide for editors, which no build has. Pages are told by `IS_PREVIEW`.
 * Astro's own command decides that: environment variables such as `DEV` or `NODE_ENV` must not be able to publish a draft.
 */
export function preview(): AstroIntegration {
	return {
		name: 'preview',
		hooks: {
			'astro:config:setup': ({ command, updateConfig, injectRoute }) => {
				updateConfig({
					vite: {
						define: { IS_PREVIEW: JSON.stringify(command === 'dev') },
						server: { watch: { ignored: ['**/.*-editions/**', '**/.drafts/**'] } },
					},
				});
				// What lies in a folder whose name begins with _ is no route by itself.
				if (command === 'dev')
					for (const page of ['guide', '[...id]'])
						injectRoute({
							pattern: `/_preview/${page}`,
							entrypoint: `./src/pages/_preview/${page}.astro`,
							prerender: true,
						});
			},
			'astro:server:setup': ({ server, refreshContent, logger }) => {
				const folders = newsroomFolders();
				const store = join(server.config.root, '.astro/data-store.json');
				const answers = new Set<Promise<void>>();
				let refreshed = Promise.resolve();
				let wait: NodeJS.Timeout | undefined;
				const refresh = async () => {
					// Astro would go on with what a page that is just being made has read.
					await Promise.race([Promise.all(answers), delay(patience, undefined, { ref: false })]);
					try {
						const before = stampOf(store);
						await refreshContent?.({});
						// Astro reloads pages itself where front matter has changed: twice would take twice as long.
						if (stampOf(store) === before) server.environments.client.hot.send({ type: 'full-reload' });
					} catch (error) {
						logger.error(error instanceof Error ? error.message : String(error));
					}
				};
				server.middlewares.use((_, response, next) => {
					void refreshed.then(() => {
						// Whoever waited has gone.
						if (response.closed) return;
						const answer = new Promise<void>((resolve) => {
							response.once('close', () => {
								answers.delete(answer);
								resolve();
							});
						});
						answers.add(answer);
						next();
					});
				});
				server.watcher.add(folders);
				server.watcher.on('all', (event, path) => {
					if (!folders.some((folder) => path.startsWith(folder + sep))) return;
					clearTimeout(wait);
					// A file written right after its folder can escape the watcher: a new folder is looked into a little later.
					wait = setTimeout(
						() => {
							refreshed = refreshed.then(refresh);
						},
						event === 'addDir' ? 400 : 50,
					);
				});
			},
		},
	};
}
