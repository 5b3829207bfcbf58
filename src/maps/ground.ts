import { type GeoPermissibleObjects, geoPath, type GeoProjection } from 'd3-geo';
import { feature, merge, mesh } from 'topojson-client';
import { simplify } from 'topojson-simplify';
import { isInView, type Size } from './frame.ts';
import { type Geodata, isArea, toCode } from './geodata.ts';
import { Outline } from './outline.ts';

/** What a map shows without its names: SVG paths. */
export interface Ground {
	/** Land that the map is not about, and land that it is about: areas. */
	land: string;
	focus: string;
	lakes: string;
	/** Borders on land, each once: lines. */
	borders: string;
}

/** A country in the frame. */
export interface Part {
	code: string;
	isFocus: boolean;
	outline: Outline;
}

/** In square units of the drawing: what a point must change of its outline to be kept; coarser where there is too much. */
const tolerances = [12, 20, 32, 64, 128];
/** Of all paths together, in characters: some 1,900 bytes when compressed. */
const longest = 5000;

/**
 * Draws land, lakes and borders, as finely as a page has room for.
 * @param codes countries that the map is about
 * @param isLenient true takes the coarsest drawing where all are too long
 */
export function drawGround(
	projection: GeoProjection,
	geodata: Geodata,
	codes: readonly string[],
	size: Size,
	isLenient: boolean,
): { ground: Ground; parts: Part[] } {
	for (const tolerance of tolerances) {
		const drawn = drawAt(tolerance, projection, geodata, codes, size);
		const { land, focus, lakes, borders } = drawn.ground;
		const { length } = land + focus + lakes + borders;
		if (length <= longest || (isLenient && tolerance === tolerances.at(-1))) return drawn;
	}
	throw new RangeError('shows too much of the world in too much detail. Name fewer countries');
}

function drawAt(
	tolerance: number,
	projection: GeoProjection,
	{ world, circles, lakes }: Geodata,
	codes: readonly string[],
	size: Size,
): { ground: Ground; parts: Part[] } {
	const degreesPerUnit = 180 / Math.PI / projection.scale();
	const simple = simplify(world, tolerance * degreesPerUnit ** 2);
	const { countries } = simple.objects;
	const inView = {
		...countries,
		geometries: countries.geometries.filter((_, i) => isInView(circles[i], projection, size)),
	};
	const isFocus = ({ id }: { id?: string | number | undefined }) => codes.includes(toCode(id) ?? '');
	const draw = (shape: GeoPermissibleObjects, nearest = 1) => {
		const outline = new Outline(nearest);
		geoPath(projection, outline)(shape);
		return outline;
	};
	const areas = inView.geometries.filter((geometry) => isArea(geometry));
	const ground = {
		land: draw(
			merge(
				simple,
				areas.filter((area) => !isFocus(area)),
			),
		).toPath(tolerance),
		focus: draw(merge(simple, areas.filter(isFocus))).toPath(tolerance),
		lakes: draw(lakes, 3).toPath(2 * tolerance),
		borders: draw(mesh(simple, inView, (a, b) => a !== b)).toPath(0),
	};
	const parts = feature(simple, inView).features.flatMap((shape): Part[] => {
		const code = toCode(shape.id);
		return code === undefined ? [] : [{ code, isFocus: isFocus(shape), outline: draw(shape) }];
	});
	return { ground, parts };
}
