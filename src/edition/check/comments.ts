import { feedSize } from '../../domain/feeds.ts';
import * as paths from '../../domain/paths.ts';
import type { Problem } from '../../domain/problems.ts';
import type { CheckedPage, Finished } from './finished.ts';

/** Finds comments that readers, or those who subscribe to them, cannot get, and files where the comment service answers. */
export function* checkComments(finished: Finished): Generator<Problem> {
	for (const [path, { path: file }] of finished.byPath)
		if (paths.isOfService(path)) yield { file, message: 'stands where the comment service answers. Remove it' };
	const byPath = new Map(finished.pages.map((page) => [page.path, page]));
	for (const page of finished.pages) {
		if (!paths.isCommentsPage(page.path) || page.facts.refresh !== undefined) continue;
		const article = byPath.get(page.path.replace(/comments\/$/, ''));
		if (!article) yield { file: page.file, message: 'has comments on no article. Remove it' };
		// What is left of a retracted article has its own rule.
		if (article?.facts.publishedAt === undefined) continue;
		yield* checkWay(article, page, finished);
		yield* checkFeed(page, finished);
	}
}

/** What its page does not show, the article leads to. */
function* checkWay(article: CheckedPage, page: CheckedPage, { texts, linksOf }: Finished): Generator<Problem> {
	const [shown, all] = [commentsOn(article, texts).size, commentsOn(page, texts).size];
	if (shown < all && !linksOf(article.path).has(page.path))
		yield {
			file: article.file,
			message: `shows ${shown} of ${all} comments and does not lead to ${page.path}. Build again; if it stays so, the page is at fault`,
		};
}

/** The feed holds those comments of the page that were approved last. */
function* checkFeed(page: CheckedPage, { data, resolve, texts }: Finished): Generator<Problem> {
	const feed = paths.feed(page.path);
	const file = paths.withoutBase(feed).slice(1);
	const ids = commentsOn(page, texts);
	const links = data.get(feed)?.links;
	if (!links) {
		yield { file, message: 'is missing. Let the build make it' };
		return;
	}
	for (const link of links) {
		const target = resolve(link, feed);
		if (target?.path !== page.path || !ids.has(target.fragment))
			yield { file, message: `names ${link}, which is no comment of ${page.path}. Take it out of the feed` };
	}
	const most = Math.min(ids.size, feedSize);
	if (links.length < most)
		yield {
			file,
			message: `holds ${links.length} comments of ${ids.size}. Build again; if it stays so, the feed is at fault`,
		};
}

function commentsOn({ facts }: CheckedPage, texts: Finished['texts']): Set<string> {
	const prefix = paths.toCommentAnchor('');
	return new Set(facts.ids.map((id) => texts[id] ?? '').filter((id) => id.startsWith(prefix)));
}
