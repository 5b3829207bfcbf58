import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { toMapPlace } from '../../src/loaders/figures.ts';
import type { MapPlace, MapSubject } from '../../src/maps/subject.ts';
import { gazetteerSchema } from '../../src/schemas/figure.ts';

const gazetteer = gazetteerSchema.parse(parse(readFileSync('content/gazetteer.yaml', 'utf8')));

/** Returns a place of the paper's own gazetteer. */
export function placeOfPaper(id: string): MapPlace {
	const place = gazetteer[id];
	if (!place) throw new Error(`The gazetteer has no ${id}.`);
	return toMapPlace(place);
}

const places = (...ids: string[]) => ids.map(placeOfPaper);

/** The maps that the paper's stories need. */
export const subjectsOfPaper = {
	'the five countries with Astana': {
		places: places('astana'),
		route: [],
		countries: ['KZ', 'KG', 'TJ', 'TM', 'UZ'],
	},
	'the railway from Kashgar to Andijan': {
		places: places('kashgar', 'jalal-abad', 'andijan'),
		route: places('kashgar', 'torugart-pass', 'jalal-abad', 'andijan'),
		countries: [],
	},
	'Ulken on Lake Balkhash': {
		places: places('ulken', 'lake-balkhash', 'almaty', 'astana'),
		route: [],
		countries: ['KZ'],
	},
	Samarkand: { places: places('samarkand'), route: [], countries: ['UZ'] },
	'Xi’an with the region': {
		places: places('xian'),
		route: [],
		countries: ['CN', 'KZ', 'KG', 'TJ', 'TM', 'UZ'],
	},
	Khorgos: { places: places('khorgos', 'almaty', 'urumqi'), route: [], countries: [] },
} satisfies Record<string, MapSubject>;

/** Every place of the paper's gazetteer, with the country that it is said to lie in. */
export const placesWithCountries = Object.entries(gazetteer).map(([id, { country }]) => ({
	place: placeOfPaper(id),
	country,
}));
