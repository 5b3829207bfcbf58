/** So many attempts to sign in are taken from one network address within a time. */
const most = 20;
/** In milliseconds. */
const within = 10 * 60_000;
/** So many addresses are remembered; then those that come are not told apart, until some are forgotten. */
const mostAddresses = 10_000;

/** Returns what tells whether another attempt of a network address may be looked at, and counts it. */
export function countAttempts(now: () => number): (address: string) => boolean {
	const attempts = new Map<string, { count: number; since: number }>();
	return (from) => {
		const at = now();
		// They lie in the order in which they began.
		for (const [address, { since }] of attempts) {
			if (at - since < within && at >= since) break;
			attempts.delete(address);
		}
		const address = attempts.has(from) || attempts.size < mostAddresses ? from : '';
		const attempt = attempts.get(address) ?? { count: 0, since: at };
		attempt.count++;
		attempts.set(address, attempt);
		return attempt.count <= most;
	};
}
