import { geoArea, geoCentroid } from 'd3-geo';
import type { Feature, FeatureCollection, Geometry, MultiPolygon, Polygon, Position } from 'geojson';
import { feature } from 'topojson-client';
import { presimplify } from 'topojson-simplify';
import { distanceBetween } from './sphere.ts';
import type {
	GeometryCollection,
	GeometryObject,
	MultiPolygon as TopologyMultiPolygon,
	Polygon as TopologyPolygon,
	Topology,
} from 'topojson-specification';

type Shape = Feature<Polygon | MultiPolygon>;
type Named = Record<'name', string>;

/** The outline of a country in a topology. */
export type Outlined = GeometryObject<Named>;
export type World = Topology<{ countries: GeometryCollection<Named>; land: GeometryCollection }>;
export type Lakes = FeatureCollection<Polygon | MultiPolygon>;

/** A country of the world's outlines. */
interface Country {
	/** In the paper's language. */
	name: string;
	outline: Polygon | MultiPolygon;
	/** A circle around the outline. */
	circle: Circle;
	/** Longitudes and latitudes that a frame must hold to show the country whole; parts overseas are left aside. */
	extent: readonly Position[];
}

/** A circle on the sphere. */
export interface Circle {
	centre: [number, number];
	/** In radians. */
	radius: number;
}

/** The world's outlines, prepared once for all maps. */
export interface Geodata {
	/** At 1:50,000,000; each point carries the area by which it changes its outline. */
	world: World;
	/** At 1:110,000,000, for globes. */
	globe: World;
	lakes: Lakes;
	/** A circle around each country of `world`, in its order. */
	circles: readonly Circle[];
	/** By ISO 3166-1 alpha-2 code. */
	countries: ReadonlyMap<string, Country>;
}

/** Half of the sphere's surface: outlines that enclose more are wound the wrong way. */
const hemisphere = 2 * Math.PI;
/** In radians: parts of a country that lie farther from the rest are overseas. */
const overseas = 0.2;

/**
 * Prepares outlines for drawing.
 * @param world world-atlas' `countries-50m.json`, @param globe its `countries-110m.json`
 * @param lakes Natural Earth's lakes as GeoJSON
 * @param nameOf returns a country's name by its ISO 3166-1 alpha-2 code
 */
export function toGeodata(world: World, globe: World, lakes: Lakes, nameOf: (code: string) => string): Geodata {
	const countries = new Map<string, Country>();
	const circles: (() => Circle)[] = [];
	for (const { id, geometry } of feature(world, world.objects.countries).features) {
		const circle = once(() => circleAround(geometry));
		circles.push(circle);
		const code = toCode(id);
		if (code === undefined || (geometry.type !== 'Polygon' && geometry.type !== 'MultiPolygon')) continue;
		const extent = once(() => mainlandOf(geometry));
		countries.set(code, {
			name: nameOf(code),
			outline: geometry,
			get circle() {
				return circle();
			},
			get extent() {
				return extent();
			},
		});
	}
	const prepared = once(() => ({
		world: presimplify(world),
		globe: presimplify(globe),
		lakes: { ...lakes, features: lakes.features.map(rewind) },
		circles: circles.map((circle) => circle()),
	}));
	return {
		get world() {
			return prepared().world;
		},
		get globe() {
			return prepared().globe;
		},
		get lakes() {
			return prepared().lakes;
		},
		get circles() {
			return prepared().circles;
		},
		countries,
	};
}

/** Returns a function that makes something when it is first asked: it takes long, and where nothing is drawn nobody asks. */
function once<T>(make: () => T): () => T {
	let made: { value: T } | undefined;
	return () => (made ??= { value: make() }).value;
}

function circleAround(geometry: Geometry): Circle {
	const centre = geoCentroid(geometry);
	if (geometry.type !== 'Polygon' && geometry.type !== 'MultiPolygon') return { centre, radius: Math.PI };
	const rings = geometry.type === 'Polygon' ? geometry.coordinates : geometry.coordinates.flat();
	const radius = rings
		.flat()
		.reduce((most, [longitude = 0, latitude = 0]) => Math.max(most, distanceBetween(centre, [longitude, latitude])), 0);
	return { centre, radius };
}

/** Returns the ISO 3166-1 alpha-2 code of a numeric one, as `Intl` knows it; nothing for what has no code. */
export function toCode(id: string | number | undefined): string | undefined {
	if (id === undefined) return undefined;
	return new Intl.Locale(`und-${String(id).padStart(3, '0')}`).region;
}

/** Returns the outlines of the largest part of a country and of all parts that lie near it or near each other. */
function mainlandOf(geometry: Polygon | MultiPolygon): Position[] {
	const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
	const parts = polygons
		.map((coordinates) => {
			const polygon: Polygon = { type: 'Polygon', coordinates };
			const area = geoArea(polygon);
			return { outline: coordinates[0] ?? [], area, centre: geoCentroid(polygon), radius: Math.sqrt(area / Math.PI) };
		})
		.sort((a, b) => b.area - a.area);
	const near = parts.slice(0, 1);
	for (const part of parts.slice(1)) {
		const gapTo = (other: (typeof parts)[number]) =>
			distanceBetween(part.centre, other.centre) - part.radius - other.radius;
		if (near.some((other) => gapTo(other) < overseas)) near.push(part);
	}
	return near.flatMap(({ outline }) => outline);
}

/** GeoJSON winds outlines the other way round than d3-geo, for which they would enclose the rest of the world. */
function rewind(shape: Shape): Shape {
	if (geoArea(shape) < hemisphere) return shape;
	const turn = (polygon: Position[][]) => polygon.map((ring) => [...ring].reverse());
	const { geometry } = shape;
	return geometry.type === 'Polygon'
		? { ...shape, geometry: { ...geometry, coordinates: turn(geometry.coordinates) } }
		: { ...shape, geometry: { ...geometry, coordinates: geometry.coordinates.map(turn) } };
}

/** Tells whether a geometry of a topology has an area, as countries do. */
export function isArea(geometry: Outlined): geometry is TopologyPolygon<Named> | TopologyMultiPolygon<Named> {
	return geometry.type === 'Polygon' || geometry.type === 'MultiPolygon';
}

/** Tells whether a value is a topology of world-atlas. */
export function isWorld(value: unknown): value is World {
	return hasType(value, 'Topology');
}

/** Tells whether a value is GeoJSON's collection of lakes. */
export function isLakes(value: unknown): value is Lakes {
	return hasType(value, 'FeatureCollection');
}

function hasType(value: unknown, type: string): boolean {
	return typeof value === 'object' && value !== null && 'type' in value && value.type === type;
}
