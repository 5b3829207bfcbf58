import type { APIContext, GetStaticPaths, InferGetStaticPropsType } from 'astro';
import { toArchives } from '../../../domain/feed-history.ts';
import { getRss } from '../../../queries/feeds.ts';
import { getPaper } from '../../../queries/paper.ts';

export const getStaticPaths = (async () => {
	return [...toArchives(await getPaper())].map(([number, archive]) => ({
		params: { number: String(number) },
		props: { ...archive },
	}));
}) satisfies GetStaticPaths;

type Props = InferGetStaticPropsType<typeof getStaticPaths>;

export function GET({ props: { document, places } }: APIContext<Props>): Promise<Response> {
	return getRss(document, places);
}
