import type { ImageMetadata } from 'astro';
import { z } from 'astro/zod';
import type { MapSubject } from '../maps/subject.ts';
import type { FigureKind } from '../markdown/text.ts';
import { site } from '../site.ts';
import { id, plainLine, plainText, webAddress } from './text.ts';

const caption = plainText(400).describe('What is to be seen, in a sentence or two');
const credit = plainLine(200).describe('Who made it, or whose data it shows');
const alternative = plainLine(250).describe('What it shows, for those who do not see it: at most 250 characters');

const pictureSchema = z.strictObject({
	file: z
		.string()
		.regex(/^[\w-][\w.-]*\.(?:jpe?g|png|webp|avif)$/i, {
			error: ({ input }) =>
				`${JSON.stringify(input)} is not the name of a picture beside the article. Write a name such as harbour.jpg: letters, digits, hyphens, and .jpg, .png, .webp or .avif`,
		})
		.describe('Name of the picture’s file, which lies beside the article'),
	alt: alternative,
	caption,
	credit: credit.describe('Who made the picture'),
});

/**
 * Returns the code (ISO 3166-1) that a text was meant to be: `KZ` for `kz` and for the country's name, `GB` for `UK`;
 * nothing where it resembles none.
 */
function toCountryCode(text: string): string | undefined {
	if (/^[a-z]{2}$/i.test(text)) return new Intl.Locale(`und-${text}`).region;
	const names = new Intl.DisplayNames(site.language, { type: 'region', fallback: 'none' });
	const letters = Array.from({ length: 26 }, (_, i) => String.fromCharCode(65 + i));
	const codes = letters.flatMap((first) => letters.map((second) => first + second));
	return codes.find((code) => names.of(code)?.toLowerCase() === text.toLowerCase());
}

const countryCode = z
	.string()
	.meta({ pattern: '^[A-Z]{2}$' })
	.refine((text) => toCountryCode(text) === text, {
		error: ({ input }) => {
			const code = toCountryCode(String(input));
			const advice = code === undefined ? 'Write its two capitals (ISO 3166-1), such as KZ' : `Did you mean "${code}"?`;
			return `${JSON.stringify(input)} is not the code of a country. ${advice}`;
		},
	});

const degrees = (limit: number) =>
	z.number().refine((value) => Math.abs(value) <= limit, {
		error: ({ input }) => `${String(input)} is outside the world. Write longitude, then latitude, in degrees`,
	});
/** Longitude and latitude in degrees, as GeoJSON (RFC 7946) orders them. */
const position = z.tuple([degrees(180), degrees(90)], {
	error: 'is no position. Write two numbers with points, longitude first: [73.98, 45.21]',
});

const placeSchema = z
	.union(
		[
			id,
			z.strictObject({
				name: plainLine(60).describe('The name readers see'),
				at: position.describe('Longitude and latitude in degrees, east and north positive'),
				isArea: z.boolean().default(false).describe('true for a lake or a region: its name is shown without a pin'),
			}),
		],
		{
			error:
				'is no place. Write the id of a place in content/gazetteer.yaml, or { name: Ulken, at: [73.98, 45.21] } with longitude and latitude',
		},
	)
	.describe('Id of a place in content/gazetteer.yaml, or { name, at: [longitude, latitude] }');

const mapSchema = z
	.strictObject({
		places: z.array(placeSchema).default([]).describe('Places with a pin and their name'),
		route: z.array(placeSchema).default([]).describe('Places joined by a line, in this order'),
		countries: z
			.array(countryCode)
			.superRefine((codes, context) => {
				codes.forEach((code, i) => {
					if (codes.indexOf(code) < i)
						context.addIssue({ code: 'custom', path: [i], message: `"${code}" is given twice. Keep one of them` });
				});
			})
			.default([])
			.describe('Countries that the map is about: codes such as KZ (ISO 3166-1)'),
		caption,
		credit: credit.optional().describe('Sources beside Natural Earth, whose outlines every map has'),
	})
	.refine(({ places, route, countries }) => places.length + route.length + countries.length > 0, {
		error: 'shows nothing. Name at least one of places, route or countries',
	});

const sourceSchema = z
	.strictObject({
		name: plainLine(200).describe('Where the figures come from'),
		url: webAddress.optional().describe('Address of the page'),
	})
	.describe('Where the figures come from');

const chartSchema = z
	.strictObject({
		caption,
		unit: plainLine(60).describe('What is counted: "billion US dollars"'),
		year: z.int().min(1000).max(2999).optional().describe('The year of all figures; otherwise each bar has its own'),
		bars: z
			.array(
				z.strictObject({
					label: plainLine(60).describe('What the bar stands for'),
					value: z.number().describe('The figure that the source gives'),
					year: z.int().min(1000).max(2999).optional().describe('The year of this figure'),
					note: plainLine(20).optional().describe('What stands before the figure: "about"'),
				}),
			)
			.min(1)
			.max(30)
			.describe('The bars from top to bottom'),
		source: sourceSchema,
	})
	.superRefine(({ year, bars }, context) => {
		bars.forEach((bar, i) => {
			if ((year === undefined) === (bar.year === undefined))
				context.addIssue({
					code: 'custom',
					path: ['bars', i],
					message:
						year === undefined
							? 'has no year. Give it one, or give the chart the year of all its figures'
							: 'has a year, and so has the whole chart. Keep one of the two',
				});
		});
	});

const cell = z.union([plainLine(200), z.number(), z.literal('')], {
	error: 'is no text or number of one line. Write it in quotes',
});

const tableSchema = z
	.strictObject({
		caption,
		columns: z.array(plainLine(60)).min(1).max(12).describe('The heads of the columns'),
		rows: z.array(z.array(cell)).min(1).max(200).describe('The rows, each a list with one entry for every column'),
		source: sourceSchema.optional(),
	})
	.superRefine(({ columns, rows }, context) => {
		rows.forEach((row, i) => {
			if (columns.length > 0 && row.length !== columns.length)
				context.addIssue({
					code: 'custom',
					path: ['rows', i],
					message: `has ${row.length} entries, but there are ${columns.length} columns. ${row.length > columns.length ? 'Give as many; a number has a point, 13.7, and no comma' : 'Give as many'}`,
				});
		});
	});

const timelineSchema = z.strictObject({
	caption,
	events: z
		.array(
			z.strictObject({
				date: z
					.string()
					.refine(isDate, {
						error: ({ input }) =>
							`${JSON.stringify(input)} is not a date. Write a year, a month or a day: "2025", 2025-06 or 2025-06-16`,
					})
					.describe('A year, a month or a day: "2025", 2025-06 or 2025-06-16'),
				text: plainText(300).describe('What happened, in a sentence'),
			}),
		)
		.min(1)
		.max(50)
		.describe('What happened, in the order of time'),
	source: sourceSchema.optional(),
});

function isDate(text: string): boolean {
	const match = /^(\d{4})(-\d{2})?(-\d{2})?$/.exec(text);
	if (!match) return false;
	const [, year = '', month = '-01', day = '-01'] = match;
	const whole = year + month + day;
	return !Number.isNaN(Date.parse(whole)) && new Date(whole).toISOString().startsWith(whole);
}

/** What can stand between the paragraphs of an article or above them, by the word that names it. */
export const figureSchemas = {
	picture: pictureSchema,
	map: mapSchema,
	chart: chartSchema,
	table: tableSchema,
	timeline: timelineSchema,
} as const satisfies Record<FigureKind, z.ZodType>;

/** The figure above an article's text: one field, which names the kind. */
export const leadSchema = z
	.strictObject({
		picture: pictureSchema.optional().describe('A picture whose file lies beside the article'),
		map: mapSchema.optional().describe('A map of places, a route or countries'),
		chart: chartSchema.optional().describe('Bars drawn from figures'),
		table: tableSchema.optional().describe('A table with a caption and a source'),
		timeline: timelineSchema.optional().describe('What happened, in the order of time'),
	})
	.refine((lead) => Object.keys(lead).length === 1, {
		error: 'holds more than one figure, or none. Give one picture, map, chart, table or timeline',
	})
	.describe('The figure above the text: a picture, map, chart, table or timeline');

/** One place of the gazetteer. */
export const gazetteerPlaceSchema = z.strictObject({
	name: plainLine(60).describe('The name readers see'),
	at: position.describe('Longitude and latitude in degrees, east and north positive'),
	country: countryCode.describe('Code of the country (ISO 3166-1)'),
	source: plainText(200).describe('Where the position was read'),
	isArea: z.boolean().default(false).describe('true for a lake or a region: its name is shown without a pin'),
});

/** `content/gazetteer.yaml`: places that maps can name, keyed by id. */
export const gazetteerSchema = z.record(id, gazetteerPlaceSchema);

export type GazetteerPlace = z.infer<typeof gazetteerPlaceSchema>;
export type WrittenLead = z.infer<typeof leadSchema>;
export type WrittenMap = z.infer<typeof mapSchema>;
export type WrittenPlace = z.infer<typeof placeSchema>;
export type FigureSource = z.infer<typeof sourceSchema>;

export interface Picture extends z.infer<typeof pictureSchema> {
	kind: 'picture';
	/** What Astro makes of the file; nothing while readers must not see the article. */
	image?: ImageMetadata;
}

/** A map whose places have been found. */
export interface LocatorMap extends MapSubject {
	kind: 'map';
	/** Names of the countries that it is about, or else of those in which its places and its route lie. */
	shows: readonly string[];
	caption: string;
	credit?: string | undefined;
}

export interface Chart extends z.infer<typeof chartSchema> {
	kind: 'chart';
}

export interface Table extends z.infer<typeof tableSchema> {
	kind: 'table';
}

interface Timeline extends z.infer<typeof timelineSchema> {
	kind: 'timeline';
}

/** A checked figure of an article. */
export type Figure = Picture | LocatorMap | Chart | Table | Timeline;
