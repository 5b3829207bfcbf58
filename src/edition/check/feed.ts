import { feedSize, tagFeedSize } from '../../domain/feeds.ts';
import * as paths from '../../domain/paths.ts';
import type { Problem } from '../../domain/problems.ts';
import { type Finished, isFollowed } from './finished.ts';

/** Finds articles that those who subscribe to the paper cannot get: the feed and its archives (RFC 5005) hold every one. */
export function* checkFeed(finished: Finished): Generator<Problem> {
	const { articles, byPath, resolve } = finished;
	const feed = paths.feed();
	const file = paths.withoutBase(feed).slice(1);
	if (!byPath.has(feed)) {
		yield { file, message: 'is missing. Let the build make it' };
		return;
	}
	const { links, lost } = follow(finished, feed);
	if (lost !== undefined)
		yield { file, message: `leads to ${lost}, which is no document of it. Let the build make it` };
	const held = new Set<string>();
	for (const link of links) {
		const target = resolve(link, feed)?.path ?? link;
		if (!byPath.has(target)) yield { file, message: `names ${link}, which is not there. Take it out of the feed` };
		held.add(target);
	}
	for (const article of articles)
		if (!held.has(article.path))
			yield {
				file: article.file,
				message: 'is not in the feed of the paper. Build again; if it stays so, the feed is at fault',
			};
}

/** Follows a feed to its archives. */
function follow({ data, resolve }: Finished, feed: string): { links: string[]; lost?: string } {
	const links: string[] = [];
	const seen = new Set<string>();
	for (let at: string | undefined = feed; at !== undefined && !seen.has(at);) {
		const facts = data.get(at);
		if (facts?.root !== 'rss') return { links, lost: at };
		seen.add(at);
		links.push(...facts.links);
		at = facts.previous === undefined ? undefined : (resolve(facts.previous, at)?.path ?? facts.previous);
	}
	return { links };
}

/** Finds articles that those who subscribe to a section, an author or a tag cannot get: the feed holds the newest of the list. */
export function* checkListFeeds(finished: Finished): Generator<Problem> {
	const { pages, data, articlesIn, resolve } = finished;
	for (const { path } of pages) {
		const feed = paths.feed(path);
		const facts = data.get(feed);
		if (!facts || !isFollowed(path, finished)) continue;
		const held = new Set(facts.links.map((link) => resolve(link, feed)?.path));
		const listed = articlesIn(path);
		const isFull = held.size >= (path.startsWith(paths.tags()) ? tagFeedSize : feedSize);
		// Notices of retracted articles have places in the feed, and none in the list.
		const newest = isFull ? listed.slice(0, listed.filter((link) => held.has(link)).length) : listed;
		for (const link of newest)
			if (!held.has(link))
				yield {
					file: paths.withoutBase(feed).slice(1),
					message: `does not hold ${link}. Build again; if it stays so, the feed is at fault`,
				};
	}
}
