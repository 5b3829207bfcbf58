import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

/** In characters. */
export const leastPassword = 12;
const mostPassword = 1000;

/** What a password costs whoever tries it: 32 MB and about a third of a second. */
const cost = { N: 2 ** 15, r: 8, p: 3 };
const keyLength = 32;

/** So many passwords are worked at together: each takes a thread of the few that read files too. */
const atOnce = 2;
/** More do not wait. */
const mostWaiting = 20;

/** Too many passwords are being looked at: somebody floods the service. */
export class CrowdedError extends Error {
	override name = 'CrowdedError';
}

/** Says why a password cannot be kept: it is shorter than {@link leastPassword} or far too long. Nothing where it can. */
export function faultOfPassword(password: string): string | undefined {
	const length = Array.from(password.normalize('NFC')).length;
	const fault = `The password has ${length} characters;`;
	if (length < leastPassword) return `${fault} at least ${leastPassword} are needed.`;
	return length > mostPassword ? `${fault} at most ${mostPassword} can be kept.` : undefined;
}

/**
 * Returns what is kept of a password: how it was made, its salt and its digest.
 * @throws Error where it cannot be kept: see {@link faultOfPassword}
 */
export async function keepPassword(password: string): Promise<string> {
	const fault = faultOfPassword(password);
	if (fault !== undefined) throw new Error(fault);
	const salt = randomBytes(16);
	const key = await derive(password, salt, cost);
	return ['scrypt', cost.N, cost.r, cost.p, salt.toString('base64url'), key.toString('base64url')].join('$');
}

/**
 * Tells whether a password is the one that was kept. It takes as long where none was kept.
 * @throws CrowdedError where too many are being looked at
 */
export async function isPassword(password: string, kept: string | undefined): Promise<boolean> {
	const [, N, r, p, salt = '', digest = ''] = (kept ?? '').split('$');
	const isKept = kept !== undefined;
	const key = await derive(
		password.slice(0, 2 * mostPassword),
		isKept ? Buffer.from(salt, 'base64url') : randomBytes(16),
		isKept ? { N: Number(N), r: Number(r), p: Number(p) } : cost,
	);
	const expected = isKept ? Buffer.from(digest, 'base64url') : randomBytes(keyLength);
	return timingSafeEqual(key, expected) && isKept;
}

let working = 0;
const waiting: (() => void)[] = [];

async function derive(password: string, salt: Buffer, { N, r, p }: typeof cost): Promise<Buffer> {
	if (working < atOnce) working++;
	else if (waiting.length < mostWaiting) await new Promise<void>((resolve) => waiting.push(resolve));
	else throw new CrowdedError('Too many passwords are being looked at.');
	try {
		return await new Promise((resolve, reject) =>
			scrypt(password.normalize('NFC'), salt, keyLength, { N, r, p, maxmem: 256 * N * r }, (error, key) =>
				error ? reject(error) : resolve(key),
			),
		);
	} finally {
		// Whoever waits takes the place of the one that leaves it.
		const next = waiting.shift();
		if (next) next();
		else working--;
	}
}
