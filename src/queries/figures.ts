import { getImage } from 'astro:assets';
import type { Article } from '../domain/articles.ts';
import { describeMap, type FeedImage, type ShownFigure } from '../domain/figures.ts';
import * as paths from '../domain/paths.ts';
import { readGeodata } from '../geodata.ts';
import { drawMap, type MapDrawing } from '../maps/draw.ts';
import { mapSize } from '../maps/frame.ts';
import { toSvg } from '../maps/svg.ts';
import type { Figure, LocatorMap } from '../schemas/figure.ts';

const drawings = new WeakMap<LocatorMap, MapDrawing>();

/** Returns the drawing of a map, made once. */
export function drawingOf(map: LocatorMap): MapDrawing {
	const drawing = drawings.get(map) ?? drawMap(map, readGeodata());
	drawings.set(map, drawing);
	return drawing;
}

/** Returns the figures as pages show them. */
export function showFigure(figure: Figure): ShownFigure {
	if (figure.kind !== 'map') return figure;
	const drawing = drawingOf(figure);
	return { ...figure, svg: toSvg(drawing, describeMap(figure, drawing.countries)) };
}

/**
 * Returns a figure's picture and its description for feeds; nothing where the figure is none.
 * @param number counts the article's figures from 1, the one above its text first
 */
export async function getFeedImage(
	article: Article,
	figure: Figure,
	number: number,
): Promise<{ image: FeedImage; description: string } | undefined> {
	if (figure.kind === 'map') {
		const src = paths.toAbsolute(paths.mapPicture(article.id, number));
		return { image: { src, ...mapSize }, description: describeMap(figure, drawingOf(figure).countries) };
	}
	if (figure.kind !== 'picture' || !figure.image) return undefined;
	// Astro publishes the original of a picture whose size is asked of itself, with all that the camera wrote into it.
	const { options } = await getImage({ src: figure.image, format: 'jpg' });
	const width = Math.min(1280, options.width ?? 1280);
	const { src, attributes } = await getImage({ src: figure.image, width, format: 'jpg' });
	const image = {
		src: paths.toAbsolute(src),
		width: Number(attributes['width']),
		height: Number(attributes['height']),
	};
	return { image, description: figure.alt };
}
