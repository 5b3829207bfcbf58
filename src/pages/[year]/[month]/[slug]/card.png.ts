import type { APIRoute, GetStaticPaths, InferGetStaticPropsType } from 'astro';
import { getPaper } from '../../../../queries/paper.ts';
import { getCard } from '../../../../queries/pictures.ts';

export const getStaticPaths = (async () => {
	const { articles } = await getPaper();
	return articles.map((article) => {
		const [year, month, slug] = article.id.split('/');
		return { params: { year, month, slug }, props: { article } };
	});
}) satisfies GetStaticPaths;

export const GET: APIRoute<InferGetStaticPropsType<typeof getStaticPaths>> = ({ props }) => getCard(props.article);
