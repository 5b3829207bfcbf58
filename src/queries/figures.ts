import { createHash } from 'node:crypto';
import { getImage } from 'astro:assets';
import type { Article } from '../domain/articles.ts';
import { describeMap, type FeedImage, type ShownFigure } from '../domain/figures.ts';
import * as paths from '../domain/paths.ts';
import { readGeodata } from '../geodata.ts';
import { drawMap, type MapDrawing } from '../maps/draw.ts';
import { mapSize } from '../maps/frame.ts';
import type { MapPlace } from '../maps/subject.ts';
import { toSvg } from '../maps/svg.ts';
import type { Figure, LocatorMap } from '../schemas/figure.ts';
import { keepDrawing } from './drawings.ts';

const drawings = new WeakMap<LocatorMap, MapDrawing>();

/** Returns the drawing of a map, made once. */
export function drawingOf(map: LocatorMap): MapDrawing {
	const drawing = drawings.get(map) ?? drawMap(map, readGeodata());
	drawings.set(map, drawing);
	return drawing;
}

/** Returns everything from which the drawing of a map follows. */
export function subjectOf({ places, route, countries }: LocatorMap): readonly unknown[] {
	const toPosition = ({ name, longitude, latitude, isArea }: MapPlace) => [name, longitude, latitude, isArea];
	return [places.map(toPosition), route.map(toPosition), countries];
}

/** Returns what stands for a map in the address of its picture: another for every map. */
export function digestOfMap(map: LocatorMap): string {
	return createHash('sha256')
		.update(JSON.stringify(subjectOf(map)))
		.digest('hex')
		.slice(0, 10);
}

/** Returns the figure as pages show it. */
export async function showFigure(figure: Figure): Promise<ShownFigure> {
	if (figure.kind !== 'map') return figure;
	const description = describeMap(figure);
	const svg = await keepDrawing('svg', [subjectOf(figure), description], () =>
		Buffer.from(toSvg(drawingOf(figure), description)),
	);
	return { ...figure, svg: new TextDecoder().decode(svg) };
}

/** Returns a figure's picture and its description for feeds; nothing where the figure is none. */
export async function getFeedImage(
	article: Article,
	figure: Figure,
): Promise<{ image: FeedImage; description: string } | undefined> {
	if (figure.kind === 'map') {
		const src = paths.toAbsolute(paths.mapPicture(article.id, digestOfMap(figure)));
		return { image: { src, ...mapSize }, description: describeMap(figure) };
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
