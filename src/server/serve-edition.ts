import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { setTimeout } from 'node:timers/promises';
import type { Moved } from '../domain/moved.ts';
import * as paths from '../domain/paths.ts';
import { site } from '../site.ts';
import { bodyReader } from './bodies.ts';
import type { Handler } from './harden.ts';
import type { Form, ServedEdition, ServedFile } from './served-edition.ts';
import { untilNextLook, watchEditions } from './watch.ts';
import { chooseForm, isKnown, type Range, rangeOf } from './negotiate.ts';

interface Exchange {
	request: IncomingMessage;
	response: ServerResponse;
	read: ReturnType<typeof bodyReader>;
	moved: Moved;
}

/**
 * Returns what answers requests with the edition that `folder` holds, or the link in its place, as it is when each of
 * them comes: files in the form that the client prefers, 304 to who has them, parts to who asks for them, 301 where an
 * address leads on or lacks its last stroke, and `404.html` for what is not there. `/healthz` tells whether there is an
 * edition, and which.
 * @param moved addresses of a former paper, which lead on where nothing else stands
 */
export function serveEdition(folder: string, moved: Moved = new Map()): Handler {
	const current = watchEditions(folder);
	const read = bodyReader();
	return (request, response) => {
		answer(current, { request, response, read, moved }).catch((error: unknown) => {
			if (response.headersSent) return void response.destroy();
			console.error(`A request could not be answered: ${error instanceof Error ? error.message : String(error)}`);
			finish(response, 500);
		});
	};
}

async function answer(current: () => Promise<ServedEdition | undefined>, exchange: Exchange): Promise<void> {
	const edition = await current();
	try {
		await answerFrom(edition, exchange);
	} catch (error) {
		if (exchange.response.headersSent) throw error;
		// Its edition may have been removed since.
		await setTimeout(untilNextLook);
		await answerFrom(await current(), exchange);
	}
}

async function answerFrom(edition: ServedEdition | undefined, exchange: Exchange): Promise<void> {
	const { request, response } = exchange;
	if (request.method !== 'GET' && request.method !== 'HEAD')
		// What else such a request says is not waited for.
		return void finish(response, 405, { Allow: 'GET, HEAD', Connection: 'close' });
	const { path, query } = splitTarget(request.url);
	if (path === '/healthz') return void tellHealth(exchange, edition);
	if (!edition) return void finish(response, 503, { 'Retry-After': '10' });
	const decoded = decode(path);
	const location = `${path}/` === site.base ? site.base + query : leadOn(edition, exchange.moved, decoded, query);
	if (location !== undefined) return void finish(response, 301, { ...edition.headersOf(path), Location: location });
	const address = addressAt(decoded);
	const file = address === undefined ? undefined : await edition.find(fileAt(address));
	if (file) return sendFound(exchange, file, edition.headersOf(path));
	const notice = paths.file('404.html');
	const instead = await edition.find(fileAt('404.html'));
	if (!instead) return void finish(response, 404, edition.headersOf(notice));
	await send(
		exchange,
		404,
		instead,
		chooseForm(instead, request.headers['accept-encoding']),
		edition.headersOf(notice),
	);
}

function splitTarget(target = ''): { path: string; query: string } {
	// Proxies name the host too, and everybody must understand it: RFC 9112, section 3.2.2.
	const [, path = '', query = ''] = /^(?:https?:\/\/[^/?]*)?([^?]*)(.*)$/is.exec(target) ?? [];
	return { path, query };
}

/** Returns a path as it is read; nothing where it can be none of the paper. @param path as it was sent */
function decode(path: string): string | undefined {
	if (/%(?:2f|5c|00)|\\/i.test(path)) return undefined;
	try {
		const decoded = decodeURIComponent(path);
		return /\/\.(?!well-known\/)/.test(decoded) ? undefined : decoded;
	} catch {
		return undefined;
	}
}

/** Returns an address relative to the edition; nothing where a path is not below the paper's base. */
function addressAt(path: string | undefined): string | undefined {
	return path?.startsWith(site.base) === true ? paths.withoutBase(path).slice(1) : undefined;
}

/**
 * Returns where an address leads: to that of a page of which the last stroke is missing, too, and from that of a former
 * paper, if nothing else stands there and something where it leads.
 * @param path as it is read; nothing where it can be none of the paper
 */
function leadOn(edition: ServedEdition, moved: Moved, path: string | undefined, query: string): string | undefined {
	if (path === undefined) return undefined;
	const isThere = (place: string) =>
		[place, `${place}/`].some((form) => {
			const address = addressAt(form);
			return address !== undefined && edition.has(fileAt(address));
		});
	const byNumber = query === '' ? undefined : moved.get(`${path}?p=${new URLSearchParams(query).get('p') ?? ''}`);
	if (byNumber !== undefined && isThere(byNumber)) return encodeURI(byNumber);
	const own = leadOnWithin(edition, addressAt(path));
	if (own !== undefined) return encodeURI(paths.file(own)) + query;
	const to = isThere(path) ? undefined : moved.get(path);
	return to !== undefined && isThere(to) ? encodeURI(to) + query : undefined;
}

function leadOnWithin(edition: ServedEdition, address = ''): string | undefined {
	const whole = address === '' || address.endsWith('/') ? address : `${address}/`;
	return edition.redirects.get(whole) ?? (whole !== address && edition.has(fileAt(whole)) ? whole : undefined);
}

function fileAt(address: string): string {
	return address === '' || address.endsWith('/') ? `${address}index.html` : address;
}

/** Sends a file, or as much of it as its reader needs. */
async function sendFound(exchange: Exchange, file: ServedFile, others: OutgoingHttpHeaders): Promise<void> {
	const { request, response } = exchange;
	const form = chooseForm(file, request.headers['accept-encoding']);
	const validators = { tag: form.tag, modified: file.modified };
	const headers = { ...others, ETag: form.tag, 'Last-Modified': file.modified };
	if (isKnown(request.headers, validators))
		return void response.writeHead(304, { ...headers, ...(file.isText && vary) }).end();
	if (form.coding !== 'identity') return send(exchange, 200, file, form, headers);
	// To those who take a compressed form, as browsers do, parts of it would be of no use.
	const range = request.method === 'GET' ? rangeOf(request.headers, validators, form.size) : undefined;
	if (range === 'not there') return void finish(response, 416, { ...headers, 'Content-Range': `bytes */${form.size}` });
	await send(exchange, range ? 206 : 200, file, form, { ...headers, 'Accept-Ranges': 'bytes' }, range);
}

const vary = { Vary: 'Accept-Encoding' } as const;

/** Sends a form of a file, or a part of it. */
async function send(
	{ request, response, read }: Exchange,
	status: number,
	file: ServedFile,
	form: Form,
	headers: OutgoingHttpHeaders,
	range?: Range,
): Promise<void> {
	const { start, end } = range ?? { start: 0, end: form.size - 1 };
	const all: OutgoingHttpHeaders = {
		...headers,
		'Content-Type': file.mediaType,
		'Content-Length': end - start + 1,
		...(file.isText && vary),
		...(form.coding !== 'identity' && { 'Content-Encoding': form.coding }),
		...(range && { 'Content-Range': `bytes ${start}-${end}/${form.size}` }),
	};
	if (request.method === 'HEAD') return void response.writeHead(status, all).end();
	const body = await read(form);
	response.writeHead(status, all);
	if (Buffer.isBuffer(body)) response.end(range ? body.subarray(start, end + 1) : body);
	else await pipeline(body.createReadStream({ start, end }), response);
}

function tellHealth({ request, response }: Exchange, edition: ServedEdition | undefined): void {
	const body = JSON.stringify({ edition: edition?.name ?? null });
	const headers = { 'Content-Type': 'application/json', 'Cache-Control': 'no-store', 'Content-Length': body.length };
	response.writeHead(edition ? 200 : 503, headers).end(request.method === 'HEAD' ? undefined : body);
}

/** Answers without a body. */
function finish(response: ServerResponse, status: number, headers: OutgoingHttpHeaders = {}): void {
	response.writeHead(status, { 'Content-Length': 0, ...headers }).end();
}
