import { createWriteStream } from 'node:fs';
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
	try {
		const opened = await open(url, 'GET', manners);
		if ('refusal' in opened) return opened.refusal;
		const { response } = opened;
		if (response.statusCode !== 200) {
			response.on('error', () => undefined).destroy();
			return `answers with status ${response.statusCode ?? 0}`;
		}
		await mkdir(dirname(path), { recursive: true });
		await pipeline(response, limitTo(size), createWriteStream(unfinished), {
			signal: AbortSignal.timeout(manners.timeout),
		});
		await rename(unfinished, path);
		return undefined;
	} catch (error) {
		await rm(unfinished, { force: true });
		if (error instanceof TooLargeError) return error.message;
		const explained = explainFailure(error, manners.timeout);
		return 'refusal' in explained ? explained.refusal : explained.failure;
	}
}

function limitTo(size: number): Transform {
	let taken = 0;
	return new Transform({
		transform(chunk: Buffer, _, done) {
			taken += chunk.length;
			if (taken > size) done(new TooLargeError(`is larger than ${size / 1_000_000} MB`));
			else done(null, chunk);
		},
	});
}
