import { geoAzimuthalEqualArea, geoCentroid, type GeoProjection } from 'd3-geo';
import type { Position } from 'geojson';
import type { Circle, Geodata } from './geodata.ts';
import { distanceBetween } from './sphere.ts';
import type { MapPlace, MapSubject } from './subject.ts';

export interface Size {
	width: number;
	height: number;
}

export interface Point {
	x: number;
	y: number;
}

/** The size of maps on pages and in feeds, in units of the drawing. */
export const mapSize: Size = { width: 720, height: 500 };

export const earthRadius = 6371.0088;
/** Of a map of one place or of places near each other, in kilometres. */
const leastWidth = 1300;

/** Returns where a place stands, in whole units of the drawing. */
export function toPoint(projection: GeoProjection, { longitude, latitude }: MapPlace): Point {
	const [x = NaN, y = NaN] = projection([longitude, latitude]) ?? [];
	return { x: Math.round(x), y: Math.round(y) };
}

/** Tells whether a circle on the sphere reaches into the frame. */
export function isInView(circle: Circle | undefined, projection: GeoProjection, { width, height }: Size): boolean {
	const centre = projection.invert?.([width / 2, height / 2]);
	if (!circle || !centre) return true;
	const reach = Math.hypot(width, height) / 2 / projection.scale();
	return distanceBetween(circle.centre, centre) <= circle.radius + reach * 1.2;
}

/**
 * Returns a Lambert azimuthal equal-area projection, north at the top, whose frame holds all that the map is about.
 * @throws RangeError where a country is unknown
 */
export function fitProjection(
	{ places, route, countries }: MapSubject,
	geodata: Geodata,
	{ width, height }: Size,
): GeoProjection {
	const extents = countries.map((code) => {
		const country = geodata.countries.get(code);
		if (!country) throw new RangeError(`names “${code}”, which is no country on the map`);
		return country.extent;
	});
	const points: Position[] = [
		...[...places, ...route].map(({ longitude, latitude }) => [longitude, latitude]),
		...extents.flat(),
	];
	// Places alone are shown with the land around them.
	const share = countries.length > 0 ? 0.9 : 0.6;
	const projection = geoAzimuthalEqualArea().scale(1).translate([0, 0]).precision(0.5);
	let centre = geoCentroid({ type: 'MultiPoint', coordinates: points });
	for (let round = 0; ; round++) {
		projection.scale(1).translate([0, 0]).rotate([-centre[0], -centre[1]]);
		const projected = points.map(
			([longitude = 0, latitude = 0]): [number, number] => projection([longitude, latitude]) ?? [0, 0],
		);
		const { least: left, most: right } = rangeOf(projected.map(([x]) => x));
		const { least: top, most: bottom } = rangeOf(projected.map(([, y]) => y));
		const middle: [number, number] = [(left + right) / 2, (top + bottom) / 2];
		const next = projection.invert?.(middle);
		if (round < 4 && next) {
			centre = next;
			continue;
		}
		const scale = Math.min(
			(width * share) / (right - left || 1e-9),
			(height * share) / (bottom - top || 1e-9),
			(mapSize.width * earthRadius) / leastWidth,
		);
		return projection
			.scale(scale)
			.translate([width / 2 - middle[0] * scale, height / 2 - middle[1] * scale])
			.clipExtent([
				[-2, -2],
				[width + 2, height + 2],
			]);
	}
}

export function rangeOf(values: readonly number[]): { least: number; most: number } {
	return values.reduce(({ least, most }, value) => ({ least: Math.min(least, value), most: Math.max(most, value) }), {
		least: Infinity,
		most: -Infinity,
	});
}
