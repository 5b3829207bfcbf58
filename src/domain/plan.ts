/** A page or feed that a route would make. */
interface PlannedFile {
	/** Relative to the edition. */
	file: string;
	/** Digest of everything that it follows from beside the program. */
	inputs: string;
}

/** The name of the diagnostics channel on which routes ask a build which of their files have changed. */
export const planChannel = 'meridian:plan';

/** What a route asks there; whoever answers puts into `unchanged` the files that need not be made. */
export interface Question {
	files: readonly PlannedFile[];
	unchanged: Set<string>;
}
