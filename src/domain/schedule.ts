import { compareTexts } from './articles.ts';
import { splitCommentPlace } from './comments.ts';
import { newsFor } from './news-sitemap.ts';
import type { Entries } from './newsroom.ts';
import { noticeChangesAt } from './security-notice.ts';

/** What readers see of a change that the clock alone brings. */
export type ChangeKind = 'publication' | 'retraction' | 'update' | 'correction' | 'comment' | 'lead' | 'pin';

/** A change of the published paper that only waits for its time. */
export interface ScheduledChange {
	/** Milliseconds since 1970: the paper of this moment has the change. */
	at: number;
	/** The file in which its time stands, relative to the project. */
	file: string;
	what: ChangeKind;
}

/**
 * Returns every change that editors have set for a time after `now` (milliseconds since 1970), the first first. What
 * readers get or lose by the publication or the retraction of an article is part of that.
 */
export function changesAfter({ articles, comments, front }: Entries, now: number): ScheduledChange[] {
	const changes: ScheduledChange[] = [];
	/** When readers have an article, from a moment and until another. */
	const spans = new Map<string, readonly [number, number]>();
	const add = (article: string, file: string, what: ChangeKind, at: number) => {
		const [from, until] = spans.get(article) ?? [Infinity, Infinity];
		if (at > from && at < until) changes.push({ at, file, what });
	};
	for (const { id, file, data } of articles) {
		if (data.draft) continue;
		const { publishedAt, retracted, updatedAt, corrections } = data;
		spans.set(id, [publishedAt.instant, retracted?.at.instant ?? Infinity]);
		changes.push({ at: publishedAt.instant, file, what: 'publication' });
		const end = retracted?.at.instant ?? 0;
		if (end > publishedAt.instant) changes.push({ at: end, file, what: 'retraction' });
		if (updatedAt) add(id, file, 'update', updatedAt.instant);
		for (const { at } of corrections) add(id, file, 'correction', at.instant);
	}
	for (const { id, file, data } of comments)
		add(splitCommentPlace(id).articleId, file, 'comment', data.approvedAt.instant);
	for (const { file, data } of front) {
		if (data.lead?.until) add(data.lead.article, file, 'lead', data.lead.until.instant);
		for (const { article, until } of data.pins) add(article, file, 'pin', until.instant);
	}
	return changes.filter(({ at }) => at > now).sort(byTime);
}

/**
 * Returns the moment from which the paper is another than at `now` though nobody changes its content, both in
 * milliseconds since 1970. At that moment an article may only cease to be news, or the notice on security have another date.
 */
export function holdsUntil(entries: Entries, now: number): number {
	const [next] = changesAfter(entries, now);
	const ends = entries.articles.map(({ data }) => data.publishedAt.instant + newsFor).filter((end) => end > now);
	return [...ends, noticeChangesAt(now)].reduce((first, end) => Math.min(first, end), next?.at ?? Infinity);
}

function byTime(a: ScheduledChange, b: ScheduledChange): number {
	return a.at - b.at || compareTexts(a.file, b.file) || compareTexts(a.what, b.what);
}
