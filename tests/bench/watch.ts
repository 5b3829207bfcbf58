import { subscribe } from 'node:diagnostics_channel';
import { writeFileSync } from 'node:fs';

/** Loaded before a build (`--import`): writes how long each route took, in milliseconds, into the file `ROUTES_FILE`. */
const times: Record<string, number> = {};
let last = performance.now();
subscribe('meridian:progress', (message) => {
	const now = performance.now();
	const route = typeof message === 'object' && message !== null && 'what' in message ? String(message.what) : '';
	if (route.startsWith('/')) times[route] = (times[route] ?? 0) + now - last;
	last = now;
});
process.once('exit', () => {
	const file = process.env['ROUTES_FILE'];
	if (file !== undefined) writeFileSync(file, JSON.stringify(times));
});
