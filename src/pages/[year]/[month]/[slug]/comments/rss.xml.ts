import type { APIContext, GetStaticPaths, InferGetStaticPropsType } from 'astro';
import { getCommentedPages } from '../../../../../queries/comments.ts';
import { getCommentsRss } from '../../../../../queries/feeds.ts';

export const getStaticPaths = getCommentedPages satisfies GetStaticPaths;

type Props = InferGetStaticPropsType<typeof getStaticPaths>;

export function GET({ props: { article, threads } }: APIContext<Props>): Promise<Response> {
	return getCommentsRss(article, threads);
}
