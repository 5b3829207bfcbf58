import { planChannel, type Question } from '../environment.ts';
import { digestOf } from './digest.ts';

interface Page {
	params: Readonly<Record<string, string | undefined>>;
	/** Everything that the page follows from beside the program and its address. */
	props: object;
}

let toMake = 0;

/** Returns how many pages are to be made, of those of which was asked. */
export function countToMake(): number {
	return toMake;
}

/**
 * Returns those pages of a route that must be made: all but those that the build takes over from the former edition,
 * since nothing from which they follow has changed.
 * @param routePattern as Astro gives it to `getStaticPaths`: `/tags/[tag]`
 * @throws TypeError where a page is given something that is no plain data
 */
export function onlyChanged<T extends Page>({ routePattern }: { routePattern: string }, pages: readonly T[]): T[] {
	if (!planChannel.hasSubscribers) return [...pages];
	const planned = pages.map((page) => ({
		page,
		file: fileOf(routePattern, page.params),
		inputs: digestOf(page.props),
	}));
	const question: Question = { files: planned, unchanged: new Set() };
	planChannel.publish(question);
	const changed = planned.filter(({ file }) => !question.unchanged.has(file)).map(({ page }) => page);
	toMake += changed.length;
	return changed;
}

/** Returns the file in which Astro writes a page of a route, relative to the edition. */
function fileOf(routePattern: string, params: Page['params']): string {
	const path = routePattern.slice(1).replace(/\[(?:\.\.\.)?([^\]]+)\]/g, (_, name: string) => params[name] ?? '');
	return /\.[a-z]+$/.test(path) ? path : `${path}/index.html`;
}
