import { linkAddresses } from '../markdown/comment.ts';
import { site } from '../site.ts';
import { words } from '../words/words.ts';
import type { Article } from './articles.ts';
import { type Comment, signatureOf, toParagraphs } from './comments.ts';
import { type FeedItem, toItem, toTagUri } from './feed-items.ts';
import { type FeedList, feedSize } from './feeds.ts';
import * as paths from './paths.ts';

/** Returns the feed of the comments on an article. */
export function commentsFeed({ id, title }: Pick<Article, 'id' | 'title'>): FeedList {
	return {
		title: words.feedTitle(words.commentsOn(title), site.title),
		description: words.commentsDescription(title),
		path: paths.comments(id),
	};
}

/**
 * Returns the comments on an article as their feed carries them, those that were approved last, the newest first.
 * @param comments all of the article
 */
export function toCommentItems(article: Pick<Article, 'id' | 'formerPaths'>, comments: readonly Comment[]): FeedItem[] {
	const byId = new Map(comments.map((comment) => [comment.id, comment]));
	const newest = [...comments].sort((a, b) => b.approvedAt.instant - a.approvedAt.instant || (a.id < b.id ? 1 : -1));
	return newest.slice(0, feedSize).map((comment) => toCommentItem(article, comment, byId.get(comment.replyTo ?? '')));
}

function toCommentItem(
	article: Pick<Article, 'id' | 'formerPaths'>,
	{ id, text, isEdited = false, approvedAt, ...author }: Comment,
	answered: Comment | undefined,
): FeedItem {
	const creator = signatureOf(author);
	const paragraphs = toParagraphs(text);
	const html = paragraphs.map((paragraph) => `<p>${linkAddresses(paragraph).replaceAll('\n', '<br>')}</p>`);
	if (isEdited) html.push(`<p>${words.editedByDesk}</p>`);
	return toItem({
		id: `${toTagUri(article)}/comment-${id}`,
		path: paths.comment(article.id, id),
		title: answered ? words.replyBy(creator, signatureOf(answered)) : words.commentBy(creator),
		summary: paragraphs[0] ?? '',
		html: html.join(''),
		publishedAt: approvedAt,
		changedAt: approvedAt,
		creator,
	});
}
