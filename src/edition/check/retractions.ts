import * as paths from '../../domain/paths.ts';
import type { Problem } from '../../domain/problems.ts';
import type { Finished } from './finished.ts';

/** Finds what is left of articles that were retracted: nothing but the notice may be. */
export function* checkRetractions({ retracted, files, data, resolve }: Finished): Generator<Problem> {
	const folders = new Set(retracted.map(({ file }) => file.replace(/index\.html$/, '')));
	for (const { path: file } of files) {
		const [folder = ''] = /^\d{4}\/\d{2}\/[^/]+\//.exec(file) ?? [];
		if (folders.has(folder) && file !== `${folder}index.html`)
			yield { file, message: 'belongs to an article that was retracted. Remove it' };
	}
	const map = paths.newsSitemap();
	const news = new Set(data.get(map)?.links.map((link) => resolve(link, map)?.path));
	for (const { file, path, facts } of retracted) {
		if (facts.isIndexed)
			yield {
				file,
				message:
					'does not say when it was published, as articles do, and not that search engines must pass it over, as notices do. Let it say one of them',
			};
		if (news.has(path)) yield { file, message: 'was retracted, but is in the sitemap of news. Take it out' };
	}
}

/** Returns the addresses, relative to the edition, at which the notice of a retracted article stands or to it is led. */
export function retractedAddressesOf({ retracted, pages, resolve }: Finished): string[] {
	const notices = new Set(retracted.map(({ path }) => path));
	return pages
		.filter(({ path, facts: { refresh } }) =>
			notices.has(refresh === undefined ? path : (resolve(refresh, path)?.path ?? '')),
		)
		.map(({ file }) => file.replace(/index\.html$/, ''));
}
