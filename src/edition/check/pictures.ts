import * as paths from '../../domain/paths.ts';
import type { Problem } from '../../domain/problems.ts';
import type { Finished } from './finished.ts';

/** Tells whether Astro has put a file there for a page or a feed that shows it. Type and scripts follow from the program. */
const isPicture = (path: string) => /^_astro\/[^/]+$/.test(path) && !/\.(?:css|js)$/.test(path);

/** Returns the paths of pictures that no page and no feed names. */
export function unusedPictures({ files, pages, data, resolve, targetOf }: Finished): Set<string> {
	const pictures = files.filter(({ path }) => isPicture(path));
	if (pictures.length === 0) return new Set();
	const named = new Set<string | undefined>();
	for (const { path, facts } of pages) for (const link of facts.links) named.add(targetOf(link, path)?.path);
	for (const [path, facts] of data) for (const address of facts.pictures) named.add(resolve(address, path)?.path);
	return new Set(pictures.map(({ path }) => path).filter((path) => !named.has(paths.file(path))));
}

/** Finds pictures that feeds name and that are not there. */
export function* checkFeedPictures({ data, byPath, resolve }: Finished): Generator<Problem> {
	for (const [path, { pictures }] of data)
		for (const address of pictures) {
			const target = resolve(address, path);
			if (target && !byPath.has(target.path))
				yield {
					file: byPath.get(path)?.path ?? path,
					message: `shows ${address}, which is not there. Build again; if it stays so, the feed is at fault`,
				};
		}
}
