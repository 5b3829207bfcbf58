import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Problem } from '../../domain/problems.ts';
import { learn } from './cache.ts';
import { checkComments } from './comments.ts';
import { checkCounts } from './counts.ts';
import type { CheckedFile } from './facts.ts';
import { checkFeed, checkListFeeds } from './feed.ts';
import { type Finished, toFinished } from './finished.ts';
import { checkCanonicals, checkHeadlines } from './identity.ts';
import { checkLinks, checkRedirects, redirectsOf } from './links.ts';
import { checkListings } from './listings.ts';
import { changedFiles, type Counts, checkTotals, readManifest } from './manifest.ts';
import { checkNames } from './names.ts';
import { listFiles, manifestName } from './scan.ts';
import { checkFeedPictures, unusedPictures } from './pictures.ts';
import { checkRetractions, retractedAddressesOf } from './retractions.ts';
import { checkSearch } from './search.ts';
import { checkSitemap } from './sitemap.ts';
import { checkSoundness } from './soundness.ts';
import { checkFlights, checkFrames } from './weight.ts';

export interface Checked {
	/** What must not be published: each with its file, relative to the edition. */
	findings: Problem[];
	/** What may be. */
	warnings: Problem[];
	counts: Counts;
	/** Addresses, relative to the edition, of articles that were retracted: `2025/06/story/`. */
	retracted: readonly string[];
	/** Where pages lead on by themselves, by their addresses, both relative to the edition. */
	redirects: Readonly<Record<string, string>>;
	/** All files but `edition.json` and those that are {@link unused}, in the order of their paths. */
	files: readonly Pick<CheckedFile, 'path' | 'hash'>[];
	/** Paths of pictures that nothing in the edition names: they are to be removed. */
	unused: ReadonlySet<string>;
}

type Rule = (finished: Finished) => Iterable<Problem>;

const strict: readonly Rule[] = [
	checkNames,
	checkSoundness,
	checkLinks,
	checkRedirects,
	checkCanonicals,
	checkListings,
	checkCounts,
	checkFeed,
	checkListFeeds,
	checkFeedPictures,
	checkSitemap,
	checkSearch,
	checkRetractions,
	checkComments,
	checkFrames,
];
const mild: readonly Rule[] = [checkHeadlines, checkFlights];

/**
 * Checks a finished edition by its files alone. Where it tells what it holds, its files must be that.
 * @param cacheFile keeps what was learned of the files, for the next time
 */
export async function checkEdition(folder: string, cacheFile?: string): Promise<Checked> {
	const { paths, others } = listFiles(folder);
	const packed = await learn(folder, paths, cacheFile);
	const whole = toFinished(packed);
	const unused = unusedPictures(whole);
	const used = { ...packed, files: packed.files.filter(({ path }) => !unused.has(path)) };
	const finished = unused.size > 0 ? toFinished(used) : whole;
	const files = finished.files.map(({ path, hash }) => ({ path, hash }));
	const content = {
		counts: countsOf(finished),
		retracted: retractedAddressesOf(finished),
		redirects: redirectsOf(finished),
		files,
	};
	const manifest = await readManifest(folder);
	const changed = manifest ? [...changedFiles(manifest, files)] : [];
	const findings = [
		...others.map((file) => ({ file, message: 'is neither a file nor a folder. Put a file in its place' })),
		...(manifest ? checkTotals(manifest, content) : []),
		...(!manifest && existsSync(join(folder, manifestName))
			? [{ file: manifestName, message: 'does not tell what the edition holds. Publish again' }]
			: []),
		...(manifest ? [...unused].map((file) => ({ file, message: 'is a picture that nothing names. Remove it' })) : []),
		...strict.flatMap((rule) => [...rule(finished)]),
	];
	return {
		// What follows from files that are no more what they were is not to be mended where it shows.
		findings: changed.length > 0 ? changed : findings,
		warnings: mild.flatMap((rule) => [...rule(finished)]),
		...content,
		unused,
	};
}

function countsOf({ files, pages, articles, data }: Finished): Counts {
	return {
		articles: articles.length,
		pages: pages.length,
		feeds: [...data.values()].filter(({ root }) => root === 'rss').length,
		bytes: files.reduce((sum, { size }) => sum + size, 0),
	};
}
