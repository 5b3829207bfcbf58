import { escapeXml } from '../markdown/xml.ts';
import { site } from '../site.ts';
import { words } from '../words/words.ts';
import { markWordsOf } from '../words/writing.ts';
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
		html: toParagraphs(escapeXml(`${times}\n\n${reason}`)),
		publishedAt,
		changedAt: retractedAt,
	});
}

/** Returns a correction, or that an article was retracted, as the feed of corrections carries it. */
export function toMendingItem({ at, place, correction, key }: Mending): FeedItem {
	const explain = (mark: (text: string) => string) => {
		if (isRetraction(place)) return mark(place.reason);
		return correction ? explainCorrection(correction, mark) : '';
	};
	const lang = isRetraction(place) ? site.language : place.lang;
	const mark = (text: string) =>
		toParts(escapeXml(text))
			.map((part) => markWordsOf(lang, part))
			.join('\n\n');
	return toItem({
		id: `${toTagUri(place)}/${key}`,
		path: paths.article(place.id) + (correction ? '#corrections' : ''),
		title: isRetraction(place) ? words.retracted : words.correctionOf(place.title),
		summary: explain((text) => text),
		html: toParagraphs(explain(mark)),
		publishedAt: at,
		changedAt: at,
		creator: site.title,
	});
}

const toParts = (text: string) => text.split(/\n\s*\n/);

function toParagraphs(html: string): string {
	return toParts(html)
		.map((paragraph) => `<p>${paragraph}</p>`)
		.join('');
}
