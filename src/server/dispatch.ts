import * as paths from '../domain/paths.ts';
import type { Handler } from './harden.ts';

/** Returns what lets the comment service answer where it does, and the edition everywhere else. */
export function dispatch(edition: Handler, service: Handler): Handler {
	return (request, response) => {
		const path = (request.url ?? '').replace(/\?.*/s, '');
		(paths.isOfService(path) ? service : edition)(request, response);
	};
}
