import { distance } from 'fastest-levenshtein';

/**
 * Returns the candidate that `word` was most likely meant to be, letter case aside; nothing where none is near: more
 * than two letters, or more than about a third of the word, would have to change.
 */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
	const wanted = word.toLowerCase();
	let best: string | undefined;
	let bestDistance = Math.min(2, Math.ceil(wanted.length / 3)) + 1;
	for (const candidate of candidates) {
		const d = distance(wanted, candidate.toLowerCase());
		if (d < bestDistance) {
			best = candidate;
			bestDistance = d;
		}
	}
	return best;
}

/** Returns the advice to write what was most likely meant; `otherwise` where no candidate is near. */
export function adviceFor(word: string, candidates: Iterable<string>, otherwise: string): string {
	const near = nearest(word, candidates);
	return near === undefined ? otherwise : `Did you mean "${near}"?`;
}
