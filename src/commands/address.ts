/**
 * Returns where a command is to listen: `PORT`, by default 4321, and `HOST`, by default this computer alone.
 * @throws Error where `PORT` is no port
 */
export function readAddress(): { host: string; port: number } {
	const port = process.env['PORT'] ?? '4321';
	if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535)
		throw new Error(`PORT is "${port}", which is no port. Write a number from 1 to 65535, or 0 for a free one.`);
	return { host: process.env['HOST'] ?? '127.0.0.1', port: Number(port) };
}
