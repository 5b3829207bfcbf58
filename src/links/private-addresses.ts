import { lookup } from 'node:dns';
import { BlockList, isIPv6, type LookupFunction } from 'node:net';

// Two lists: in one, the IPv6 form of all IPv4 addresses would stand for each of these.
const blockedIpv4 = new BlockList();
const blockedIpv6 = new BlockList();
for (const [network, bits] of [
	['0.0.0.0', 8],
	['10.0.0.0', 8],
	['100.64.0.0', 10],
	['127.0.0.0', 8],
	['169.254.0.0', 16],
	['172.16.0.0', 12],
	['192.0.0.0', 24],
	['192.168.0.0', 16],
	['198.18.0.0', 15],
	['224.0.0.0', 3],
] as const)
	blockedIpv4.addSubnet(network, bits, 'ipv4');
for (const [network, bits] of [
	['::', 96],
	['::ffff:0:0', 96],
	['64:ff9b::', 96],
	['2002::', 16],
	['fc00::', 7],
	['fe80::', 10],
	['ff00::', 8],
] as const)
	blockedIpv6.addSubnet(network, bits, 'ipv6');

/** Tells whether an IP address belongs to a computer or a network that is nobody else's business, or leads to one. */
export function isPrivate(address: string): boolean {
	return isIPv6(address) ? blockedIpv6.check(address, 'ipv6') : blockedIpv4.check(address, 'ipv4');
}

/** Thrown where an address leads to a private network. */
export class PrivateAddressError extends Error {
	override name = 'PrivateAddressError';
}

/** Finds the addresses of a host as `dns.lookup` does, and fails where one of them is private. */
export const lookupPublic: LookupFunction = (host, options, callback) => {
	lookup(host, { ...options, all: true }, (error, found) => {
		if (error) return callback(error, []);
		const hidden = found.find(({ address }) => isPrivate(address));
		const [first] = found;
		if (hidden) callback(new PrivateAddressError(`leads to ${hidden.address}, an address of a private network`), []);
		else if (options.all || !first) callback(null, found);
		else callback(null, first.address, first.family);
	});
};
