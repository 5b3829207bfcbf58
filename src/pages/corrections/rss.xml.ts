import { getCorrectionsRss } from '../../queries/feeds.ts';

export function GET(): Promise<Response> {
	return getCorrectionsRss();
}
