import { geoPath, type GeoProjection } from 'd3-geo';
import { toCountryNames } from './country-names.ts';
import { fitProjection, mapSize, type Point, type Size, toPoint } from './frame.ts';
import type { Geodata } from './geodata.ts';
import { drawGround, type Ground } from './ground.ts';
import { around, type Box, boxAround, type Candidate, type Label, placeLabels } from './labels.ts';
import { drawGlobe, type Globe, placeScale, type Scale, scaleBox } from './marks.ts';
import { Outline } from './outline.ts';
import type { MapPlace, MapSubject } from './subject.ts';

/** Sizes of type in units of the drawing: on wide screens, and where 720 units are shown on some 280 pixels. */
export const typeSizes = { wide: 17, narrow: 28 } as const;

/** Radii of pins in units of the drawing. */
export const pinRadii = { wide: 6, narrow: 10 } as const;

export type Screen = keyof typeof typeSizes;

/** A map, ready to be written as an SVG or to be painted. All numbers are units of the drawing. */
export interface MapDrawing extends Size, Ground {
	/** A line, as an SVG path. */
	route: string;
	pins: readonly Point[];
	labels: Readonly<Record<Screen, readonly Label[]>>;
	scale: Scale;
	globe: Globe | undefined;
	/** Turns longitude and latitude into units of the drawing. */
	projection: GeoProjection;
}

const edge = 10;

/**
 * Draws a locator map.
 * @param isLenient true leaves out the names that find no room, those of places last, and takes outlines of any length
 * @throws RangeError where a name finds no room or a country is unknown: what is wrong, and how to mend it
 */
export function drawMap(subject: MapSubject, geodata: Geodata, size: Size = mapSize, isLenient = false): MapDrawing {
	const projection = fitProjection(subject, geodata, size);
	const { ground, parts } = drawGround(projection, geodata, subject.countries, size, isLenient);
	const pins = subject.places.filter(({ isArea }) => !isArea).map((place) => toPoint(projection, place));
	const line = boxesAlong(subject.route.map((place) => toPoint(projection, place)));
	const taken = [...pins, ...line.map(({ left, top }) => ({ x: left, y: top }))];
	const globe = drawGlobe(projection, geodata.globe, size, taken);
	const scale = placeScale(projection, size, taken, globe && boxAround(globe, globe.radius), typeSizes.narrow);
	const countryNames = toCountryNames(parts, geodata);
	const label = (screen: Screen): Label[] => {
		const type = typeSizes[screen];
		const places = subject.places.map((place) => namePlace(place, toPoint(projection, place), screen));
		const frame = { left: edge, top: edge, right: size.width - edge, bottom: size.height - edge };
		const obstacles = [
			...pins.map((pin) => boxAround(pin, pinRadii[screen] + 2)),
			...(globe ? [boxAround(globe, globe.radius + 4)] : []),
			scaleBox(scale, type),
		];
		return placeLabels([...places, ...countryNames(type)], type, frame, obstacles, line, isLenient);
	};
	return {
		...size,
		...ground,
		route: drawRoute(projection, subject.route),
		pins,
		labels: { wide: label('wide'), narrow: label('narrow') },
		scale,
		globe,
		projection,
	};
}

function drawRoute(projection: GeoProjection, route: readonly MapPlace[]): string {
	const outline = new Outline(1);
	const coordinates = route.map(({ longitude, latitude }) => [longitude, latitude]);
	geoPath(projection, outline)({ type: 'LineString', coordinates });
	return outline.toPath(0);
}

function namePlace({ name, isArea }: MapPlace, { x, y }: Point, screen: Screen): Candidate {
	const type = typeSizes[screen];
	if (!isArea) return { text: name, role: 'place', isRequired: true, positions: around(x, y, type, pinRadii[screen]) };
	const middle = { x, y: Math.round(y + type * 0.3), anchor: 'middle' as const };
	return { text: name, role: 'area', isRequired: true, positions: [middle, ...around(x, y, type, 0)] };
}

/** Returns small boxes on the way along a line. */
function boxesAlong(line: readonly Point[]): Box[] {
	return line.flatMap((end, i) => {
		const start = line[i - 1];
		if (!start) return [];
		const steps = Math.ceil(Math.hypot(end.x - start.x, end.y - start.y) / 6);
		return Array.from({ length: steps + 1 }, (_, step) => {
			const share = step / (steps || 1);
			return boxAround({ x: start.x + (end.x - start.x) * share, y: start.y + (end.y - start.y) * share }, 2);
		});
	});
}
