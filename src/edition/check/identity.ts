import * as paths from '../../domain/paths.ts';
import type { Problem } from '../../domain/problems.ts';
import { site } from '../../site.ts';
import type { Finished } from './finished.ts';

/** Finds pages that do not call themselves by their address, or by that of the page to which they lead. */
export function* checkCanonicals({ pages, resolve }: Finished): Generator<Problem> {
	for (const { file, path, facts } of pages) {
		if (file === '404.html') continue;
		const wanted = facts.refresh === undefined ? path : resolve(facts.refresh, path)?.path;
		const [canonical, ...more] = facts.canonicals;
		const isRight =
			canonical?.startsWith(`${site.origin}/`) && more.length === 0 && resolve(canonical, path)?.path === wanted;
		if (wanted === undefined || isRight) continue;
		const given = facts.canonicals.join(', ') || 'none';
		yield {
			file,
			message: `has as its canonical address ${given}, where ${paths.toAbsolute(wanted)} is right. Correct it`,
		};
	}
}

/** Finds articles that readers cannot tell apart in lists. */
export function* checkHeadlines({ articles }: Finished): Generator<Problem> {
	const owners = new Map<string, string>();
	for (const { file, facts } of articles) {
		const owner = owners.get(facts.headline);
		if (owner !== undefined)
			yield { file, message: `has the headline of ${owner}, "${facts.headline}". Change one of them` };
		owners.set(facts.headline, file);
	}
}
