import type { APIRoute, GetStaticPaths, InferGetStaticPropsType } from 'astro';
import { onlyChanged } from '../../../queries/changed.ts';
import { getOutlines, readRecord } from '../../../queries/search.ts';

export const getStaticPaths = (async (options) => {
	const outlines = await getOutlines();
	return onlyChanged(
		options,
		outlines.map(({ month, articles }) => ({ params: { month }, props: { articles } })),
	);
}) satisfies GetStaticPaths;

/** What a part of the index is made of, a line of JSON for each article of a month. The edition does not keep it. */
export const GET: APIRoute<InferGetStaticPropsType<typeof getStaticPaths>> = async ({ props }) => {
	const lines: string[] = [];
	for (const article of props.articles) lines.push(JSON.stringify(await readRecord(article)));
	return new Response(lines.join('\n'));
};
