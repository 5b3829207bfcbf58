import { expect, test } from 'vitest';
import { shortWeekdays, toDayId, weeksOf } from '../../src/domain/dates.ts';

test('a month is laid out in weeks from Monday, with every day in its place', () => {
	const weeks = weeksOf('2025-06');
	expect(weeks.map((week) => week.length)).toEqual([7, 7, 7, 7, 7, 7]);
	expect(weeks.flat().filter((day) => day !== undefined)).toHaveLength(30);
	expect(weeks[0]).toEqual([...Array.from({ length: 6 }), '2025-06-01']);
	expect(weeks[5]?.[0]).toBe('2025-06-30');
});

test('a month that begins on a Monday begins with its first day, and leap days are there', () => {
	expect(weeksOf('2024-01')[0]?.[0]).toBe('2024-01-01');
	expect(weeksOf('2024-02').flat()).toContain('2024-02-29');
	expect(weeksOf('2021-02')).toHaveLength(4);
});

test('the columns of the calendar are named from Monday', () => {
	expect(shortWeekdays()).toEqual(['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']);
});

test('a day is named on its month’s page without noughts', () => {
	expect(toDayId('2025-06-06')).toBe('day-6');
});
