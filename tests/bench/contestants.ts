import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'astro/zod';
import { argumentsOf, openWorkshop, readScripts } from '../support/build.ts';
import { writeCorpus } from './corpus.ts';

/** A program that makes a paper of a corpus. */
export interface Contestant {
	name: string;
	/** Where it is started. */
	folder: string;
	command: readonly string[];
	environment: Readonly<Record<string, string>>;
	/** Lays the corpus out anew, and removes everything that was made. */
	reset(): Promise<void>;
	/** Changes the headline of an article in the middle. */
	edit(round: number): Promise<void>;
	/** Adds an article, the newest of all. */
	add(round: number): Promise<void>;
}

const editHeadline = async (file: string, title: string): Promise<void> =>
	writeFile(file, (await readFile(file, 'utf8')).replace(/^title: .*$/m, `title: "${title}"`));

async function middleOf(folder: string): Promise<string> {
	const files = (await readdir(folder, { recursive: true })).filter((file) => /-\d{5}\.md$/.test(file)).sort();
	return join(folder, files[files.length >> 1] ?? '');
}

/** Returns this program, as a newsroom with so many tags would have it: feeds of tags hold standfirsts. */
export async function openMeridian(articles: number): Promise<Contestant & { remove(): Promise<void> }> {
	const workshop = await openWorkshop(undefined, (site) => site.replace(">('full')", ">('standfirst')"));
	const { folder } = workshop;
	const content = join(folder, 'content');
	const watch = ['--import', join(import.meta.dirname, 'watch.ts')];
	return {
		name: 'Meridian',
		folder,
		command: [process.execPath, ...watch, ...argumentsOf('build', await readScripts())],
		environment: { ROUTES_FILE: join(folder, 'routes.json') },
		async reset() {
			for (const name of ['content', 'dist', '.dist-editions', '.cache', '.astro'])
				await rm(join(folder, name), { recursive: true, force: true });
			await writeCorpus(content, articles);
			await cp('content/pages', join(content, 'pages'), { recursive: true });
		},
		edit: async (round) => editHeadline(await middleOf(join(content, 'articles')), `Corrected headline ${round}`),
		async add(round) {
			const text = await readFile(await middleOf(join(content, 'articles')), 'utf8');
			const added = text
				.replace(/^title: .*$/m, `title: "Added headline ${round}"`)
				.replace(/^publishedAt: .*$/m, `publishedAt: 2025-06-02T08:${String(round).padStart(2, '0')}:00Z`);
			await mkdir(join(content, 'articles/2025/06'), { recursive: true });
			await writeFile(join(content, `articles/2025/06/added-${round}.md`), added);
		},
		remove: () => workshop.remove(),
	};
}

/** How the peers are started. Each takes its articles from a folder. */
const peers: Readonly<Record<string, { own?: string; command: (articles: string) => string[] }>> = {
	hugo: { command: (articles) => ['hugo', '--quiet', '--contentDir', join(articles, '..')] },
	eleventy: { own: 'src/articles', command: () => ['node_modules/.bin/eleventy', '--quiet'] },
	astro: { command: () => ['node_modules/.bin/astro', 'build'] },
};

const corpusModule = z.object({
	corpus: z.custom<(count: number) => Iterable<{ file: string; text: string }>>((value) => typeof value === 'function'),
});

/**
 * Returns the peers that can be started: those of the folder that need no packages or have them.
 * @param against a folder with `corpus.mjs` and `peers/<name>/`
 */
export async function openPeers(against: string, articles: number): Promise<Contestant[]> {
	const { corpus } = corpusModule.parse(await import(pathToFileURL(join(against, 'corpus.mjs')).href));
	const names = (await readdir(join(against, 'peers'))).filter((name) => {
		const folder = join(against, 'peers', name);
		return name in peers && (!existsSync(join(folder, 'package.json')) || existsSync(join(folder, 'node_modules')));
	});
	return names.map((name): Contestant => {
		const folder = join(against, 'peers', name);
		const { own, command = () => [] } = peers[name] ?? {};
		const content = join(folder, own ?? 'corpus/articles');
		return {
			name,
			folder,
			command: command(content),
			environment: { CORPUS: content, ASTRO_TELEMETRY_DISABLED: '1' },
			async reset() {
				for (const made of ['dist', 'resources', '.cache', '.astro', 'node_modules/.astro', 'node_modules/.vite'])
					await rm(join(folder, made), { recursive: true, force: true });
				await rm(content, { recursive: true, force: true });
				await mkdir(content, { recursive: true });
				for (const { file, text } of corpus(articles)) await writeFile(join(content, file), text);
			},
			edit: async (round) => editHeadline(await middleOf(content), `Corrected headline ${round}`),
			async add(round) {
				const text = await readFile(await middleOf(content), 'utf8');
				const added = text
					.replace(/^title: .*$/m, `title: "Added headline ${round}"`)
					.replace(/^pubDate: .*$/m, `pubDate: 2025-06-02T08:${String(round).padStart(2, '0')}:00Z`);
				await writeFile(join(content, `added-${round}.md`), added);
			},
		};
	});
}
