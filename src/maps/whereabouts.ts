import { geoContains } from 'd3-geo';
import { earthRadius } from './frame.ts';
import type { Geodata } from './geodata.ts';
import { distanceBetween } from './sphere.ts';
import type { MapPlace, MapSubject } from './subject.ts';

/** In kilometres: outlines of this scale miss ports, islands and places on a border by some of them. */
const blur = 50;

/**
 * Returns how far a place lies from a country, in kilometres, up to the nearest corner of its outline: 0 inside it,
 * infinitely far from a country that is not on the map.
 */
function gapToCountry({ longitude, latitude }: MapPlace, code: string, { countries }: Geodata): number {
	const outline = countries.get(code)?.outline;
	if (!outline) return Infinity;
	const point: [number, number] = [longitude, latitude];
	if (geoContains(outline, point)) return 0;
	const rings = outline.type === 'Polygon' ? outline.coordinates : outline.coordinates.flat();
	const gap = rings.flat().reduce((least, [x = 0, y = 0]) => Math.min(least, distanceBetween(point, [x, y])), Infinity);
	return gap * earthRadius;
}

/** Returns the distance of two places in kilometres. */
function gapBetween(a: MapPlace, b: MapPlace): number {
	return distanceBetween([a.longitude, a.latitude], [b.longitude, b.latitude]) * earthRadius;
}

/** Tells whether a place that does not lie in its country would do so with its coordinates the other way round. */
export function isTurnedInCountry(place: MapPlace, code: string, geodata: Geodata): boolean {
	const { written, turned } = gapsOf(place, (point) => gapToCountry(point, code, geodata));
	return written > blur && turned <= blur;
}

/**
 * Tells whether a place that lies on another part of the globe than the rest of its map would lie close to it with its
 * coordinates the other way round.
 */
export function isTurnedOnMap(place: MapPlace, { places, route, countries }: MapSubject, geodata: Geodata): boolean {
	const others = [...places, ...route].filter((other) => gapBetween(place, other) > 0);
	const { written, turned } = gapsOf(place, (point) =>
		Math.min(
			...others.map((other) => gapBetween(point, other)),
			...countries.map((code) => gapToCountry(point, code, geodata)),
		),
	);
	// At sea there is little to show. On land, Moscow lies 2,500 km from Ashgabat and close to it the other way round.
	const isOnLand = nearestCountry(place, geodata)?.gap === 0;
	return isOnLand ? written > 3000 && turned <= 500 : written > 1000 && turned < written / 3;
}

/** Returns how far a place lies from something as it is written, and with its coordinates the other way round. */
function gapsOf(place: MapPlace, gapOf: (place: MapPlace) => number): { written: number; turned: number } {
	const { longitude, latitude } = place;
	const turned = Math.abs(longitude) <= 90 ? gapOf({ ...place, longitude: latitude, latitude: longitude }) : Infinity;
	return { written: gapOf(place), turned };
}

/** Returns the names of the countries that a map is about, or else of those in which its places and its route lie. */
export function countriesOf({ places, route, countries }: MapSubject, geodata: Geodata): string[] {
	const around = [...places, ...route].map((place) => nearestCountry(place, geodata)?.code);
	const codes = countries.length > 0 ? countries : around.filter((code) => code !== undefined);
	return [...new Set(codes)].map((code) => geodata.countries.get(code)?.name ?? code);
}

/** Returns the country in which or next to which a place lies, and how far from it in kilometres; nothing on the open sea. */
function nearestCountry(place: MapPlace, geodata: Geodata): { code: string; gap: number } | undefined {
	const point: [number, number] = [place.longitude, place.latitude];
	return [...geodata.countries]
		.filter(([, { circle }]) => (distanceBetween(circle.centre, point) - circle.radius) * earthRadius <= blur)
		.map(([code]) => ({ code, gap: gapToCountry(place, code, geodata) }))
		.filter(({ gap }) => gap <= blur)
		.sort((a, b) => a.gap - b.gap || (a.code < b.code ? -1 : 1))[0];
}
