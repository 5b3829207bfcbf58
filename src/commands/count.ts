import { count } from '../domain/count.ts';
import type { Counts } from '../edition/check/manifest.ts';

/** Returns what an edition holds. */
export function countAll({ articles, pages, feeds }: Counts): string {
	return `${count(articles, 'article')}, ${count(pages, 'page')} and ${count(feeds, 'feed')}`;
}
