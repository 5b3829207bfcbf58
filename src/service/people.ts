import { createHmac, randomBytes } from 'node:crypto';
import { isIPv6, SocketAddress } from 'node:net';
import type { Database } from './database.ts';

const day = 24 * 60 * 60 * 1000;

/** In days: so long anything is kept by which a network address could be recognised. */
const keptFor = 30;

/**
 * Returns what stands for a network address: its digest under the salt of the day, which is kept, and those under all
 * salts that are still there, by which earlier comments and blocks are found.
 */
export async function recognise(
	database: Database,
	address: string,
	now: number,
): Promise<{ digest: string; digests: string[] }> {
	const salts = await saltsAt(database, now);
	const place = toPlace(address);
	const digests = salts.map(({ salt }) => createHmac('sha256', salt).update(place).digest('base64url'));
	return { digest: digests[0] ?? '', digests };
}

/** Returns the salts that are kept, the present day's first, which is made where it is missing. */
async function saltsAt(database: Database, now: number): Promise<{ salt: string }[]> {
	const today = toDay(now);
	const read = () => database.selectFrom('salts').selectAll().orderBy('day', 'desc').execute();
	const found = await read();
	const known = found.find(({ day }) => day === today);
	if (known) return [known, ...found.filter((salt) => salt !== known)];
	const salt = randomBytes(32).toString('base64url');
	await database
		.insertInto('salts')
		.values({ day: today, salt })
		.onConflict((conflict) => conflict.doNothing())
		.execute();
	return saltsAt(database, now);
}

/** Removes what has been kept long enough: digests of network addresses, blocks of them, and the salts that made them. */
export async function forgetAddresses(database: Database, now: number): Promise<void> {
	const before = now - keptFor * day;
	await database.updateTable('comments').set({ address: null }).where('received_at', '<', before).execute();
	await database.deleteFrom('blocks').where('kind', '=', 'address').where('created_at', '<', before).execute();
	await database.deleteFrom('salts').where('day', '<', toDay(before)).execute();
}

function toDay(instant: number): string {
	return new Date(instant).toISOString().slice(0, 10);
}

/** Returns what tells one connection from another: of IPv6 the network, in which each device has very many addresses. */
export function toPlace(address: string): string {
	const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
	if (mapped !== undefined || !isIPv6(address)) return mapped ?? address;
	const canonical = new SocketAddress({ address, family: 'ipv6' }).address;
	const [head = '', tail] = canonical.split('::');
	const groups = (part: string) => part.split(':').filter((group) => group !== '');
	const behind = tail === undefined ? [] : groups(tail);
	const before = groups(head);
	const zeros = Array.from({ length: 8 - before.length - behind.length }, () => '0');
	return [...before, ...zeros, ...behind].slice(0, 4).join(':');
}
