import { getNewsSitemap } from '../queries/feeds.ts';

export function GET(): Promise<Response> {
	return getNewsSitemap();
}
