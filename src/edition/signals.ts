import { constants } from 'node:os';

/**
 * Ends the process at a signal as others end at it, but cleans up before.
 * @returns what lets signals do what they did before
 */
export function cleanUpAtSignals(cleanUp: () => void): () => void {
	const names = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
	const end = (signal: NodeJS.Signals) => {
		try {
			cleanUp();
		} catch {
			// What stays behind is removed by whoever comes next.
		}
		process.exit(128 + constants.signals[signal]);
	};
	for (const name of names) process.once(name, end);
	return () => {
		for (const name of names) process.off(name, end);
	};
}
