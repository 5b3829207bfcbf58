import type { Problem } from '../../domain/problems.ts';
import type { Finished } from './finished.ts';

/** What file systems and hosts of static files take in any case, in bytes. */
const longestPath = 200;

/** Finds names that not every disk or host can hold. */
export function* checkNames({ files }: Finished): Generator<Problem> {
	const folded = new Map<string, string>();
	for (const { path } of files) {
		const size = Buffer.byteLength(path);
		if (size > longestPath)
			yield { file: path, message: `has a path of ${size} bytes; ${longestPath} are the most. Shorten its name` };
		const key = path.normalize('NFC').toLowerCase();
		const other = folded.get(key);
		if (other !== undefined)
			yield {
				file: path,
				message: `differs from ${other} in letter case only, and some disks hold one of them. Rename one`,
			};
		folded.set(key, path);
	}
}
