import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { formatDay, formatMoment, formatMonth, toRfc822 } from '../../src/domain/dates.ts';
import { toMoment } from '../../src/schemas/moment.ts';

function almaty(text: string) {
	const found = toMoment(text, 'Asia/Almaty');
	if (!found) throw new Error(`${text} is no moment`);
	return found;
}

describe('days in the newsroom', () => {
	test.each([
		['2025-06-30T23:30:00+05:00', '2025-06-30'],
		['2025-07-01T00:30:00+05:00', '2025-07-01'],
		['2025-06-30T18:30:00Z', '2025-06-30'],
		['2025-06-30T19:30:00Z', '2025-07-01'],
		['2025-12-31T23:30:00+05:00', '2025-12-31'],
		['2026-01-01T00:30:00+05:00', '2026-01-01'],
		['2025-12-31T11:30:00-08:00', '2026-01-01'],
	])('%s is the day %s', (text, day) => {
		expect(almaty(text).day).toBe(day);
	});

	test('do not depend on the time zone of the machine', () => {
		const program = `import { toMoment } from './src/schemas/moment.ts';
			import { formatMoment, toRfc822 } from './src/domain/dates.ts';
			const moments = ['2025-06-30', '2025-12-31T23:30:00+05:00'].map((text) => toMoment(text, 'Asia/Almaty'));
			console.log(JSON.stringify(moments.map((moment) => [moment, formatMoment(moment), toRfc822(moment)])));`;
		const run = (TZ: string) =>
			execFileSync(process.execPath, ['--input-type=module', '-e', program], {
				env: { ...process.env, TZ },
				encoding: 'utf8',
			});
		expect(run('Pacific/Kiritimati')).toBe(run('America/Los_Angeles'));
	});

	test.each([
		'',
		'2025',
		'2025-6-1',
		'2025-02-29',
		'2025-06-16T10:00',
		'16 June 2025',
		'2025-06-16T24:00Z',
		'2025-06-16T10:60Z',
	])('"%s" is no moment', (text) => {
		expect(toMoment(text, 'Asia/Almaty')).toBeUndefined();
	});
});

describe('dates for readers', () => {
	test('a day stands alone, a time with its zone', () => {
		expect(formatMoment(almaty('2025-06-16'))).toBe('16 June 2025');
		expect(formatMoment(almaty('2025-06-16T21:40:00+05:00'))).toBe('16 June 2025, 21:40 (UTC+5)');
		expect(formatMoment(almaty('2025-06-16T21:40:00Z'))).toBe('17 June 2025, 02:40 (UTC+5)');
	});

	test('a zone with minutes and one behind are named', () => {
		const inZone = (zone: string) => {
			const moment = toMoment('2025-06-16T12:00:00Z', zone);
			if (!moment) throw new Error('no moment');
			return formatMoment(moment);
		};
		expect(inZone('Asia/Kathmandu')).toBe('16 June 2025, 17:45 (UTC+5:45)');
		expect(inZone('America/New_York')).toBe('16 June 2025, 08:00 (UTC−4)');
	});

	test('days and months are written out', () => {
		expect(formatDay('2025-06-01')).toBe('1 June 2025');
		expect(formatMonth('2025-12')).toBe('December 2025');
	});

	test('feeds keep the day of the newsroom', () => {
		expect(toRfc822(almaty('2025-06-16'))).toBe('Mon, 16 Jun 2025 00:00:00 +0500');
	});
});
