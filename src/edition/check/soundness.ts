import * as paths from '../../domain/paths.ts';
import { policyOf } from '../../domain/policy.ts';
import type { Problem } from '../../domain/problems.ts';
import type { PageFacts } from './facts.ts';
import type { Finished } from './finished.ts';

/** Finds what is wrong within single files. */
export function* checkSoundness({ pages, data, byPath }: Finished): Generator<Problem> {
	for (const { file, path, facts } of pages) {
		for (const message of faultsOfPage(facts, path === paths.search())) yield { file, message };
		if (facts.policy !== policyOf(path, facts.styleHashes))
			yield { file, message: 'has not the content security policy that fits it. Let the build write it' };
	}
	for (const [path, { fault }] of data)
		if (fault !== undefined)
			yield { file: byPath.get(path)?.path ?? path, message: `${fault}. Correct what writes it` };
}

/**
 * Returns what is wrong within a page, as sentences without their stop.
 * @param isSearch true for the only page that may run a script
 */
export function faultsOfPage(facts: PageFacts<unknown>, isSearch: boolean): string[] {
	const faults = facts.repeatedIds.map((id) => `has the id "${id}" more than once. Give each its own`);
	for (const what of new Set(facts.forbidden)) faults.push(`has ${what}, which no page may have. Remove it`);
	const most = isSearch ? 1 : 0;
	if (facts.modules > most) {
		const count = facts.modules === 1 ? 'a script' : `${facts.modules} scripts`;
		faults.push(`has ${count}, and may have ${most === 1 ? 'one' : 'none'}. Remove what is too much`);
	}
	if (facts.fault !== undefined) faults.push(`${facts.fault}. Correct what writes it`);
	return faults;
}
