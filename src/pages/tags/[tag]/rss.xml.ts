import type { APIContext, GetStaticPaths, InferGetStaticPropsType } from 'astro';
import { subjectFeed, tagFeedSize } from '../../../domain/feeds.ts';
import * as paths from '../../../domain/paths.ts';
import { onlyChanged } from '../../../queries/changed.ts';
import { getRss } from '../../../queries/feeds.ts';
import { getPaper } from '../../../queries/paper.ts';
import { site } from '../../../site.ts';

/** The feed of a tag, also under the former ids of those that were merged into it. */
export const getStaticPaths = (async (options) => {
	const paper = await getPaper();
	const feeds = paper.tags.flatMap(({ subject, places }) =>
		[subject.id, ...paper.formerIdsOf(subject)].map((id) => ({
			params: { tag: id },
			props: { tag: subject, places: places.slice(0, tagFeedSize) },
		})),
	);
	return onlyChanged(options, feeds);
}) satisfies GetStaticPaths;

type Props = InferGetStaticPropsType<typeof getStaticPaths>;

export function GET({ props: { tag, places } }: APIContext<Props>): Promise<Response> {
	const document = { ...subjectFeed(tag, paths.tag(tag.id)), holds: site.tagFeeds };
	return getRss(document, places);
}
