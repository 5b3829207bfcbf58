import { readdir, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { seeded } from '../bench/corpus.ts';
import { mustBuild, openWorkshop, type Workshop } from '../support/build.ts';
import {
	type Change,
	type ChangingNewsroom,
	changesOfSequence,
	contentOf,
	environmentOf,
	makeChangingNewsroom,
} from '../support/changes.ts';
import { writeFilesTo } from '../support/content.ts';
import { differences, sharedFiles } from '../support/edition.ts';

/** Puts a newsroom's changes into a workshop. */
type Write = (newsroom: ChangingNewsroom) => Promise<void>;

/** Returns what writes the files that have changed since it was asked before, and removes those that have gone. */
async function makeWrite({ folder }: Workshop): Promise<Write> {
	let former: Readonly<Record<string, string | Uint8Array>> = {};
	const texts = { site: join(folder, 'src/site.ts'), footer: join(folder, 'src/components/SiteFooter.astro') };
	const [site, footer] = await Promise.all([readFile(texts.site, 'utf8'), readFile(texts.footer, 'utf8')]);
	return async (newsroom) => {
		const files = await contentOf(newsroom);
		const isNew = ([path, content]: [string, string | Uint8Array]) =>
			!Buffer.from(content).equals(Buffer.from(former[path] ?? '\0'));
		await writeFilesTo(join(folder, 'content'), Object.fromEntries(Object.entries(files).filter(isNew)));
		for (const path of Object.keys(former)) if (!(path in files)) await rm(join(folder, 'content', path));
		former = files;
		await writeFile(texts.site, site.replace("title: 'Meridian'", `title: '${newsroom.siteTitle}'`));
		await writeFile(texts.footer, footer.replace('{site.title}.', `${newsroom.remark}{site.title}.`));
	};
}

/** Builds from nothing: only type and drawings, which follow from their input alone, may be there. */
async function buildFromNothing(workshop: Workshop, newsroom: ChangingNewsroom): Promise<void> {
	const kept = new Set(['fonts', 'pictures']);
	const cache = join(workshop.folder, '.cache');
	for (const name of await readdir(cache).catch(() => []))
		if (!kept.has(name)) await rm(join(cache, name), { recursive: true });
	for (const name of ['.astro', 'dist', '.dist-editions'])
		await rm(join(workshop.folder, name), { recursive: true, force: true });
	const { status, output } = await workshop.run('build', ['--full'], environmentOf(newsroom));
	if (status !== 0) throw new Error(output);
}

const given = process.env['SEED'];
const seeds =
	given === undefined
		? Array.from({ length: Number(process.env['SEQUENCES'] ?? 6) }, (_, i) => i + 1)
		: [Number(given)];

/**
 * Returns the changes of a sequence, build by build: every third sequence builds after each; the others after a few, but
 * after those of the program, which would hide what else has changed.
 */
function stepsOf(seed: number): Change[][] {
	const changes = changesOfSequence(seed);
	if (seed % 3 === 1) return changes.map((change) => [change]);
	const i = changes.findIndex(({ isOfProgram }) => isOfProgram);
	return [changes.slice(0, i), changes.slice(i, i + 1), changes.slice(i + 1)];
}

describe('builds that make only what has changed', () => {
	test.for(seeds)('give what builds from nothing give, SEED=%i', { timeout: 3_600_000 }, async (seed) => {
		const random = seeded(seed);
		const newsroom = makeChangingNewsroom(random);
		const [ours, fresh] = await Promise.all([openWorkshop(), openWorkshop()]);
		onTestFinished(() => Promise.all([ours.remove(), fresh.remove()]).then(() => undefined));
		const writes = await Promise.all([ours, fresh].map(makeWrite));
		const write: Write = async (state) => void (await Promise.all(writes.map((one) => one(state))));
		await write(newsroom);
		await mustBuild(ours, environmentOf(newsroom));
		const done: string[] = [];
		for (const changes of stepsOf(seed)) {
			for (const change of changes) change.make(newsroom, random);
			done.push(changes.map(({ name }) => name).join(' and '));
			await write(newsroom);
			const former = await realpath(ours.dist);
			await Promise.all([mustBuild(ours, environmentOf(newsroom)), buildFromNothing(fresh, newsroom)]);
			const edition = await realpath(ours.dist);
			expect(await differences(edition, await realpath(fresh.dist)), done.join(', ')).toEqual([]);
			if (edition === former) continue;
			const shared = await sharedFiles(edition, former);
			if (changes.some(({ isOfProgram }) => isOfProgram)) expect(shared, done.join(', ')).toEqual([]);
			else expect(shared.length, done.join(', ')).toBeGreaterThan(0);
		}
	});
});
