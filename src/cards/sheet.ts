import { paperColours } from '../styles/colours.ts';
import { coverageOf, positionsInPixel } from './coverage.ts';
import type { Outline } from './outline.ts';

/** A picture in the colours of the {@link palette}. */
export interface Sheet {
	width: number;
	height: number;
	/** The places of all pixels in the palette, each row after a byte that says to a PNG that it stands as it is. */
	rows: Uint8Array<ArrayBuffer>;
}

type Colour = readonly [red: number, green: number, blue: number];

/** How many colours stand between two of the paper's own, for the edges of shapes. */
const steps = 5;

const own = Object.values(paperColours).map(toColour);

/** The paper's own colours, each behind those on the way to it from all before it: all that a picture has. */
export const palette = own.flatMap((to, i) => [...own.slice(0, i).flatMap((from) => toRamp(from, to)), to]);

function toColour(hex: string): Colour {
	const value = Number.parseInt(hex.slice(1), 16);
	return [value >> 16, (value >> 8) & 255, value & 255];
}

function toRamp(from: Colour, to: Colour): Colour[] {
	const between = (a: number, b: number, i: number) => Math.round(a + ((b - a) * (i + 1)) / (steps + 1));
	return Array.from({ length: steps }, (_, i) => [
		between(from[0], to[0], i),
		between(from[1], to[1], i),
		between(from[2], to[2], i),
	]);
}

/** Returns where in the palette the colours from paper to another stand, by how much of a pixel the other covers: 0 to 255. */
export function toShades(name: keyof typeof paperColours): Uint8Array {
	const [paper, colour] = [toColour(paperColours.paper), toColour(paperColours[name])];
	const all = palette.map(String);
	const places = [paper, ...toRamp(paper, colour), colour].map((shade) => all.indexOf(String(shade)));
	return Uint8Array.from({ length: 256 }, (_, share) => places[Math.round((share / 255) * (steps + 1))] ?? 0);
}

/** Returns a sheet of paper, which has the first place in the palette. */
export function openSheet(width: number, height: number): Sheet {
	return { width, height, rows: new Uint8Array((width + 1) * height) };
}

/** Fills an outline whose origin is at a point. Where letters touch, each pixel has the stronger of their shades. */
export function fill(sheet: Sheet, outline: Outline, x: number, y: number, shades: Uint8Array): void {
	const position = Math.round(x * positionsInPixel);
	const { left, top, width, shares } = coverageOf(outline, position % positionsInPixel);
	const column = Math.floor(position / positionsInPixel) + left;
	const visible = Math.min(width, sheet.width - column);
	for (let from = 0, row = Math.round(y) + top; from < shares.length; from += width, row++) {
		const to = row * (sheet.width + 1) + 1 + column;
		for (let i = 0; i < visible; i++) {
			const shade = shades[shares[from + i] ?? 0] ?? 0;
			if (shade > (sheet.rows[to + i] ?? 0)) sheet.rows[to + i] = shade;
		}
	}
}

/** Fills a box evenly. */
export function fillBox(sheet: Sheet, left: number, top: number, right: number, bottom: number, place = 0): void {
	for (let row = top; row < bottom; row++) {
		const start = row * (sheet.width + 1) + 1;
		sheet.rows.fill(place, start + left, start + right);
	}
}

/** Sets a picture as high as the sheet onto it. @param left where it begins */
export function setInto(sheet: Sheet, picture: Sheet, left: number): void {
	for (let row = 0; row < sheet.height; row++) {
		const from = row * (picture.width + 1) + 1;
		sheet.rows.set(picture.rows.subarray(from, from + picture.width), row * (sheet.width + 1) + 1 + left);
	}
}

const unknown = 255;

/** Where in the palette the nearest colour stands, by six bits each of red, green and blue: what was looked for so far. */
const places = new Uint8Array(2 ** 18).fill(unknown);
for (const colour of own) {
	const [red, green, blue] = colour;
	places[toCell((blue << 16) | (green << 8) | red)] = palette.indexOf(colour);
}

function toCell(pixel: number): number {
	return ((pixel & 0xfc) << 10) | ((pixel & 0xfc_00) >> 4) | ((pixel & 0xfc_00_00) >> 18);
}

/** Returns where the colour nearest to a pixel stands. @param pixel red, green and blue from the lowest byte */
function placeOf(pixel: number): number {
	const cell = toCell(pixel);
	const known = places[cell] ?? unknown;
	if (known !== unknown) return known;
	const [red, green, blue] = [cell >> 12, (cell >> 6) & 63, cell & 63].map((six) => six * 4 + 2);
	const distances = palette.map(([r, g, b]) => Math.hypot(r - (red ?? 0), g - (green ?? 0), b - (blue ?? 0)));
	return (places[cell] = distances.indexOf(Math.min(...distances)));
}

/**
 * Returns a picture in the paper's colours. Looking for the best colours of each would take ten times as long.
 * @param pixels four bytes each: red, green, blue, and one that does not matter
 */
export function toSheet(pixels: Uint8Array, width: number, height: number): Sheet {
	const all = new Int32Array(pixels.buffer, pixels.byteOffset, width * height);
	const sheet = openSheet(width, height);
	for (let y = 0; y < height; y++)
		for (let x = 0; x < width; x++) sheet.rows[y * (width + 1) + 1 + x] = placeOf(all[y * width + x] ?? 0);
	return sheet;
}
