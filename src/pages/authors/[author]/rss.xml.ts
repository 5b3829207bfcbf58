import type { APIContext, GetStaticPaths, InferGetStaticPropsType } from 'astro';
import { getRss, getSubjectFeeds } from '../../../queries/feeds.ts';

export const getStaticPaths = ((options) => getSubjectFeeds(options, 'author')) satisfies GetStaticPaths;

type Props = InferGetStaticPropsType<typeof getStaticPaths>;

export function GET({ props: { list, places } }: APIContext<Props>): Promise<Response> {
	return getRss(list, places);
}
