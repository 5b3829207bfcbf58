import { type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP } from 'node:net';
import { isPrivate, lookupPublic, PrivateAddressError } from './private-addresses.ts';

export interface Manners {
	/** Who asks, for the header `User-Agent`. */
	userAgent: string;
	/** Milliseconds after which a host that does not answer is left alone. */
	timeout: number;
	/** True asks hosts of private networks too, as tests do. */
	allowPrivate?: boolean;
}

/** What a host says of an address: a status; why it was not to be asked; or why it did not answer. */
export type Answer =
	| { status: number }
	| { refusal: string }
	| {
			failure: string;
			/** True where the name service or the network at large failed, which says nothing of the address. */
			mayPass: boolean;
	  };

const maxRedirects = 5;
const passing: ReadonlySet<string> = new Set(['EAI_AGAIN', 'ENETDOWN', 'ENETUNREACH', 'EHOSTUNREACH']);

/** Asks a host for an address, its head first, all of it where that fails, and follows redirects. Nothing is read. */
export async function ask(address: string, manners: Manners): Promise<Answer> {
	const head = await follow(address, 'HEAD', manners);
	return 'refusal' in head || ('status' in head && head.status < 300) ? head : follow(address, 'GET', manners);
}

async function follow(address: string, method: 'HEAD' | 'GET', manners: Manners): Promise<Answer> {
	try {
		const opened = await open(new URL(address), method, manners);
		if ('refusal' in opened) return opened;
		opened.response.on('error', () => undefined).destroy();
		return { status: opened.response.statusCode ?? 0 };
	} catch (error) {
		return explainFailure(error, manners.timeout);
	}
}

/**
 * Asks for an address and follows redirects, never into a private network.
 * @returns what the host answers, of which nothing was read; or why it was not to be asked, a clause without its subject
 * @throws what {@link explainFailure} explains
 */
export async function open(
	address: URL,
	method: 'HEAD' | 'GET',
	manners: Manners,
): Promise<{ response: IncomingMessage } | { refusal: string }> {
	let url = address;
	for (let redirects = 0; redirects <= maxRedirects; redirects++) {
		const response = await askOnce(url, method, manners);
		const { statusCode = 0, headers } = response;
		const isRedirect = statusCode >= 300 && statusCode < 400;
		const next = isRedirect && headers.location !== undefined ? URL.parse(headers.location, url) : null;
		if (!next) return { response };
		response.on('error', () => undefined).destroy();
		if (!/^https?:$/.test(next.protocol)) return { refusal: `leads to ${next.protocol}, which is no page` };
		url = next;
	}
	return { refusal: `leads on more than ${maxRedirects} times` };
}

function askOnce(
	url: URL,
	method: 'HEAD' | 'GET',
	{ userAgent, timeout, allowPrivate = false }: Manners,
): Promise<IncomingMessage> {
	const host = url.hostname.replace(/^\[|\]$/g, '');
	return new Promise<IncomingMessage>((resolve, reject) => {
		// A host given as an IP address is never looked up.
		if (!allowPrivate && isIP(host) !== 0 && isPrivate(host))
			throw new PrivateAddressError(`leads to ${host}, an address of a private network`);
		const request = (url.protocol === 'https:' ? requestHttps : requestHttp)(url, {
			method,
			agent: false,
			headers: { 'User-Agent': userAgent, Accept: '*/*' },
			signal: AbortSignal.timeout(timeout),
			...(!allowPrivate && { lookup: lookupPublic }),
		});
		request.once('response', resolve).once('error', reject).end();
	});
}

/** Returns why a host was not to be asked, or did not answer. @param timeout in milliseconds @throws what is no error of the network */
export function explainFailure(error: unknown, timeout: number): Exclude<Answer, { status: number }> {
	if (error instanceof PrivateAddressError) return { refusal: error.message };
	if (!(error instanceof Error)) throw error;
	if (/^(?:Abort|Timeout)Error$/.test(error.name))
		return { failure: `did not answer in ${timeout / 1000} s`, mayPass: false };
	const code = 'code' in error ? String(error.code) : error.message;
	return { failure: `cannot be reached (${code})`, mayPass: passing.has(code) };
}
