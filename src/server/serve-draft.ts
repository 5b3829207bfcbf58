import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { draftHeaders } from '../domain/headers.ts';
import { mediaTypeOf } from '../edition/media-types.ts';
import type { Handler } from './harden.ts';

/** Returns what answers requests with the page in the folder `name` of `folder`, and with nothing else. */
export function serveDraft(folder: string, name: string): Handler {
	return (request, response) => {
		const [path = ''] = (request.url ?? '').split('?', 1);
		const [, file] = new RegExp(`^/${name}/((?:[\\w-][\\w.-]*/)*[\\w-][\\w.-]*|)$`).exec(path) ?? [];
		send(file === undefined ? undefined : join(folder, name, file === '' ? 'index.html' : file)).catch(() =>
			response.destroy(),
		);
		async function send(source: string | undefined): Promise<void> {
			const isAllowed = request.method === 'GET' || request.method === 'HEAD';
			const found = source === undefined ? undefined : await stat(source).catch(() => undefined);
			if (source === undefined || !isAllowed || found?.isFile() !== true)
				return void response.writeHead(isAllowed ? 404 : 405, draftHeaders).end();
			response.writeHead(200, { ...draftHeaders, 'Content-Type': mediaTypeOf(source), 'Content-Length': found.size });
			if (request.method === 'HEAD') return void response.end();
			await pipeline(createReadStream(source), response);
		}
	};
}
