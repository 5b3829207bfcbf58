import { toCurrentDocument } from '../domain/feed-history.ts';
import { siteFeed } from '../domain/feeds.ts';
import { getJsonFeed } from '../queries/feeds.ts';
import { getPaper } from '../queries/paper.ts';

export async function GET(): Promise<Response> {
	const { places } = toCurrentDocument(await getPaper());
	return getJsonFeed(siteFeed, places);
}
