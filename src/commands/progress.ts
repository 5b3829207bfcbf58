import { progressChannel } from '../environment.ts';

/** How long, in milliseconds, until a line of its own says how far a step is where there is no terminal. */
const patience = 30_000;
const second = 1000;

interface Progress {
	/** Begins a step, and ends the one before. @param sentence what is being done, without a stop */
	begin(sentence: string): void;
	end(): void;
}

/**
 * Shows how far long work is, of which {@link progressChannel} tells, and how long it has taken: in a terminal in one line
 * for each step, elsewhere in plain lines as steps begin, and now and then.
 */
export function showProgress(out: { isTTY?: boolean; write(text: string): unknown } = process.stdout): Progress {
	let sentence: string | undefined;
	let begun = 0;
	let shown = 0;
	let state = { done: 0, total: 0 };
	let timer: NodeJS.Timeout | undefined;
	const line = () => `${sentence ?? ''} … ${formatState(state)}${formatDuration(performance.now() - begun)}`;
	const redraw = () => {
		if (out.isTTY) out.write(`\r\x1b[K${line()}`);
		else if (performance.now() - shown >= patience) out.write(`${line()}\n`);
		else return;
		shown = performance.now();
	};
	const tell = (message: unknown) => {
		if (!isState(message)) return;
		state = message;
		// The timer does not come to it while there is much to do.
		if (performance.now() - shown >= second) redraw();
	};
	progressChannel.subscribe(tell);
	const endStep = () => {
		clearInterval(timer);
		if (sentence !== undefined && out.isTTY) out.write(`\r\x1b[K${line()}\n`);
		sentence = undefined;
	};
	return {
		begin(next) {
			endStep();
			sentence = next;
			begun = shown = performance.now();
			state = { done: 0, total: 0 };
			if (!out.isTTY) out.write(`${next} …\n`);
			timer = setInterval(redraw, second).unref();
		},
		end() {
			endStep();
			progressChannel.unsubscribe(tell);
		},
	};
}

function isState(message: unknown): message is { done: number; total: number } {
	return typeof message === 'object' && message !== null && 'done' in message && 'total' in message;
}

const numbers = new Intl.NumberFormat('en');

function formatState({ done, total }: { done: number; total: number }): string {
	return total === 0 ? '' : `${numbers.format(done)} of ${numbers.format(total)}, `;
}

/** @param duration in milliseconds @returns `0:07`, minutes and seconds */
function formatDuration(duration: number): string {
	const seconds = Math.round(duration / second);
	return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
