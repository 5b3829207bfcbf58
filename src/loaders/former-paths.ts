import { basename } from 'node:path';
import { reservedSlugs } from '../domain/paths.ts';
import type { Problem } from '../domain/problems.ts';
import type { ArticleEntry } from './articles.ts';

/**
 * Finds former paths that cannot lead to their article, because something else lives there or lays claim to them.
 * @param files every article's file by its id, also of drafts and of those with faults
 */
export function checkFormerPaths(
	articles: readonly ArticleEntry[],
	files: ReadonlyMap<string, string>,
	problems: Problem[],
): void {
	const owners = new Map<string, string>();
	for (const { id, file, data } of articles)
		for (const path of data.formerPaths) {
			const fault = faultOf(path, id, file, files.get(path), owners.get(path));
			if (fault !== undefined) problems.push({ file, field: 'formerPaths', message: `"${path}" ${fault}` });
			owners.set(path, file);
		}
}

/** @param living the file of the article that stands at the path @param owner the file that has named the path before */
function faultOf(path: string, id: string, file: string, living?: string, owner?: string): string | undefined {
	if (path === id) return 'is where the article stands now. Remove it';
	if (living !== undefined) return `is where ${living} stands. Remove it, or rename that file`;
	if (owner === file) return 'is given twice. Keep one of them';
	if (owner !== undefined) return `is a former path of ${owner} too. Keep it in one of the two`;
	if (reservedSlugs.has(basename(path))) return 'is an address that the paper needs itself. Remove it';
	return undefined;
}
