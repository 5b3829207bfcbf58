import { toCurrentDocument } from '../domain/feed-history.ts';
import { siteFeed } from '../domain/feeds.ts';
import { getJsonFeed } from '../queries/feeds.ts';
import { getPaper } from '../queries/paper.ts';

export async function GET(): Promise<Response> {
	const { articles } = toCurrentDocument((await getPaper()).articles);
	return getJsonFeed(siteFeed, articles);
}
