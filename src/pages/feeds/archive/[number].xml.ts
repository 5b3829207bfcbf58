import type { APIContext, GetStaticPaths, InferGetStaticPropsType } from 'astro';
import { toArchives } from '../../../domain/feed-history.ts';
import { getRss } from '../../../queries/feeds.ts';
import { getPaper } from '../../../queries/paper.ts';

export const getStaticPaths = (async () => {
	const { articles } = await getPaper();
	return [...toArchives(articles)].map(([number, archive]) => ({
		params: { number: String(number) },
		props: { ...archive },
	}));
}) satisfies GetStaticPaths;

type Props = InferGetStaticPropsType<typeof getStaticPaths>;

export function GET({ props: { document, articles } }: APIContext<Props>): Promise<Response> {
	return getRss(document, articles);
}
