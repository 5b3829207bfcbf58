import { toCurrentDocument } from '../domain/feed-history.ts';
import { getRss } from '../queries/feeds.ts';
import { getPaper } from '../queries/paper.ts';

export async function GET(): Promise<Response> {
	const { document, articles } = toCurrentDocument((await getPaper()).articles);
	return getRss(document, articles);
}
