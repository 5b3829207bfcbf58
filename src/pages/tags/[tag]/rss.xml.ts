import rss from '@astrojs/rss';
import type { APIContext, GetStaticPaths, InferGetStaticPropsType } from 'astro';
import { tagFeedSize } from '../../../domain/feeds.ts';
import * as paths from '../../../domain/paths.ts';
import { getFeed } from '../../../queries/feeds.ts';
import { getPaper } from '../../../queries/paper.ts';
import { site } from '../../../site.ts';
import { words } from '../../../words/words.ts';

export const getStaticPaths = (async () => {
	const { tags } = await getPaper();
	return tags.map((listed) => ({ params: { tag: listed.subject.id }, props: { ...listed } }));
}) satisfies GetStaticPaths;

type Props = InferGetStaticPropsType<typeof getStaticPaths>;

export async function GET({ props: { subject, articles } }: APIContext<Props>): Promise<Response> {
	const list = {
		title: words.feedTitle(subject.name, site.title),
		description: subject.description ?? words.articlesAbout(subject.name, site.title),
		list: paths.tag(subject.id),
	};
	return rss(await getFeed(list, articles, tagFeedSize));
}
