import { escapeXml } from '../markdown/xml.ts';
import { site } from '../site.ts';
import { words } from '../words/words.ts';
import { explainCorrection, type Mending } from './corrections.ts';
import { formatMoment } from './dates.ts';
import { type FeedItem, toItem, toTagUri } from './feed-items.ts';
import type { FeedList } from './feeds.ts';
import * as paths from './paths.ts';
import { isRetraction, type Retraction } from './retractions.ts';

/** The feed of everything that was corrected or retracted. */
export const correctionsFeed: FeedList = {
	title: words.feedTitle(words.corrections, site.title),
	description: words.correctionsDescription(site.title),
	path: paths.corrections(),
};

/** Returns the notice of a retracted article: for feed readers, the item that they have, with another text. */
export function toNoticeItem(retraction: Retraction): FeedItem {
	const { id, publishedAt, retractedAt, reason } = retraction;
	const times = words.publishedAndRetracted(formatMoment(publishedAt), formatMoment(retractedAt));
	return toItem({
		id: toTagUri(retraction),
		path: paths.article(id),
		title: words.retracted,
		summary: reason,
		html: toParagraphs(`${times}\n\n${reason}`),
		publishedAt,
		changedAt: retractedAt,
	});
}

/** Returns a correction, or that an article was retracted, as the feed of corrections carries it. */
export function toMendingItem({ at, place, correction, key }: Mending): FeedItem {
	const summary = isRetraction(place) ? place.reason : correction ? explainCorrection(correction) : '';
	return toItem({
		id: `${toTagUri(place)}/${key}`,
		path: paths.article(place.id) + (correction ? '#corrections' : ''),
		title: isRetraction(place) ? words.retracted : words.correctionOf(place.title),
		summary,
		html: toParagraphs(summary),
		publishedAt: at,
		changedAt: at,
		creator: site.title,
	});
}

function toParagraphs(text: string): string {
	return text
		.split(/\n\s*\n/)
		.map((paragraph) => `<p>${escapeXml(paragraph)}</p>`)
		.join('');
}
