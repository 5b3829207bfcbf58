import { randomUUID } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fetchFile } from '../links/fetch-file.ts';
import { decodeText } from '../markdown/front-matter.ts';
import { readFeed } from './feed.ts';
import { userAgent } from './media.ts';
import type { RawPaper } from './raw.ts';

/** In bytes; in milliseconds. */
const limits = { size: 100_000_000, timeout: 60_000 } as const;

/**
 * Reads a feed from a file or from the web, never from a private network.
 * @param allowPrivate true asks hosts of private networks too, as tests do
 * @throws Error where there is no feed
 */
export async function openFeed(place: string, allowPrivate = false): Promise<RawPaper> {
	if (!/^https?:/i.test(place)) return readFeed(decodeText(await readFile(place)), place);
	const url = URL.parse(place);
	if (!url) throw new Error(`"${place}" is no address. Write it whole, as https://example.org/rss.xml`);
	const file = join(tmpdir(), `feed-${randomUUID()}.xml`);
	const fault = await fetchFile(url, file, { userAgent, ...limits, allowPrivate });
	if (fault !== undefined) throw new Error(`${place} ${fault}. Save the feed as a file, and name that.`);
	try {
		return readFeed(decodeText(await readFile(file)), place);
	} finally {
		await rm(file, { force: true });
	}
}
