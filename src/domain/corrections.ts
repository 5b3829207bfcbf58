import type { Correction } from '../schemas/article.ts';
import type { Moment } from '../schemas/moment.ts';
import { words } from '../words/words.ts';
import { byNewest } from './articles.ts';
import { monthOf } from './dates.ts';
import { isRetraction, type Place } from './retractions.ts';

/** What the paper's list of corrections names: a correction, or that an article was retracted. */
export interface Mending {
	at: Moment;
	/** The corrected article, or the retraction. */
	place: Place;
	/** Nothing where the article was retracted. */
	correction: Correction | undefined;
	/** Counts those of one moment in one article from 1. */
	number: number;
	/** What tells it for good from all others of its article, whatever is corrected before or after. */
	key: string;
}

/** Returns everything that was corrected or retracted, newest first, and the last of one moment in one article first. */
export function toMendings(places: readonly Place[]): Mending[] {
	return places.flatMap(mendingsOf).sort(byNewestMending);
}

function byNewestMending(a: Mending, b: Mending): number {
	return b.at.instant - a.at.instant || byNewest(a.place, b.place) || b.number - a.number;
}

function mendingsOf(place: Place): Mending[] {
	if (isRetraction(place))
		return [{ at: place.retractedAt, place, correction: undefined, number: 1, key: 'retraction' }];
	const counts = new Map<number, number>();
	return place.corrections.map((correction): Mending => {
		const { at } = correction;
		const number = (counts.get(at.instant) ?? 0) + 1;
		counts.set(at.instant, number);
		// Not with the newsroom's offset, which may change.
		const time = at.hasTime ? new Date(at.instant).toISOString() : at.day;
		return { at, place, correction, number, key: ['correction', time, ...(number > 1 ? [number] : [])].join('/') };
	});
}

/**
 * Returns a correction in words: its text, and what the article said and says.
 * @param mark what becomes of the words of the article and of those who corrected it, among the paper's own
 */
export function explainCorrection({ text, was, is }: Correction, mark = (words: string) => words): string {
	return was === undefined || is === undefined ? mark(text) : `${mark(text)} ${words.saidAndSays(was, is, mark)}`;
}

/** Groups what was corrected or retracted, newest first, by months. */
export function groupByMonth(mendings: readonly Mending[]): { month: string; mendings: readonly Mending[] }[] {
	const months = Map.groupBy(mendings, ({ at }) => monthOf(at.day));
	return [...months].map(([month, ofMonth]) => ({ month, mendings: ofMonth }));
}
