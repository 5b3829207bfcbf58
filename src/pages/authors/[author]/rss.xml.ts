import rss from '@astrojs/rss';
import type { APIContext, GetStaticPaths, InferGetStaticPropsType } from 'astro';
import { feedSize } from '../../../domain/feeds.ts';
import * as paths from '../../../domain/paths.ts';
import { getFeed } from '../../../queries/feeds.ts';
import { getPaper } from '../../../queries/paper.ts';
import { site } from '../../../site.ts';
import { words } from '../../../words/words.ts';

export const getStaticPaths = (async () => {
	const { authors } = await getPaper();
	return authors.map((listed) => ({ params: { author: listed.subject.id }, props: { ...listed } }));
}) satisfies GetStaticPaths;

type Props = InferGetStaticPropsType<typeof getStaticPaths>;

export async function GET({ props: { subject, articles } }: APIContext<Props>): Promise<Response> {
	const list = {
		title: words.feedTitle(subject.name, site.title),
		description: subject.description,
		list: paths.author(subject.id),
	};
	return rss(await getFeed(list, articles, feedSize));
}
