import type { TestProject } from 'vitest/node';
import { mustBuild, openWorkshop } from '../support/build.ts';
import { launchBrowser } from '../support/browser.ts';
import { serve } from '../support/serve.ts';

declare module 'vitest' {
	export interface ProvidedContext {
		/** Origin of the paper's own edition. */
		origin: string;
	}
}

/** Builds and serves the paper once for all browser tests. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
	// A browser is looked for here, once, because that may mean installing one.
	await (await launchBrowser()).close();
	const workshop = await openWorkshop('content');
	await mustBuild(workshop);
	const server = await serve(workshop.folder);
	project.provide('origin', server.origin);
	return async () => {
		await server.stop();
		await workshop.remove();
	};
}
