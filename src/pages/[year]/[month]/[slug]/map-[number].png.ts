import type { APIRoute, GetStaticPaths, InferGetStaticPropsType } from 'astro';
import { figuresOf } from '../../../../domain/figures.ts';
import { getPaper } from '../../../../queries/paper.ts';
import { getMapPicture } from '../../../../queries/pictures.ts';

export const getStaticPaths = (async () => {
	const { articles } = await getPaper();
	return articles.flatMap((article) => {
		const [year, month, slug] = article.id.split('/');
		return figuresOf(article).flatMap((figure, i) =>
			figure.kind === 'map' ? [{ params: { year, month, slug, number: String(i + 1) }, props: { map: figure } }] : [],
		);
	});
}) satisfies GetStaticPaths;

export const GET: APIRoute<InferGetStaticPropsType<typeof getStaticPaths>> = ({ props }) => getMapPicture(props.map);
