import type { Problem } from '../../domain/problems.ts';
import type { Finished } from './finished.ts';

/** Finds pages that call themselves by one address. */
export function* checkCanonicals({ pages }: Finished): Generator<Problem> {
	const owners = new Map<string, string>();
	for (const { file, facts } of pages) {
		if (facts.refresh !== undefined) continue;
		for (const canonical of facts.canonicals) {
			const owner = owners.get(canonical);
			if (owner !== undefined)
				yield { file, message: `has the canonical address ${canonical}, as ${owner} has. Give each its own` };
			owners.set(canonical, file);
		}
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
