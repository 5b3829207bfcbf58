import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { AstroIntegration } from 'astro';
import { build } from 'astro';
import { readClock } from '../environment.ts';
import { refuseComplaints } from './complaints.ts';
import { takeLock } from './lock.ts';
import { publish, type Published, type PublishOptions } from './publish.ts';
import { writeSearch } from './search.ts';

/** What is being done before there is an edition to check. */
export type Phase = 'reading' | 'making' | 'finishing' | 'indexing';

/**
 * Builds the paper and publishes it at `path`, whole or not at all.
 * @param onPhase is told what is being done
 * @throws ContentError where the content cannot be published as it is, and whatever {@link publish} throws
 */
export async function buildEdition(
	path: string,
	{ onPhase, ...options }: PublishOptions & { onPhase?: (phase: Phase) => void },
): Promise<Published> {
	const root = process.cwd();
	const cache = join(root, '.cache');
	await mkdir(cache, { recursive: true });
	// Builds into several folders share what Astro and the loaders keep between builds.
	const release = await takeLock(cache, options.onWait);
	try {
		// One clock for everything that the build asks, however long it takes.
		process.env['CLOCK'] = new Date(readClock()).toISOString();
		const write = async (outDir: string) => {
			onPhase?.('reading');
			await refuseComplaints(() => build({ root, outDir, logLevel: 'warn', integrations: [phases(onPhase)] }));
			onPhase?.('indexing');
			await writeSearch(outDir);
		};
		return await publish(path, write, { cacheFile: join(cache, 'check.json'), ...options });
	} finally {
		release();
	}
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
