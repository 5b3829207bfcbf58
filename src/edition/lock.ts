import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';

/** Somebody else is at work, and the command was told not to wait. */
export class BusyError extends Error {
	override name = 'BusyError';
	/** The exit status of its own, by which a timer knows that nothing is wrong: `EX_TEMPFAIL` of sysexits.h. */
	readonly status = 75;
}

/**
 * Takes the lock of a folder that exists, among processes that see each other: those of one computer, and of containers
 * only where they share its process numbers. Each process writes a file that is named
 * after itself and then looks for others: whoever looks second sees the first, so that two never hold the lock. A file
 * whose process has ended counts for nothing, whatever process has its number today.
 * @param onWait is called once with the other's process id where the lock is held; without it, nothing is waited for
 * @returns what gives the lock back
 * @throws BusyError where it is held and may not be waited for
 */
export async function takeLock(folder: string, onWait?: (holder: number) => void): Promise<() => void> {
	const own = join(folder, `lock-${process.pid}-${birthOf(process.pid) ?? ''}`);
	const release = () => rmSync(own, { force: true });
	for (let isToldOf: number | undefined; ;) {
		let [holder] = holdersOf(folder);
		if (holder === undefined) {
			writeFileSync(own, '', { flag: 'wx' });
			holder = holdersOf(folder).find((pid) => pid !== process.pid);
			if (holder === undefined) return release;
			release();
		}
		if (!onWait) throw new BusyError(`Process ${holder} is at work on ${folder}. Try again when it has ended.`);
		if (isToldOf !== holder) onWait(holder);
		isToldOf = holder;
		// Not all at the same moments: who meet another would both step back for ever.
		await setTimeout(50 + Math.random() * 200);
	}
}

/** Returns the processes that hold or try to take the lock, and removes the files of those that have ended. */
function holdersOf(folder: string): number[] {
	return readdirSync(folder).flatMap((name) => {
		const [, pid, birth] = /^lock-(\d+)-(\w*)$/.exec(name) ?? [];
		if (pid === undefined) return [];
		if (birthOf(Number(pid)) === birth) return [Number(pid)];
		rmSync(join(folder, name), { force: true });
		return [];
	});
}

/** Returns what tells a process from all that had or will have its number; nothing where it does not run. */
export function birthOf(pid: number): string | undefined {
	try {
		return createHash('sha256').update(startOf(pid)).digest('hex').slice(0, 16);
	} catch {
		return undefined;
	}
}

/** Returns when a process was started. @throws where it does not run */
function startOf(pid: number): string {
	if (!existsSync('/proc/self/stat')) {
		const env = { ...process.env, LC_ALL: 'C', TZ: 'UTC' };
		return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { env, encoding: 'utf8' });
	}
	const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
	// The name before it, in brackets, may hold anything. See proc_pid_stat(5): its state, and in ticks when it began.
	const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
	const [state = '', began = ''] = [fields[0], fields[19]];
	if ('ZXx'.includes(state)) throw new Error(`The process ${pid} has ended.`);
	return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8')} ${began}`;
}
