import type { APIRoute, GetStaticPaths, InferGetStaticPropsType } from 'astro';
import { onlyChanged } from '../../../queries/changed.ts';
import { getOutlines, handOverRecords } from '../../../queries/search.ts';

export const getStaticPaths = (async (options) => {
	const outlines = await getOutlines();
	return onlyChanged(
		options,
		outlines.map(({ month, articles }) => ({ params: { month }, props: { month, articles } })),
	);
}) satisfies GetStaticPaths;

/** Stands for a part of the index, which the build makes of what is handed over. The edition keeps nothing of it. */
export const GET: APIRoute<InferGetStaticPropsType<typeof getStaticPaths>> = async ({ props }) => {
	await handOverRecords(props.month, props.articles);
	return new Response();
};
