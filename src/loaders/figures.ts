import { adviceFor } from '../domain/nearest.ts';
import type { Problem } from '../domain/problems.ts';
import { readGeodata } from '../geodata.ts';
import { drawMap } from '../maps/draw.ts';
import type { MapPlace, MapSubject } from '../maps/subject.ts';
import { countriesOf, isTurnedOnMap } from '../maps/whereabouts.ts';
import type { FigureBlock } from '../markdown/text.ts';
import {
	type Figure,
	type GazetteerPlace,
	leadSchema,
	type WrittenLead,
	type WrittenMap,
	type WrittenPlace,
} from '../schemas/figure.ts';
import type { Gazetteer } from './references.ts';
import { parseFields, toFieldName } from './fields.ts';
import { readYaml, within } from './yaml.ts';

type Path = readonly (string | number)[];

/** What figures may refer to. */
export interface FigureSurroundings {
	gazetteer: Gazetteer;
	/** Names of the pictures beside the article; nothing where the article has no folder of its own. */
	pictures: ReadonlySet<string> | undefined;
}

/** Is told of something wrong in a field of a figure: its path, and a sentence without its stop. */
type Report = (path: Path, message: string) => void;

/** Returns the figure above a text; nothing where it cannot be published, with the problems told. */
export function checkLead(lead: WrittenLead, surroundings: FigureSurroundings, report: Report): Figure | undefined {
	const { picture, map, chart, table, timeline } = lead;
	if (picture) return checkPicture(picture, surroundings, (path, message) => report(['picture', ...path], message));
	if (map) return checkMap(map, surroundings, (path, message) => report(['map', ...path], message));
	if (chart) return { kind: 'chart', ...chart };
	if (table) return { kind: 'table', ...table };
	return timeline && { kind: 'timeline', ...timeline };
}

/** Returns the figure that a fenced block describes; nothing where it cannot be published, with the problems. */
export function checkBlock(
	{ kind, yaml: text, line }: FigureBlock,
	surroundings: FigureSurroundings,
	file: string,
	problems: Problem[],
): Figure | undefined {
	const fields = readYaml(text, file, problems, line);
	if (!fields) return undefined;
	const yaml = within(kind, fields);
	const figure = parseFields(leadSchema, yaml, file, problems);
	return (
		figure &&
		checkLead(figure, surroundings, (path, message) => {
			problems.push({ file, ...yaml.placeOf(path), field: toFieldName(path), message });
		})
	);
}

function checkPicture(
	picture: NonNullable<WrittenLead['picture']>,
	{ pictures }: FigureSurroundings,
	report: Report,
): Figure | undefined {
	if (pictures?.has(picture.file)) return { kind: 'picture', ...picture };
	if (!pictures) {
		const advice = 'Move the article to <slug>/index.md and put the picture into that folder';
		report(['file'], `"${picture.file}" has no place: this article has no folder of its own. ${advice}`);
		return undefined;
	}
	const advice = adviceFor(picture.file, pictures, 'Put it into the folder of the article');
	report(['file'], `"${picture.file}" is not beside the article. ${advice}`);
	return undefined;
}

function checkMap(
	{ places, route, countries, ...texts }: WrittenMap,
	{ gazetteer }: FigureSurroundings,
	report: Report,
): Figure | undefined {
	const geodata = readGeodata();
	const find = (field: 'places' | 'route') => (place: WrittenPlace, i: number) =>
		findPlace(place, gazetteer, (message) => report([field, i], message));
	countries.forEach((code, i) => {
		if (!geodata.countries.has(code))
			report(['countries', i], `"${code}" is no country on the map. Write its code (ISO 3166-1), such as KZ`);
	});
	const hasUnknownCountry = countries.some((code) => !geodata.countries.has(code));
	const subject: MapSubject = {
		places: places.map(find('places')).filter((place) => place !== undefined),
		route: route.map(find('route')).filter((place) => place !== undefined),
		countries,
	};
	if (hasUnknownCountry || subject.places.length < places.length || subject.route.length < route.length)
		return undefined;
	const turned = findTurned(subject, { places, route });
	for (const { path, place } of turned) {
		const advice = `${adviceForTurned(place)}; if it is right, add the place to content/gazetteer.yaml`;
		report(path, `lies far from the rest of the map, but not the other way round. ${advice}`);
	}
	if (turned.length > 0) return undefined;
	try {
		drawMap(subject, geodata);
	} catch (error) {
		if (!(error instanceof RangeError)) throw error;
		report([], error.message);
		return undefined;
	}
	return { kind: 'map', ...texts, ...subject, shows: countriesOf(subject, geodata) };
}

/** Returns the places written with a position that has most likely been turned round. */
function findTurned(map: MapSubject, written: Pick<WrittenMap, 'places' | 'route'>): { path: Path; place: MapPlace }[] {
	const isNamed = (field: 'places' | 'route') => (_: MapPlace, i: number) => typeof written[field][i] === 'string';
	const [places, route] = [map.places.filter(isNamed('places')), map.route.filter(isNamed('route'))];
	// What is named can be relied on: its position has been checked.
	const hasNamed = places.length + route.length + map.countries.length > 0;
	const rest: MapSubject = hasNamed ? { places, route, countries: map.countries } : map;
	return (['places', 'route'] as const).flatMap((field) =>
		map[field].flatMap((place, i) =>
			!isNamed(field)(place, i) && isTurnedOnMap(place, rest, readGeodata()) ? [{ path: [field, i, 'at'], place }] : [],
		),
	);
}

/** Returns how to mend a position that has most likely been turned round. */
export function adviceForTurned({ longitude, latitude }: MapPlace): string {
	return `Did you swap them? Write longitude first, [${latitude}, ${longitude}]`;
}

/** A place with faults of its own is reported there: maps that name it are not blamed for it, but cannot be drawn. */
function findPlace(
	place: WrittenPlace,
	{ places, faulty }: Gazetteer,
	report: (message: string) => void,
): MapPlace | undefined {
	if (typeof place !== 'string') return toMapPlace(place);
	const known = places.get(place);
	if (known) return toMapPlace(known);
	if (!faulty || faulty.has(place)) return undefined;
	const advice = adviceFor(place, places.keys(), 'Add it there, or choose another');
	report(`"${place}" is not in content/gazetteer.yaml. ${advice}`);
	return undefined;
}

/** Returns a place as maps take it, from the gazetteer or as an article gives it. */
export function toMapPlace({
	name,
	at: [longitude, latitude],
	isArea,
}: Omit<GazetteerPlace, 'country' | 'source'>): MapPlace {
	return { name, longitude, latitude, isArea };
}
