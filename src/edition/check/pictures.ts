import * as paths from '../../domain/paths.ts';
import type { Problem } from '../../domain/problems.ts';
import type { Finished } from './finished.ts';

const isPicture = (path: string) => /^_astro\/[^/]+\.(?:avif|gif|jpe?g|png|svg|webp)$/.test(path);

/** Returns the paths of pictures that no page and no feed names. */
export function unusedPictures({ files, pages, data, resolve, targetOf }: Finished): string[] {
	const pictures = files.filter(({ path }) => isPicture(path));
	if (pictures.length === 0) return [];
	const named = new Set<string | undefined>();
	for (const { path, facts } of pages) for (const link of facts.links) named.add(targetOf(link, path)?.path);
	for (const [path, facts] of data) for (const address of facts.pictures) named.add(resolve(address, path)?.path);
	return pictures.map(({ path }) => path).filter((path) => !named.has(paths.file(path)));
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
