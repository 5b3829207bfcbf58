import * as paths from '../../domain/paths.ts';
import type { Problem } from '../../domain/problems.ts';
import { toMoment } from '../../schemas/moment.ts';
import { site } from '../../site.ts';
import type { CheckedPage, Finished } from './finished.ts';

/**
 * Finds articles that those who subscribe to the paper cannot get. Where the feed leads to archives (RFC 5005), it and
 * they hold every article; else it holds the newest.
 */
export function* checkFeed(finished: Finished): Generator<Problem> {
	const { articles, byPath, resolve } = finished;
	const feed = paths.feed();
	const file = paths.withoutBase(feed).slice(1);
	if (!byPath.has(feed)) {
		yield { file, message: 'is missing. Let the build make it' };
		return;
	}
	const { links, documents, lost } = follow(finished, feed);
	if (lost !== undefined)
		yield { file, message: `leads to ${lost}, which is no document of it. Let the build make it` };
	const held = new Set<string>();
	for (const link of links) {
		const target = resolve(link, feed)?.path ?? link;
		if (!byPath.has(target)) yield { file, message: `names ${link}, which is not there. Take it out of the feed` };
		held.add(target);
	}
	const oldest = Math.min(...articles.filter(({ path }) => held.has(path)).map(instantOf));
	for (const article of articles)
		if (!held.has(article.path) && (documents > 1 || links.length === 0 || instantOf(article) > oldest))
			yield {
				file: article.file,
				message: 'is not in the feed of the paper. Build again; if it stays so, the feed is at fault',
			};
}

/** Follows a feed to its archives. */
function follow({ data, resolve }: Finished, feed: string): { links: string[]; documents: number; lost?: string } {
	const links: string[] = [];
	const seen = new Set<string>();
	for (let at: string | undefined = feed; at !== undefined && !seen.has(at);) {
		const facts = data.get(at);
		if (facts?.root !== 'rss') return { links, documents: seen.size, lost: at };
		seen.add(at);
		links.push(...facts.links);
		at = facts.previous === undefined ? undefined : (resolve(facts.previous, at)?.path ?? facts.previous);
	}
	return { links, documents: seen.size };
}

/** Returns when an article was published, in milliseconds since 1970. */
function instantOf({ facts }: CheckedPage): number {
	return toMoment(facts.publishedAt ?? '', site.timeZone)?.instant ?? 0;
}
