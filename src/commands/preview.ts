import { existsSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { readMoved } from '../delivery/moved.ts';
import { nearest } from '../domain/nearest.ts';
import { manifestName } from '../edition/check/scan.ts';
import { buildDraft, removeDraft } from '../edition/draft.ts';
import { commentsFolder, contentFolder } from '../environment.ts';
import { openContentFolder } from '../loaders/files.ts';
import { articleFilesIn } from '../loaders/newsroom.ts';
import { serveDraft } from '../server/serve-draft.ts';
import { serveEdition } from '../server/serve-edition.ts';
import { runCommand } from './run.ts';
import { serve } from './serve.ts';
import { refuseWords, sayWaiting } from './wait.ts';

const help = `npm run preview

Serves the edition in dist/ on this computer and prints its address.

  -- --draft SLUG            builds one article that is not published into a folder of its own in .drafts/, which no
                             edition knows of, and serves that alone, at an address that nobody can guess
  -- --draft SLUG --remove   removes that folder

  PORT=8080        uses that port instead of 4321 or the next free one
  HOST=0.0.0.0     lets other computers in
  OUT_DIR=folder   serves another folder`;

await runCommand(
	help,
	async ({ words, flags, options }) => {
		refuseWords(words);
		const slug = options.get('draft');
		if (flags.has('remove')) await remove(slug);
		else if (slug === undefined) await servePaper();
		else await showDraft(slug);
	},
	['remove'],
	['draft'],
);

async function servePaper(): Promise<void> {
	const folder = resolve(process.env['OUT_DIR'] ?? 'dist');
	if (!existsSync(join(folder, manifestName)))
		throw new Error(`There is no edition in ${folder}. Build one with "npm run build".`);
	await serve(serveEdition(folder, await readMoved(contentFolder())));
}

async function showDraft(slug: string): Promise<void> {
	const { folder, name } = await buildDraft(await findArticle(slug), sayWaiting);
	await serve(serveDraft(folder, name), {
		what: { name: 'The draft', path: `/${name}/` },
		onListening: () => {
			console.log(
				`It lies in ${relative(process.cwd(), folder)}/: whoever you send its address can read it, wherever you serve that folder.`,
			);
			console.log(`Remove it with "npm run preview -- --draft ${slug} --remove".`);
		},
	});
}

async function remove(slug: string | undefined): Promise<void> {
	if (slug === undefined) throw new Error('Say which: npm run preview -- --draft SLUG --remove');
	await removeDraft(slug);
	console.log('It was removed here. Remove it as well wherever you have copied it.');
}

/** Returns the id of the article with a slug, or with an id. @throws Error where there is none, or more than one */
async function findArticle(slug: string): Promise<string> {
	const ids = [...articleFilesIn(await openContentFolder(contentFolder(), commentsFolder())).keys()];
	const [id, ...others] = ids.filter((id) => id === slug || id.endsWith(`/${slug}`));
	if (others.length > 0) throw new Error(`Several articles are called so. Write one: ${[id, ...others].join(', ')}`);
	if (id !== undefined) return id;
	const near = nearest(
		slug,
		ids.map((id) => id.slice(8)),
	);
	throw new Error(`There is no article "${slug}".${near === undefined ? '' : ` Did you mean "${near}"?`}`);
}
