import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** How the last build went. */
export interface Outcome {
	/** When it ended, in milliseconds since 1970. */
	at: number;
	/** What it said; where it has failed, what to mend. */
	message: string;
	isFailure: boolean;
}

export interface Builder {
	/** Lets an edition be made once no more changes come for a moment. */
	changed(): void;
	/** True while changes wait for an edition or one is being made. */
	isAtWork(): boolean;
	lastOutcome(): Outcome | undefined;
	/** Makes no more editions; what waits is left to the next start. @returns once none is being made any more */
	stop(): Promise<void>;
}

interface Options {
	/** What to run in order, each a program with its arguments; the first that fails ends a build. */
	commands: readonly (readonly [program: string, ...args: string[]])[];
	folder: string;
	/** In milliseconds: so long after a change others are waited for. */
	pause: number;
	now: () => number;
	onOutcome: (outcome: Outcome) => void;
}

/** Returns what makes editions, one at a time, in processes of their own: a build must not hold up the service. */
export function createBuilder({ commands, folder, pause, now, onOutcome }: Options): Builder {
	let timer: NodeJS.Timeout | undefined;
	let isWanted = false;
	let isStopped = false;
	let work: Promise<void> | undefined;
	let outcome: Outcome | undefined;

	async function makeAll(): Promise<void> {
		while (isWanted && !isStopped) {
			isWanted = false;
			outcome = { ...(await runAll(commands, folder)), at: now() };
			onOutcome(outcome);
		}
		work = undefined;
	}
	return {
		changed() {
			isWanted = true;
			clearTimeout(timer);
			if (!isStopped) timer = setTimeout(() => void (work ??= makeAll()), pause);
		},
		isAtWork: () => isWanted || work !== undefined,
		lastOutcome: () => outcome,
		async stop() {
			isStopped = true;
			clearTimeout(timer);
			await work;
		},
	};
}

async function runAll(commands: Options['commands'], folder: string): Promise<Omit<Outcome, 'at'>> {
	let message = '';
	for (const [program, ...args] of commands) {
		const child = spawn(program, args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
		let output = '';
		for (const stream of [child.stdout, child.stderr])
			stream.setEncoding('utf8').on('data', (text: string) => {
				output = (output + text).slice(-mostOutput);
			});
		const status = await once(child, 'close').then(
			([code]: unknown[]) => (code === 0 ? undefined : `ended with ${String(code)}`),
			(error: unknown) => (error instanceof Error ? error.message : String(error)),
		);
		message = output.trim();
		if (status !== undefined) return { isFailure: true, message: message === '' ? status : message };
	}
	return { isFailure: false, message };
}

/** Characters of what a build says that are kept: the last. */
const mostOutput = 10_000;
