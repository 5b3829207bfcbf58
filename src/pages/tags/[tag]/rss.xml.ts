import type { APIContext, GetStaticPaths, InferGetStaticPropsType } from 'astro';
import { subjectFeed, tagFeedSize } from '../../../domain/feeds.ts';
import * as paths from '../../../domain/paths.ts';
import { getRss } from '../../../queries/feeds.ts';
import { getPaper } from '../../../queries/paper.ts';
import { site } from '../../../site.ts';

/** The feed of a tag, also under the former ids of those that were merged into it. */
export const getStaticPaths = (async () => {
	const { tags, tagRedirects } = await getPaper();
	const lists = new Map(tags.map((listed) => [listed.subject, listed.articles]));
	const former = tagRedirects.filter(({ isFormer }) => isFormer);
	return [...tags.map(({ subject }) => ({ slug: subject.id, tag: subject })), ...former].map(({ slug, tag }) => ({
		params: { tag: slug },
		props: { tag, articles: lists.get(tag) ?? [] },
	}));
}) satisfies GetStaticPaths;

type Props = InferGetStaticPropsType<typeof getStaticPaths>;

export function GET({ props: { tag, articles } }: APIContext<Props>): Promise<Response> {
	const document = { ...subjectFeed(tag, paths.tag(tag.id)), holds: site.tagFeeds };
	return getRss(document, articles.slice(0, tagFeedSize));
}
