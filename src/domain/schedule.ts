import { splitCommentPlace } from './comments.ts';
import type { Entries } from './newsroom.ts';

/** What readers see of a change that the clock alone brings. */
export type ChangeKind = 'publication' | 'update' | 'correction' | 'comment' | 'lead' | 'pin';

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
 * readers get or lose by the publication of an article is part of that.
 */
export function changesAfter({ articles, comments, front }: Entries, now: number): ScheduledChange[] {
	const changes: ScheduledChange[] = [];
	const publishedAt = new Map<string, number>();
	for (const { id, file, data } of articles) {
		if (data.draft) continue;
		const published = data.publishedAt.instant;
		publishedAt.set(id, published);
		const add = (what: ChangeKind, at: number) => void (at > published && changes.push({ at, file, what }));
		changes.push({ at: published, file, what: 'publication' });
		if (data.updatedAt) add('update', data.updatedAt.instant);
		for (const { at } of data.corrections) add('correction', at.instant);
	}
	/** Adds a change of what is bound to an article, where readers have that article before. */
	const addTo = (article: string, change: ScheduledChange) => {
		const published = publishedAt.get(article);
		if (published !== undefined && change.at > published) changes.push(change);
	};
	for (const { id, file, data } of comments)
		addTo(splitCommentPlace(id).articleId, { at: data.approvedAt.instant, file, what: 'comment' });
	for (const { file, data } of front) {
		if (data.lead?.until) addTo(data.lead.article, { at: data.lead.until.instant, file, what: 'lead' });
		for (const { article, until } of data.pins) addTo(article, { at: until.instant, file, what: 'pin' });
	}
	return changes.filter(({ at }) => at > now).sort(byTime);
}

function byTime(a: ScheduledChange, b: ScheduledChange): number {
	return a.at - b.at || compare(a.file, b.file) || compare(a.what, b.what);
}

function compare(a: string, b: string): number {
	return a < b ? -1 : Number(a > b);
}
