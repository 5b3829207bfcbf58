import { BlockList, isIP } from 'node:net';
import { getConnInfo } from '@hono/node-server/conninfo';
import type { Context } from 'hono';

/** What is known of the connection on which a request came. */
export interface Connections {
	/** The network address of the reader. */
	addressOf: (context: Context) => string;
	/** True where the reader came by https. */
	isSecure: (context: Context) => boolean;
}

/**
 * Returns what reads addresses of readers: of the connection, or, where that comes from a proxy that is trusted, the one
 * that the proxy names.
 * @param proxies addresses and networks: `127.0.0.1`, `10.0.0.0/8`
 * @throws Error where one of them is none
 */
export function readConnections(proxies: readonly string[]): Connections {
	const trusted = new BlockList();
	for (const proxy of proxies) trust(trusted, proxy);
	const isTrusted = (address: string) =>
		isIP(address) > 0 && trusted.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
	const senderOf = (context: Context) => withoutPrefix(getConnInfo(context).remote.address ?? '');
	let isWarned = false;
	const warn = (sender: string) => {
		if (isWarned) return;
		isWarned = true;
		console.error(
			`${sender} speaks for others. If it is a proxy of yours, start with TRUSTED_PROXIES=${sender}: without it all readers seem to be one.`,
		);
	};
	return {
		addressOf(context) {
			const sender = senderOf(context);
			if (context.req.header('X-Forwarded-For') !== undefined && !isTrusted(sender)) warn(sender);
			const forwarded = (context.req.header('X-Forwarded-For') ?? '')
				.split(',')
				.map((part) => withoutPrefix(part.trim()));
			// Each proxy adds the address that it has seen at the end; what stands before the last trusted one may be made up.
			const chain = [...forwarded.filter((part) => isIP(part) > 0), sender].reverse();
			return chain.find((address, i) => !isTrusted(address) || i === chain.length - 1) ?? '';
		},
		isSecure: (context) =>
			isTrusted(senderOf(context)) && context.req.header('X-Forwarded-Proto')?.split(',').at(-1)?.trim() === 'https',
	};
}

function trust(trusted: BlockList, proxy: string): void {
	const [address = '', prefix, ...rest] = proxy.split('/');
	const version = isIP(address);
	const family = version === 6 ? 'ipv6' : 'ipv4';
	const length = Number(prefix ?? '');
	const isSound = version > 0 && rest.length === 0 && (prefix === undefined || /^\d{1,3}$/.test(prefix));
	if (!isSound || length > (version === 6 ? 128 : 32))
		throw new Error(
			`TRUSTED_PROXIES names "${proxy}", which is no address. Write addresses or networks, such as 127.0.0.1,10.0.0.0/8.`,
		);
	if (prefix === undefined) trusted.addAddress(address, family);
	else trusted.addSubnet(address, length, family);
}

function withoutPrefix(address: string): string {
	return address.replace(/^::ffff:(?=\d+\.)/i, '');
}
