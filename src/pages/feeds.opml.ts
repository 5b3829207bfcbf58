import { toOpml } from '../domain/feed-groups.ts';
import { getPaper } from '../queries/paper.ts';

export async function GET(): Promise<Response> {
	return new Response(toOpml(await getPaper()), { headers: { 'Content-Type': 'text/x-opml' } });
}
