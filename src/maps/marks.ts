import { geoOrthographic, geoPath, type GeoProjection } from 'd3-geo';
import { feature } from 'topojson-client';
import { simplify } from 'topojson-simplify';
import { site } from '../site.ts';
import { earthRadius, type Point, type Size } from './frame.ts';
import type { World } from './geodata.ts';
import { type Box, boxAround, boxOf, holds, type Label } from './labels.ts';
import { Outline } from './outline.ts';

/** A globe that shows where in the world a map lies. */
export interface Globe extends Point {
	radius: number;
	land: string;
	/** The frame of the map on the globe: a line. */
	mark: string;
}

/** A bar of a round number of kilometres, right in the middle of the map. */
export interface Scale extends Point {
	length: number;
	kilometres: number;
}

const kilometreFormat = new Intl.NumberFormat(site.language, {
	style: 'unit',
	unit: 'kilometer',
	useGrouping: false,
});

const globeRadius = 42;
const edge = 10;

/** Returns a globe in a corner that is free; nothing where there is none, or where the map shows a large part of the world. */
export function drawGlobe(
	projection: GeoProjection,
	world: World,
	{ width, height }: Size,
	taken: readonly Point[],
): Globe | undefined {
	const centre = projection.invert?.([width / 2, height / 2]);
	const reach = Math.hypot(width, height) / 2 / projection.scale();
	if (!centre || reach > 0.8) return undefined;
	const near = globeRadius + edge;
	const corner = [
		{ x: width - near, y: near },
		{ x: near, y: near },
		{ x: width - near, y: height - near },
		{ x: near, y: height - near },
	].find((point) => !taken.some((other) => holds(boxAround(point, globeRadius + 16), other)));
	if (!corner) return undefined;
	const globe = geoOrthographic()
		.scale(globeRadius)
		.translate([corner.x, corner.y])
		.rotate([-centre[0], -centre[1]])
		.precision(2);
	const outline = new Outline(3);
	geoPath(globe, outline)(feature(simplify(world, 12), world.objects.land));
	const mark = (extent: number) =>
		Math.max(4, Math.round(globeRadius * Math.sin(Math.min(1.5, extent / 2 / projection.scale()))));
	const [east, south] = [mark(width), mark(height)];
	return {
		...corner,
		radius: globeRadius,
		land: outline.toPath(12),
		mark: `M${corner.x - east} ${corner.y - south}h${2 * east}v${2 * south}h${-2 * east}z`,
	};
}

/** Returns a scale at the lower edge, where it covers nothing of the points given if it can. */
export function placeScale(
	projection: GeoProjection,
	{ width, height }: Size,
	taken: readonly Point[],
	globe: Box | undefined,
	type: number,
): Scale {
	const unitsPerKilometre = projection.scale() / earthRadius;
	const lengths = [1, 2, 5].flatMap((digit) => [10, 100, 1000].map((power) => digit * power));
	const kilometres = Math.max(10, ...lengths.filter((length) => length * unitsPerKilometre <= width / 5));
	const length = Math.round(kilometres * unitsPerKilometre);
	const y = height - 16;
	const spots = [16, width - 16 - length, Math.round((width - length) / 2)].map((x) => ({ x, y, length, kilometres }));
	const isFree = (spot: (typeof spots)[number]) => {
		const box = scaleBox(spot, type);
		const around = { left: box.left - 6, right: box.right + 6, top: box.top - 6, bottom: box.bottom + 20 };
		const isUnderGlobe = globe && globe.left < box.right && box.left < globe.right && globe.bottom > box.top;
		return !isUnderGlobe && !taken.some((point) => holds(around, point));
	};
	return spots.find(isFree) ?? { x: 16, y, length, kilometres };
}

/** Returns the bar of a scale: a line. */
export function scaleBar({ x, y, length }: Scale): string {
	return `M${x} ${y - 4}v4h${length}v-4`;
}

/** Returns what stands above the bar of a scale. */
export function scaleLabel({ x, y, kilometres }: Scale): Omit<Label, 'box'> {
	return { text: kilometreFormat.format(kilometres), role: 'place', x, y: y - 8, anchor: 'start' };
}

/** Returns the room of the scale: its bar, and its text above it. */
export function scaleBox(scale: Scale, type: number): Box {
	const label = scaleLabel(scale);
	const text = boxOf(label.text, type, { ...label, y: scale.y - 6 });
	return {
		left: scale.x - 8,
		right: Math.max(text.right, scale.x + scale.length + 8),
		top: text.top - 6,
		bottom: scale.y + 8,
	};
}
