import { describe, expect, test } from 'vitest';
import { busiest, formatEnd, formatPeriod, toTimeline } from '../../src/domain/periods.ts';
import { toPaper } from '../../src/domain/paper.ts';
import { makeNewsroom } from '../support/newsroom.ts';

/** Counts articles of these months, by the shortest stretches that suit. */
function timelineOf(...months: string[]) {
	const articles = Object.fromEntries(months.map((month, i) => [`${month.replace('-', '/')}/x${i}`, {}]));
	return toTimeline(toPaper(makeNewsroom(articles)).articles);
}

const shown = (timeline: ReturnType<typeof timelineOf>) =>
	timeline.periods.map((period) => `${formatPeriod(period, timeline)}: ${period.count}`);

describe('articles over time', () => {
	test('are counted by month, those without any too', () => {
		expect(shown(timelineOf('2024-12', '2025-03', '2025-03', '2025-01'))).toEqual([
			'December 2024: 1',
			'January 2025: 1',
			'February 2025: 0',
			'March 2025: 2',
		]);
	});

	test('of one month are one period', () => {
		expect(shown(timelineOf('2025-06', '2025-06'))).toEqual(['June 2025: 2']);
	});

	test('are counted by month for four years, then by quarter, then by year', () => {
		expect(timelineOf('2021-07', '2025-06')).toMatchObject({ length: 1, periods: { length: 48 } });
		const quarters = timelineOf('2021-06', '2025-06');
		expect(quarters).toMatchObject({ length: 3, periods: { length: 17 } });
		expect(shown(quarters)[0]).toBe('April 2021 to June 2021: 1');
		expect(shown(quarters).at(-1)).toBe('April 2025 to June 2025: 1');
		expect(timelineOf('2015-07', '2025-06')).toMatchObject({ length: 3, periods: { length: 40 } });
		const years = timelineOf('2010-01', '2010-12', '2025-06');
		expect(years).toMatchObject({ length: 12, periods: { length: 16 } });
		expect(shown(years).slice(0, 2)).toEqual(['2010: 2', '2011: 0']);
	});

	test('are all counted, whatever the stretches', () => {
		for (const first of ['2025-01', '2019-11', '1990-02']) {
			const timeline = timelineOf(first, first, '2025-02', '2025-06');
			expect(timeline.periods.reduce((sum, { count }) => sum + count, 0)).toBe(4);
		}
	});

	test('name their ends, and the period with most of them, the newest', () => {
		const timeline = timelineOf('2025-01', '2025-01', '2025-03', '2025-03', '2025-04');
		expect(formatEnd('2025-01', timeline)).toBe('January 2025');
		expect(busiest(timeline)).toEqual({ first: '2025-03', last: '2025-03', count: 2 });
	});
});
