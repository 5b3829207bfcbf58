import { Hono } from 'hono';
import { expect, onTestFinished, test, vi } from 'vitest';
import { readConnections } from '../../src/service/connection.ts';

/** Returns what is known of a reader. @param sender the address from which the connection comes */
async function known(proxies: readonly string[], sender: string, headers: Readonly<Record<string, string>> = {}) {
	const { addressOf, isSecure } = readConnections(proxies);
	const app = new Hono().get('/', (context) => context.json([addressOf(context), isSecure(context)]));
	const incoming = { socket: { remoteAddress: sender, remotePort: 1, remoteFamily: 'IPv4' } };
	const answer: unknown = await (await app.request('/', { headers }, { incoming })).json();
	return answer;
}

const quietly = () => {
	const error = vi.spyOn(console, 'error').mockImplementation(() => undefined);
	onTestFinished(() => error.mockRestore());
	return error;
};
const forwarded = (addresses: string, scheme = 'https') => ({
	'X-Forwarded-For': addresses,
	'X-Forwarded-Proto': scheme,
});

test('a reader who comes directly is known by the connection, whatever the headers say', async () => {
	quietly();
	expect(await known([], '::ffff:192.0.2.7', forwarded('198.51.100.1'))).toEqual(['192.0.2.7', false]);
	expect(await known(['10.0.0.0/8'], '192.0.2.7', forwarded('198.51.100.1'))).toEqual(['192.0.2.7', false]);
});

test.for<[how: string, proxies: string[], sender: string, addresses: string, due: string]>([
	['one', ['127.0.0.1'], '127.0.0.1', '198.51.100.1', '198.51.100.1'],
	['a reader who makes up an address', ['127.0.0.1'], '127.0.0.1', '203.0.113.9, 198.51.100.1', '198.51.100.1'],
	['two', ['127.0.0.1', '10.0.0.0/8'], '127.0.0.1', '198.51.100.1, 10.1.2.3', '198.51.100.1'],
	['one of IPv6', ['::1', '2001:db8::/32'], '::1', '2001:db9::5, 2001:db8::1', '2001:db9::5'],
	['one that names nobody', ['127.0.0.1'], '127.0.0.1', 'unknown', '127.0.0.1'],
	['readers within its own network', ['10.0.0.0/8'], '10.0.0.1', '10.0.0.9', '10.0.0.9'],
])(
	'behind trusted proxies a reader is known by what they have seen: %s',
	async ([, proxies, sender, addresses, due]) => {
		expect(await known(proxies, sender, forwarded(addresses))).toEqual([due, true]);
	},
);

test('what comes to a proxy by plain http is not secure', async () => {
	expect(await known(['127.0.0.1'], '127.0.0.1', forwarded('198.51.100.1', 'http'))).toEqual(['198.51.100.1', false]);
	expect(await known(['127.0.0.1'], '127.0.0.1', forwarded('198.51.100.1', 'https, http'))).toEqual([
		'198.51.100.1',
		false,
	]);
});

test('a proxy that is not named is told of', async () => {
	const error = quietly();
	await known([], '192.0.2.7', forwarded('198.51.100.1'));
	expect(error.mock.calls).toEqual([[expect.stringContaining('TRUSTED_PROXIES=192.0.2.7')]]);
});

test.each(['localhost', '10.0.0.0/33', '::1/129', '127.0.0.1/8/8', '127.0.0.1/x', ''])(
	'"%s" is refused as a proxy in a sentence',
	(proxy) => {
		expect(() => readConnections([proxy])).toThrow(`TRUSTED_PROXIES names "${proxy}", which is no address.`);
	},
);
