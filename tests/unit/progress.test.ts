import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { showProgress } from '../../src/commands/progress.ts';
import { tellProgress } from '../../src/environment.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['performance', 'setInterval', 'clearInterval'] }));
afterEach(() => void vi.useRealTimers());

/** Returns what is written where two steps are worked on, the first of them for a minute and a half. */
function work(isTTY: boolean): string {
	let text = '';
	const progress = showProgress({ isTTY, write: (part: string) => (text += part) });
	progress.begin('Reading');
	tellProgress(1, 12_000, 'x');
	vi.advanceTimersByTime(80_000);
	tellProgress(11_999, 12_000, 'x');
	vi.advanceTimersByTime(10_000);
	progress.begin('Making');
	vi.advanceTimersByTime(400);
	progress.end();
	tellProgress(1, 2, 'x');
	return text;
}

test('in a terminal a step has one line, which in the end says how much was done and how long it took', () => {
	const lines = work(true).split('\n');
	const last = lines.map((line) => line.split('\r\u001b[K').at(-1));
	expect(last).toEqual(['Reading … 11,999 of 12,000, 1:30', 'Making … 0:00', '']);
	expect(lines[0]?.split('\r').length).toBeGreaterThan(80);
});

test('elsewhere lines stay, and a long step says now and then how far it is', () => {
	expect(work(false).split('\n')).toEqual([
		'Reading …',
		'Reading … 1 of 12,000, 0:30',
		'Reading … 1 of 12,000, 1:00',
		'Reading … 11,999 of 12,000, 1:30',
		'Making …',
		'',
	]);
});
