import type { CommentEntry } from '../schemas/comment.ts';
import { site } from '../site.ts';
import { words } from '../words/words.ts';

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
 * Sorts the comments of one article into threads two deep: an answer to an answer stands beside it. The thread that began
 * last comes first, as in all lists of the paper; within it answers follow what they answer. An answer whose comment is
 * not among them begins a thread of its own. Answers must not run in a circle.
 */
export function toThreads(comments: readonly Comment[]): Thread[] {
	const findRoot = rootFinder(comments);
	const threads = new Map<Comment, Thread>();
	for (const comment of [...comments].sort(byWritten)) {
		const root = findRoot(comment);
		const thread = threads.getOrInsertComputed(root, () => ({ comment: root, replies: [] }));
		if (comment !== root) thread.replies.push(comment);
	}
	return [...threads.values()].sort((a, b) => byWritten(b.comment, a.comment));
}

/** Returns what finds the comment with which a thread begins, and goes no way twice however long it is. */
function rootFinder(comments: readonly Comment[]): (comment: Comment) => Comment {
	const byId = new Map(comments.map((comment) => [comment.id, comment]));
	const above = new Map(comments.map((comment) => [comment, byId.get(comment.replyTo ?? '')]));
	return (comment) => {
		const way: Comment[] = [];
		let root = comment;
		for (let next = above.get(root); next; next = above.get(root)) {
			way.push(root);
			root = next;
		}
		for (const step of way) above.set(step, root);
		return root;
	};
}

/** Returns all comments of threads, in the order in which a page shows them. */
export function commentsIn(threads: readonly Thread[]): Comment[] {
	return threads.flatMap(({ comment, replies }) => [comment, ...replies]);
}

/** Returns how a comment is signed: by its name, and by the newsroom where it is the newsroom's. */
export function signatureOf({ name, isDesk = false }: Pick<Comment, 'name' | 'isDesk'>): string {
	const desk = words.deskOf(site.title);
	return isDesk && name !== desk ? `${name}, ${desk}` : name;
}

/** Returns the paragraphs of a comment's plain text; lines within them are kept. */
export function toParagraphs(text: string): string[] {
	return text.split(/\n\s*\n/).filter((paragraph) => paragraph.trim() !== '');
}

/**
 * What comments take of a page, in bytes gzipped, measured and rounded up: the first of them, each beside its words, and of
 * these each letter, which stands in the page's data once more. Letters from U+2E80 on are those of scripts with thousands.
 */
const weights = { first: 200, comment: 60, letter: 0.6, wideLetter: 3.4 };

/** Returns about how many bytes gzipped a comment takes of a page that has others. */
function weightOf({ name, text }: Comment): number {
	const wide = `${name}${text}`.match(/[\u2E80-\uFFFF]/g)?.length ?? 0;
	const letters = name.length + text.length - wide;
	return weights.comment + weights.letter * letters + weights.wideLetter * wide;
}

/**
 * Returns the newest threads that take no more than `room`. Of the last it may be the beginning alone: where one discussion
 * is long, readers see how it began rather than nothing.
 * @param room bytes gzipped
 */
export function newestThatFit(threads: readonly Thread[], room: number): Thread[] {
	const shown: Thread[] = [];
	let left = room - weights.first;
	const takes = (comment: Comment) => (left -= weightOf(comment)) >= 0;
	for (const { comment, replies } of threads) {
		if (!takes(comment)) break;
		const end = replies.findIndex((reply) => !takes(reply));
		shown.push({ comment, replies: end < 0 ? replies : replies.slice(0, end) });
		if (end >= 0) break;
	}
	return shown;
}
