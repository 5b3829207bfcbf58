import type { APIRoute, GetStaticPaths, InferGetStaticPropsType } from 'astro';
import { figuresOf } from '../../../../domain/figures.ts';
import { digestOfMap } from '../../../../queries/figures.ts';
import { onlyChanged } from '../../../../queries/changed.ts';
import { getPaper } from '../../../../queries/paper.ts';
import { getMapPicture } from '../../../../queries/pictures.ts';

export const getStaticPaths = (async (options) => {
	const { articles } = await getPaper();
	const pages = articles.flatMap((article) => {
		const [year, month, slug] = article.id.split('/');
		const maps = figuresOf(article).filter((figure) => figure.kind === 'map');
		// A map that an article shows twice is one picture.
		return [...new Map(maps.map((map) => [digestOfMap(map), map]))].map(([digest, map]) => ({
			params: { year, month, slug, digest },
			props: { map },
		}));
	});
	return onlyChanged(options, pages);
}) satisfies GetStaticPaths;

export const GET: APIRoute<InferGetStaticPropsType<typeof getStaticPaths>> = ({ props }) => getMapPicture(props.map);
