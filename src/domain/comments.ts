import type { CommentEntry } from '../schemas/comment.ts';

export interface Comment extends CommentEntry {
	/** The file's name without its ending, unique within the article. */
	id: string;
	/** The article under which it stands. */
	articleId: string;
}

/** Splits the place of a comment, `2025/06/<slug>/<comment>`, into its article's id and its own. */
export function splitCommentPlace(place: string): { articleId: string; id: string } {
	const cut = place.lastIndexOf('/');
	return { articleId: place.slice(0, cut), id: place.slice(cut + 1) };
}

export interface Thread {
	comment: Comment;
	/** Everything that answers the comment or one of its answers, oldest first. */
	replies: Comment[];
}

const byWritten = (a: Comment, b: Comment) => a.writtenAt.instant - b.writtenAt.instant || (a.id < b.id ? -1 : 1);

/** Tells whether readers may see the comment at `now` (milliseconds since 1970). */
export function isApproved(comment: { approvedAt: { instant: number } }, now: number): boolean {
	return comment.approvedAt.instant <= now;
}

/**
 * Sorts the comments of one article into threads two deep, oldest first: an answer to an answer stands beside it. An
 * answer whose comment is not among them begins a thread of its own. Answers must not run in a circle.
 */
export function toThreads(comments: readonly Comment[]): Thread[] {
	const byId = new Map(comments.map((comment) => [comment.id, comment]));
	const rootOf = (comment: Comment): Comment => {
		const parent = comment.replyTo === undefined ? undefined : byId.get(comment.replyTo);
		return parent ? rootOf(parent) : comment;
	};
	const threads = new Map<Comment, Thread>();
	for (const comment of [...comments].sort(byWritten)) {
		const root = rootOf(comment);
		const thread = threads.get(root) ?? { comment: root, replies: [] };
		if (comment !== root) thread.replies.push(comment);
		threads.set(root, thread);
	}
	return [...threads.values()].sort((a, b) => byWritten(a.comment, b.comment));
}

/** Returns the paragraphs of a comment's plain text; lines within them are kept. */
export function toParagraphs(text: string): string[] {
	return text.split(/\n\s*\n/).filter((paragraph) => paragraph.trim() !== '');
}
