import { createWriteStream } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { explainFailure, type Manners, open } from './ask.ts';

/** Thrown where a host sends more than was to be taken. */
class TooLargeError extends Error {
	override name = 'TooLargeError';
}

/**
 * Fetches a file and puts it in its place whole or not at all.
 * @param size the most bytes that are taken
 * @returns why it could not be fetched, a clause without its subject; nothing where it is there
 */
export async function fetchFile(
	url: URL,
	path: string,
	{ size, ...manners }: Manners & { size: number },
): Promise<string | undefined> {
	const unfinished = `${path}.part`;
	const begun = performance.now();
	try {
		const opened = await open(url, 'GET', manners);
		if ('refusal' in opened) return opened.refusal;
		const { response } = opened;
		const fault = faultOf(response, size);
		if (fault !== undefined) {
			response.on('error', () => undefined).destroy();
			return fault;
		}
		await mkdir(dirname(path), { recursive: true });
		await pipeline(response, limitTo(size), createWriteStream(unfinished));
		await rename(unfinished, path);
		return undefined;
	} catch (error) {
		await rm(unfinished, { force: true });
		if (error instanceof TooLargeError) return error.message;
		// The time is up for the whole answer, and shows as a lost connection.
		if (performance.now() - begun >= manners.timeout) return `was not sent in ${manners.timeout / 1000} s`;
		const explained = explainFailure(error, manners.timeout);
		return 'refusal' in explained ? explained.refusal : explained.failure;
	}
}

/** Returns what is wrong with an answer before anything of it was read. */
function faultOf({ statusCode = 0, headers }: IncomingMessage, size: number): string | undefined {
	if (statusCode !== 200) return `answers with status ${statusCode}`;
	return Number(headers['content-length'] ?? 0) > size ? tooLarge(size) : undefined;
}

const tooLarge = (size: number) => `is larger than ${size / 1_000_000} MB`;

function limitTo(size: number): Transform {
	let taken = 0;
	return new Transform({
		transform(chunk: Buffer, _, done) {
			taken += chunk.length;
			if (taken > size) done(new TooLargeError(tooLarge(size)));
			else done(null, chunk);
		},
	});
}
