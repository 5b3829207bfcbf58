import { type ChildProcess, spawn } from 'node:child_process';
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
	/** Lets an edition be made in a moment, with the changes that come until then. */
	changed(): void;
	/** True while changes wait for an edition or one is being made. */
	isAtWork(): boolean;
	lastOutcome(): Outcome | undefined;
	/** Ends the edition that is being made, and makes no more: what waits is left to the next start. */
	stop(): Promise<void>;
}

interface Options {
	/** What to run in order, each a program with its arguments; the first that fails ends a build. */
	commands: readonly (readonly [program: string, ...args: string[]])[];
	folder: string;
	/** In milliseconds: so long after a change others are waited for. */
	pause: number;
	now: () => number;
	/** Is waited for before the next edition is made. */
	onOutcome: (outcome: Outcome) => Promise<void>;
}

/** Returns what makes editions, one at a time, in processes of their own: a build must not hold up the service. */
export function createBuilder({ commands, folder, pause, now, onOutcome }: Options): Builder {
	let timer: NodeJS.Timeout | undefined;
	let isWanted = false;
	let isStopped = false;
	let work: Promise<void> | undefined;
	let outcome: Outcome | undefined;
	let child: ChildProcess | undefined;

	async function makeAll(): Promise<void> {
		while (isWanted && !isStopped) {
			isWanted = false;
			outcome = { ...(await runAll()), at: now() };
			await onOutcome(outcome);
		}
		work = undefined;
	}
	async function runAll(): Promise<Omit<Outcome, 'at'>> {
		let message = '';
		for (const [program, ...args] of commands) {
			child = spawn(program, args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
			const { output, fault } = await followToEnd(child);
			message = output === '' ? (fault ?? '') : output;
			if (fault !== undefined) return { isFailure: true, message };
		}
		return { isFailure: false, message };
	}
	return {
		changed() {
			isWanted = true;
			if (isStopped) return;
			timer ??= setTimeout(() => {
				timer = undefined;
				work ??= makeAll();
			}, pause);
		},
		isAtWork: () => isWanted || work !== undefined,
		lastOutcome: () => outcome,
		async stop() {
			isStopped = true;
			clearTimeout(timer);
			child?.kill();
			await work;
		},
	};
}

/** Returns the last of what a process has said once it has ended, and how it has failed if it has. */
async function followToEnd(child: ChildProcess): Promise<{ output: string; fault?: string }> {
	let output = '';
	for (const stream of [child.stdout, child.stderr])
		stream?.setEncoding('utf8').on('data', (text: string) => {
			output = (output + text).slice(-mostOutput);
		});
	try {
		const ended: unknown[] = await once(child, 'close');
		const [status, signal] = ended;
		const fault = status === 0 ? {} : { fault: `It ended with ${String(status ?? signal)}.` };
		return { output: output.trim(), ...fault };
	} catch (error) {
		return { output: '', fault: error instanceof Error ? error.message : String(error) };
	}
}

/** Characters of what a build says that are kept: the last. */
const mostOutput = 10_000;
