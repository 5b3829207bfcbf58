import type { APIContext, GetStaticPaths, InferGetStaticPropsType } from 'astro';
import { feedSize, subjectFeed } from '../../../domain/feeds.ts';
import * as paths from '../../../domain/paths.ts';
import { getJsonFeed } from '../../../queries/feeds.ts';
import { getPaper } from '../../../queries/paper.ts';

export const getStaticPaths = (async () => {
	const { authors } = await getPaper();
	return authors.map((listed) => ({ params: { author: listed.subject.id }, props: { ...listed } }));
}) satisfies GetStaticPaths;

type Props = InferGetStaticPropsType<typeof getStaticPaths>;

export function GET({ props: { subject, articles } }: APIContext<Props>): Promise<Response> {
	return getJsonFeed(subjectFeed(subject, paths.author(subject.id)), articles.slice(0, feedSize));
}
