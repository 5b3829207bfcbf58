import * as paths from '../domain/paths.ts';
import type { Handler } from './harden.ts';

/** Returns what lets the comment service answer where it does, and the edition everywhere else. */
export function dispatch(edition: Handler, service: Handler): Handler {
	return (request, response) => {
		const path = (request.url ?? '').replace(/\?.*/s, '');
		const isOfService = paths.isOfService(path.endsWith('/') ? path : `${path}/`);
		(isOfService ? service : edition)(request, response);
	};
}
