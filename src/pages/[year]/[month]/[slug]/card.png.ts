import type { APIRoute, GetStaticPaths, InferGetStaticPropsType } from 'astro';
import { onlyChanged } from '../../../../queries/changed.ts';
import { getPaper } from '../../../../queries/paper.ts';
import { getCard, toCard } from '../../../../queries/pictures.ts';

export const getStaticPaths = (async (options) => {
	const { articles } = await getPaper();
	return onlyChanged(
		options,
		articles.map((article) => {
			const [year, month, slug] = article.id.split('/');
			return { params: { year, month, slug }, props: toCard(article) };
		}),
	);
}) satisfies GetStaticPaths;

export const GET: APIRoute<InferGetStaticPropsType<typeof getStaticPaths>> = ({ props }) => getCard(props);
