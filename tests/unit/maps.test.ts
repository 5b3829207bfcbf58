import { gzipSync } from 'node:zlib';
import { geoContains, geoDistance } from 'd3-geo';
import { feature } from 'topojson-client';
import { describe, expect, test } from 'vitest';
import { readGeodata } from '../../src/geodata.ts';
import { drawMap, type MapDrawing, pinRadii, type Screen, typeSizes } from '../../src/maps/draw.ts';
import { mapSize } from '../../src/maps/frame.ts';
import { scaleBox } from '../../src/maps/marks.ts';
import { toCode } from '../../src/maps/geodata.ts';
import { type Box, overlap } from '../../src/maps/labels.ts';
import type { MapPlace, MapSubject } from '../../src/maps/subject.ts';
import { countriesOf } from '../../src/maps/whereabouts.ts';
import { toSvg } from '../../src/maps/svg.ts';
import { placeOfPaper, placesWithCountries, subjectsOfPaper } from '../support/maps.ts';

const geodata = readGeodata();
const screens: readonly Screen[] = ['wide', 'narrow'];
const place = (name: string, longitude: number, latitude: number, isArea = false): MapPlace => ({
	name,
	longitude,
	latitude,
	isArea,
});
const subject = (fields: Partial<MapSubject>): MapSubject => ({ places: [], route: [], countries: [], ...fields });

const samarkand = placeOfPaper('samarkand');
const difficult: Readonly<Record<string, MapSubject>> = {
	'one place': subject({ places: [samarkand] }),
	'one point twice': subject({ places: [samarkand, place('The same', 66.96, 39.66)] }),
	'islands on both sides of the 180th meridian': subject({
		places: [place('Suva', 178.44, -18.14)],
		countries: ['FJ'],
	}),
	'places on both sides of the 180th meridian': subject({ places: [place('West', 179, 65), place('East', -178, 66)] }),
	'a pole': subject({ places: [place('The South Pole', 0, -90)] }),
	'a country with parts overseas': subject({ countries: ['FR'] }),
	'the largest country': subject({ countries: ['RU'] }),
	'a country within another': subject({ countries: ['LS'] }),
	'half of the world': subject({ places: [place('Bishkek', 74.59, 42.87), place('Chicago', -87.63, 41.88)] }),
	'a long name': subject({ places: [place('A name of thirty-four letters here', 70, 45)] }),
	'eight places near each other': subject({
		places: Array.from({ length: 8 }, (_, i) => place(`Town ${i}`, 70 + (i % 3) * 1.6, 41 + Math.floor(i / 3) * 1.4)),
	}),
};
const all = Object.entries({ ...subjectsOfPaper, ...difficult }).map(([name, subject]) => ({
	name,
	subject,
	drawing: drawMap(subject, geodata),
}));

const pinBoxes = ({ pins }: MapDrawing, screen: Screen): Box[] =>
	pins.map(({ x, y }) => ({
		left: x - pinRadii[screen],
		right: x + pinRadii[screen],
		top: y - pinRadii[screen],
		bottom: y + pinRadii[screen],
	}));

describe.each(all)('a map of $name', ({ subject, drawing }) => {
	test.each(screens)('has no name that touches another, a pin, the scale, the globe or the edge (%s)', (screen) => {
		const { globe, scale, width, height } = drawing;
		const boxes = drawing.labels[screen].map(({ box }) => box);
		const fixed = [
			...pinBoxes(drawing, screen),
			scaleBox(scale, typeSizes[screen]),
			...(globe
				? [
						{
							left: globe.x - globe.radius,
							right: globe.x + globe.radius,
							top: globe.y - globe.radius,
							bottom: globe.y + globe.radius,
						},
					]
				: []),
		];
		boxes.forEach((box, i) => {
			for (const other of [...boxes.slice(i + 1), ...fixed]) expect(overlap(box, other)).toBe(false);
			expect(box.left).toBeGreaterThanOrEqual(0);
			expect(box.top).toBeGreaterThanOrEqual(0);
			expect(box.right).toBeLessThanOrEqual(width);
			expect(box.bottom).toBeLessThanOrEqual(height);
		});
	});

	test('has every pin inside, and every place with its name on both screens', () => {
		expect(drawing.pins).toHaveLength(subject.places.filter(({ isArea }) => !isArea).length);
		for (const screen of screens) {
			for (const { left, right, top, bottom } of pinBoxes(drawing, screen)) {
				expect(Math.min(left, top, drawing.width - right, drawing.height - bottom)).toBeGreaterThanOrEqual(0);
			}
			const names = drawing.labels[screen].filter(({ role }) => role !== 'country').map(({ text }) => text);
			expect(names.sort()).toEqual(subject.places.map(({ name }) => name).sort());
		}
	});

	test('costs a page at most 4,000 bytes', () => {
		expect(gzipSync(toSvg(drawing, 'A description.'), { level: 9 }).length).toBeLessThanOrEqual(4000);
	});

	test('is drawn in whole numbers, without colours of its own, ids or styles', () => {
		const svg = toSvg(drawing, 'A description.');
		expect(svg).not.toMatch(/\d\.\d|NaN|undefined|Infinity|fill=|stroke=|style=|\sid=|#/);
	});

	test('is the same whenever it is drawn', () => {
		expect(toSvg(drawMap(subject, geodata), '')).toBe(toSvg(drawing, ''));
	});
});

const drawingOf = (name: keyof typeof subjectsOfPaper) => drawMap(subjectsOfPaper[name], geodata);
const countriesNamed = ({ labels }: MapDrawing) =>
	labels.wide.filter(({ role }) => role === 'country').map(({ text }) => text);

test('a map names the countries that it is about on both screens, and neighbours where there is room', () => {
	const drawing = drawingOf('the five countries with Astana');
	const five = ['Kazakhstan', 'Kyrgyzstan', 'Tajikistan', 'Turkmenistan', 'Uzbekistan'];
	expect(countriesOf(subjectsOfPaper['the five countries with Astana'], geodata)).toEqual(five);
	for (const screen of screens) {
		const names = drawing.labels[screen].map(({ text }) => text);
		expect(names).toEqual(expect.arrayContaining(five));
	}
	expect(
		countriesNamed(drawing)
			.filter((name) => !five.includes(name))
			.sort(),
	).toEqual(['Afghanistan', 'China', 'Iran', 'Pakistan', 'Russia']);
	expect(countriesNamed(drawingOf('Khorgos')).sort()).toEqual(['China', 'Kazakhstan', 'Kyrgyzstan']);
});

test.each<[what: string, subject: MapSubject, names: string[]]>([
	['the railway', subjectsOfPaper['the railway from Kashgar to Andijan'], ['China', 'Kyrgyzstan', 'Uzbekistan']],
	['two towns on a border', subjectsOfPaper.Khorgos, ['Kazakhstan', 'China']],
	['a port that the outlines miss', subject({ places: [place('Baku', 49.87, 40.37)] }), ['Azerbaijan']],
	['the open sea', subject({ places: [place('Here', -30, 40)] }), []],
	[
		'two countries',
		subject({ countries: ['UZ', 'KZ'], places: [place('Baku', 49.87, 40.37)] }),
		['Uzbekistan', 'Kazakhstan'],
	],
])('a map of %s shows the countries that it is about, else those in which its places lie', (_, subject, names) => {
	expect(countriesOf(subject, geodata)).toEqual(names);
});

test('the names of countries stand inside them', () => {
	const drawing = drawingOf('the railway from Kashgar to Andijan');
	expect(countriesNamed(drawing)).toContain('Kyrgyzstan');
	const { projection } = drawing;
	const shapes = feature(geodata.world, geodata.world.objects.countries).features;
	for (const { text, x, y } of drawing.labels.wide.filter(({ role }) => role === 'country')) {
		const point = projection.invert?.([x, y - 5]);
		const shape = shapes.find(({ id }) => geodata.countries.get(toCode(id) ?? '')?.name === text);
		expect(point && shape && geoContains(shape, point), text).toBe(true);
	}
});

test('every place of the gazetteer lies in its country', () => {
	const shapes = feature(geodata.world, geodata.world.objects.countries).features;
	// Passes and the dry port of Khorgos lie on a border, which outlines of this scale miss by some kilometres.
	const near = (place: MapPlace, country: string) =>
		[-0.25, 0, 0.25].some((east) =>
			[-0.25, 0, 0.25].some((north) => {
				const shape = shapes.find(({ id }) => toCode(id) === country);
				return shape && geoContains(shape, [place.longitude + east, place.latitude + north]);
			}),
		);
	for (const { place, country } of placesWithCountries) expect(near(place, country), place.name).toBe(true);
	expect(near(placeOfPaper('astana'), 'RU')).toBe(false);
});

test('Ulken lies on the shore of Lake Balkhash', () => {
	const lake = geodata.lakes.features.find(({ properties }) => properties?.['name'] === 'Lake Balkhash');
	const { longitude, latitude } = placeOfPaper('ulken');
	const shore = lake?.geometry.type === 'Polygon' ? (lake.geometry.coordinates[0] ?? []) : [];
	const kilometres = Math.min(...shore.map(([x = 0, y = 0]) => geoDistance([longitude, latitude], [x, y]) * 6371));
	expect(kilometres).toBeLessThan(25);
});

test('lakes that are dry, and the Aral Sea of old, are not drawn', () => {
	const names = geodata.lakes.features.map(({ properties }): unknown => properties?.['name']);
	expect(names).toContain('Lake Balkhash');
	for (const dry of ['Aral Sea', 'Lop Nur', 'Lake Urmia', 'Lake Tuz', 'Kakhovka Reservoir', 'Lake Eyre North'])
		expect(names).not.toContain(dry);
});

test('the scale is right in the middle of the map', () => {
	const drawing = drawingOf('Khorgos');
	const { scale, projection } = drawing;
	const [y, from, to] = [
		drawing.height / 2,
		drawing.width / 2 - scale.length / 2,
		drawing.width / 2 + scale.length / 2,
	];
	const [a, b] = [projection.invert?.([from, y]), projection.invert?.([to, y])];
	const kilometres = a && b ? geoDistance(a, b) * 6371 : 0;
	expect(kilometres / scale.kilometres).toBeCloseTo(1, 1);
	expect(scale.length).toBeLessThan(mapSize.width / 4);
});

test('a line of a route goes through its points', () => {
	const { route, pins } = drawingOf('the railway from Kashgar to Andijan');
	const [kashgar] = pins;
	expect(route).toMatch(new RegExp(`^M${kashgar?.x} ${kashgar?.y}l`));
	expect(route.match(/-?\d+/g)).toHaveLength(8);
});

test('type is at least 11 pixels high where a map is 288 pixels wide, and where the other names begin', () => {
	expect((typeSizes.narrow * 288) / mapSize.width).toBeGreaterThanOrEqual(11);
	expect((typeSizes.wide * 560) / mapSize.width).toBeGreaterThanOrEqual(11);
});

test('names that find no room are an error that says which', () => {
	const crowd = Array.from({ length: 60 }, (_, i) =>
		place(`Crowded town ${i}`, 70 + (i % 8) * 0.2, 41 + (i / 8) * 0.1),
	);
	expect(() => drawMap(subject({ places: crowd }), geodata)).toThrow(
		/^has no room for the name “Crowded town \d+”\. Name fewer places, or places farther apart$/,
	);
});

test('names that find no room are left out where that is allowed, those of places last', () => {
	const crowd = Array.from({ length: 60 }, (_, i) =>
		place(`Crowded town ${i}`, 70 + (i % 8) * 0.2, 41 + (i / 8) * 0.1),
	);
	const drawing = drawMap(
		subject({ places: [...crowd, place('Astana', 71.45, 51.18)], countries: ['KZ'] }),
		geodata,
		mapSize,
		true,
	);
	expect(drawing.pins).toHaveLength(61);
	const names = drawing.labels.wide.map(({ text }) => text);
	expect(names).toContain('Astana');
	expect(names.filter((name) => name.startsWith('Crowded')).length).toBeGreaterThan(3);
	const whole = drawMap(subjectsOfPaper.Khorgos, geodata);
	expect(drawMap(subjectsOfPaper.Khorgos, geodata, mapSize, true).labels).toEqual(whole.labels);
});

test('texts cannot break out of the drawing', () => {
	const drawing = drawMap(subject({ places: [place('<b>"&', 70, 45)] }), geodata);
	const svg = toSvg(drawing, '"><script>');
	expect(svg).not.toMatch(/<b>|<script/);
	expect(svg).toContain('&#60;b&#62;&#34;&#38;');
});
