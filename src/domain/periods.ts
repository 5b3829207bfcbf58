import { words } from '../words/words.ts';
import type { Article } from './articles.ts';
import { formatMonth, yearOf } from './dates.ts';

/** Articles counted by stretches of time. */
export interface Timeline {
	/** How many months a stretch has: a month, a quarter of a year, or a year. */
	length: 1 | 3 | 12;
	/** From the one with the oldest article to the one with the newest, also those without any. */
	periods: readonly Period[];
}

export interface Period {
	/** Its first month: `2025-04`. */
	first: string;
	/** Its last month: `2025-06`. */
	last: string;
	count: number;
}

/** As many stretches as a small drawing can show apart. */
const mostPeriods = 48;

/** Counts articles, newest first, by the shortest stretches of which there are not too many. */
export function toTimeline(articles: readonly Article[]): Timeline {
	const months = articles.map(({ publishedAt }) => toNumber(publishedAt.day));
	const [newest = 0] = months;
	const oldest = months.at(-1) ?? newest;
	const positionIn = (length: number, month: number) => Math.floor(month / length) - Math.floor(oldest / length);
	const length = ([1, 3] as const).find((length) => positionIn(length, newest) < mostPeriods) ?? 12;
	const counts = new Map<number, number>();
	for (const month of months) {
		const position = positionIn(length, month);
		counts.set(position, (counts.get(position) ?? 0) + 1);
	}
	const start = Math.floor(oldest / length) * length;
	const periods = Array.from({ length: positionIn(length, newest) + 1 }, (_, i): Period => {
		const first = start + i * length;
		return { first: toMonth(first), last: toMonth(first + length - 1), count: counts.get(i) ?? 0 };
	});
	return { length, periods };
}

/** Returns `June 2025`, `April 2025` for a quarter that begins with it, or `2025`. @param month of a period: its first or last */
export function formatEnd(month: string, { length }: Timeline): string {
	return length === 12 ? yearOf(month) : formatMonth(month);
}

/** Returns `June 2025`, `April 2025 to June 2025` or `2025`. */
export function formatPeriod({ first, last }: Period, timeline: Timeline): string {
	const [from, to] = [formatEnd(first, timeline), formatEnd(last, timeline)];
	return from === to ? from : words.span(from, to);
}

/** Returns the period with most articles, the newest of them. */
export function busiest({ periods }: Timeline): Period | undefined {
	return periods.reduce<Period | undefined>((best, one) => (best && best.count > one.count ? best : one), undefined);
}

/** Counts months, so that years and their quarters begin with whole multiples. */
function toNumber(day: string): number {
	const [year = 0, month = 1] = day.split('-').map(Number);
	return year * 12 + month - 1;
}

function toMonth(number: number): string {
	return `${String(Math.floor(number / 12)).padStart(4, '0')}-${String((number % 12) + 1).padStart(2, '0')}`;
}
