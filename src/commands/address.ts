/** Where a command is to listen. */
interface Address {
	host: string;
	port: number;
	/** True where somebody has chosen the port: no other will do. */
	isChosen: boolean;
}

/**
 * Returns where a command is to listen: `PORT`, by default 4321 or the next free one, and `HOST`, by default this computer
 * alone.
 * @throws Error where `PORT` is no port
 */
export function readAddress(): Address {
	const chosen = process.env['PORT'];
	const port = chosen ?? '4321';
	if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535)
		throw new Error(`PORT is "${port}", which is no port. Write a number from 1 to 65535, or 0 for a free one.`);
	return { host: process.env['HOST'] ?? '127.0.0.1', port: Number(port), isChosen: chosen !== undefined };
}
