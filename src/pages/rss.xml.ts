import { toCurrentDocument } from '../domain/feed-history.ts';
import { getRss } from '../queries/feeds.ts';
import { getPaper } from '../queries/paper.ts';

export async function GET(): Promise<Response> {
	const { document, places } = toCurrentDocument(await getPaper());
	return getRss(document, places);
}
