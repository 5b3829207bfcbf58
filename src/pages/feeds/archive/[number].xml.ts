import type { APIContext, GetStaticPaths, InferGetStaticPropsType } from 'astro';
import { toArchives } from '../../../domain/feed-history.ts';
import { onlyChanged } from '../../../queries/changed.ts';
import { getRss } from '../../../queries/feeds.ts';
import { getPaper } from '../../../queries/paper.ts';

export const getStaticPaths = (async (options) => {
	const archives = toArchives(await getPaper());
	return onlyChanged(
		options,
		[...archives].map(([number, archive]) => ({ params: { number: String(number) }, props: { ...archive } })),
	);
}) satisfies GetStaticPaths;

type Props = InferGetStaticPropsType<typeof getStaticPaths>;

export function GET({ props: { document, places } }: APIContext<Props>): Promise<Response> {
	return getRss(document, places);
}
