import { saveMemory } from './memory.ts';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { AstroIntegration } from 'astro';
import { build } from 'astro';
import { digestOfProgram, newsroomFolders, readClock } from '../environment.ts';
import type { Moment } from '../schemas/moment.ts';
import { assetsOf, carryOver } from './carry.ts';
import { refuseComplaints } from './complaints.ts';
import { takeLock } from './lock.ts';
import { answerRoutes, type Plan } from './plan.ts';
import { type Former, publish, type Published, type PublishOptions } from './publish.ts';
import { markReconstruction } from './reconstruction.ts';
import { indexFor, isRecord, writeSearch } from './search.ts';
import { openFormerIndex } from './search-index.ts';
import { digestOfSources } from './sources.ts';
import { paperSitemap, readSitemapDates } from './sitemap.ts';

/** What is being done before there is an edition to check. */
export type Phase = 'reading' | 'making' | 'finishing' | 'indexing';

interface BuildOptions extends Omit<PublishOptions, 'cacheFile' | 'isCurrent'> {
	/** Is told what is being done. */
	onPhase?: ((phase: Phase) => void) | undefined;
	/** Makes the paper as it was at an earlier moment, and says so in it. */
	at?: Moment | undefined;
}

/**
 * Builds the paper and publishes it at `path`, whole or not at all.
 * @throws ContentError where the content cannot be published as it is, and whatever {@link publish} throws
 */
export async function buildEdition(path: string, { onPhase, at, ...options }: BuildOptions): Promise<Published> {
	const root = process.cwd();
	const cache = join(root, '.cache');
	await mkdir(cache, { recursive: true });
	// Builds into several folders share what Astro and the loaders keep between builds.
	const release = await takeLock(cache, options.onWait);
	let former: Readonly<Record<string, string | undefined>> = {};
	try {
		if (options.isFull) await forget(cache);
		// One clock for everything that the build asks, however long it takes.
		const present = readClock();
		former = { CLOCK: process.env['CLOCK'], PRESENT: process.env['PRESENT'] };
		process.env['PRESENT'] = new Date(present).toISOString();
		process.env['CLOCK'] = new Date(at?.instant ?? present).toISOString();
		const program = await digestOfProgram(root);
		const readSources = () => digestOfSources([...newsroomFolders(), join(root, 'public')]);
		const isCurrent = async (plan: Plan) =>
			plan.program === program &&
			plan.madeFor <= present &&
			present < (plan.holdsUntil ?? Infinity) &&
			plan.sources !== undefined &&
			plan.sources === (await readSources());
		const write = async (outDir: string, known: Former | undefined) => {
			onPhase?.('reading');
			const sources = await readSources();
			const isOfProgram = known?.plan.program === program;
			const dates = isOfProgram ? await readSitemapDates(known) : undefined;
			const index = isOfProgram ? await openFormerIndex(known.folder, known.manifest) : undefined;
			const former = dates && index && known;
			if (!former) saveMemory();
			const { inputs, carried, times, stop } = answerRoutes(former?.plan.inputs ?? {});
			const integrations = [phases(onPhase), ...paperSitemap({ carried, dates: dates ?? new Map() })];
			const indexing = indexFor(outDir);
			let found: string[];
			try {
				await refuseComplaints(() => build({ root, outDir, logLevel: 'warn', integrations }));
				onPhase?.('indexing');
				found = await writeSearch(outDir, indexing, former && index);
			} finally {
				stop();
				await indexing.stop();
			}
			const pages = [...carried].filter((path) => !isRecord(path));
			const files = new Set(former ? [...assetsOf(former.manifest), ...pages, ...found] : []);
			if (former) await carryOver(former.folder, outDir, files, former.spare);
			if (at) {
				await markReconstruction(outDir, at);
				return undefined;
			}
			const making = { program, inputs, sources, madeFor: present, ...times };
			return { making, carried: files };
		};
		// What is kept of the paper's own files must not make way for those of a reconstruction.
		return await publish(path, write, {
			clock: at?.instant ?? present,
			isCurrent,
			...options,
			// A reconstruction is written into: it must share no file with an edition.
			...(at ? { isFull: true } : { cacheFile: join(cache, 'check') }),
		});
	} finally {
		// Whatever this process starts next has a clock of its own.
		for (const [name, value] of Object.entries(former))
			if (value === undefined) Reflect.deleteProperty(process.env, name);
			else process.env[name] = value;
		release();
	}
}

/** Removes what builds keep for the next ones, but for the locks. */
async function forget(cache: string): Promise<void> {
	for (const name of await readdir(cache))
		if (!name.startsWith('lock-')) await rm(join(cache, name), { recursive: true });
}

function phases(onPhase?: (phase: Phase) => void): AstroIntegration {
	return {
		name: 'phases',
		hooks: {
			'astro:build:start': () => onPhase?.('making'),
			'astro:build:generated': () => onPhase?.('finishing'),
		},
	};
}
