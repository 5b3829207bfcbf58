import { type Point, rangeOf } from './frame.ts';
import type { Geodata } from './geodata.ts';
import type { Part } from './ground.ts';
import { type Box, boxOf, type Candidate } from './labels.ts';
import { areaOf } from './outline.ts';

interface CountryName {
	text: string;
	isFocus: boolean;
	/** Points inside the largest visible part of the country, those with most room around them first. */
	spots: readonly Point[];
	/** Tells whether a box lies inside that part. */
	holds: (box: Box) => boolean;
	/** In square units of the drawing. */
	area: number;
}

/** In square units of the drawing: what shows less of itself has no name. */
const smallest = 400;

/**
 * Finds places for the names of the countries in the frame.
 * @returns a function from a size of type to the names that may be placed: first those that the map is about, which may
 *   reach over their borders, then the others, which may not; larger countries first
 */
export function toCountryNames(parts: readonly Part[], geodata: Geodata): (type: number) => Candidate[] {
	const names = parts
		.flatMap((part) => nameCountry(part, geodata))
		.sort((a, b) => Number(b.isFocus) - Number(a.isFocus) || b.area - a.area);
	return (type) =>
		names.map(({ text, isFocus, spots, holds }): Candidate => {
			const positions = spots.map(({ x, y }) => ({ x, y: Math.round(y + type * 0.3), anchor: 'middle' as const }));
			const inside = positions.filter((position) => holds(boxOf(text, type, position)));
			return { text, role: 'country', isRequired: false, positions: isFocus ? [...inside, ...positions] : inside };
		});
}

function nameCountry({ code, isFocus, outline }: Part, { countries }: Geodata): CountryName[] {
	const country = countries.get(code);
	const [ring] = outline.lines.map(({ points }) => points).sort((a, b) => areaOf(b) - areaOf(a));
	if (!country || !ring || areaOf(ring) < smallest) return [];
	const { least: left, most: right } = rangeOf(ring.map(([x]) => x));
	const { least: top, most: bottom } = rangeOf(ring.map(([, y]) => y));
	const isIn = (point: Point) => isInside(point, ring);
	const columns = 16;
	const rows = 12;
	const edges = toEdges(thin(ring));
	const spots = Array.from({ length: columns * rows }, (_, i) => ({
		x: Math.round(left + ((right - left) * ((i % columns) + 0.5)) / columns),
		y: Math.round(top + ((bottom - top) * (Math.floor(i / columns) + 0.5)) / rows),
	}))
		.filter(isIn)
		.map((point) => ({ ...point, room: roomAt(point, edges) }))
		.sort((a, b) => b.room - a.room);
	const holds = (box: Box) => outlineOf(box).every(isIn);
	return [{ text: country.name, isFocus, spots, holds, area: areaOf(ring) }];
}

/** Leaves at most some hundred points of a line, which are enough to find room inside it. */
function thin<T>(points: readonly T[]): T[] {
	const step = Math.ceil(points.length / 120);
	return points.filter((_, i) => i % step === 0);
}

type Edge = readonly [a: readonly [number, number], b: readonly [number, number]];

function toEdges(ring: readonly (readonly [number, number])[]): Edge[] {
	return ring.map((point, i): Edge => [point, ring[(i + 1) % ring.length] ?? point]);
}

function outlineOf({ left, right, top, bottom }: Box): Point[] {
	const steps = [0, 0.25, 0.5, 0.75, 1];
	return steps.flatMap((step) => [top, bottom].map((y) => ({ x: left + (right - left) * step, y })));
}

/** Returns how much room a name has around a point. Names are wide: room to the sides counts less than above and below. */
function roomAt({ x, y }: Point, edges: readonly Edge[]): number {
	return edges.reduce((least, [[ax, ay], [bx, by]]) => {
		const [dx, dy, px, py] = [(bx - ax) / 3, by - ay, (x - ax) / 3, y - ay];
		const share = Math.max(0, Math.min(1, (px * dx + py * dy) / (dx * dx + dy * dy || 1)));
		return Math.min(least, Math.hypot(px - share * dx, py - share * dy));
	}, Infinity);
}

function isInside({ x, y }: Point, ring: readonly (readonly [number, number])[]): boolean {
	let inside = false;
	ring.forEach(([ax, ay], i) => {
		const [bx, by] = ring[(i + 1) % ring.length] ?? [ax, ay];
		if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
	});
	return inside;
}
