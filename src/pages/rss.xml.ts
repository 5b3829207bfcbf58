import { feedSize } from '../domain/feeds.ts';
import * as paths from '../domain/paths.ts';
import { getFeed } from '../queries/feeds.ts';
import { getPaper } from '../queries/paper.ts';
import { site } from '../site.ts';

export async function GET(): Promise<Response> {
	const { articles } = await getPaper();
	return getFeed({ title: site.title, description: site.description, path: paths.home() }, articles, feedSize);
}
