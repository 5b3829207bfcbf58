import { promisify } from 'node:util';
import { constants, crc32, deflate } from 'node:zlib';
import { paperColours } from '../styles/colours.ts';

type Colour = readonly [red: number, green: number, blue: number];

/** How many colours stand between two of the paper's own, for the edges of shapes. */
const steps = 5;

const own = Object.values(paperColours).map(toColour);

/** The paper's own colours, and those on the way from each to each other: all that a picture has. */
const palette = [...own, ...own.flatMap((to, i) => own.slice(0, i).flatMap((from) => toRamp(from, to)))];

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

const unknown = 255;

/** Where in the palette the nearest colour stands, by six bits each of red, green and blue: what was looked for so far. */
const places = new Uint8Array(2 ** 18).fill(unknown);
for (const [place, [red, green, blue]] of own.entries()) places[toCell((blue << 16) | (green << 8) | red)] = place;

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
 * Returns a picture in the paper's colours as a PNG. Looking for the best colours of each picture, and for equal pixels
 * further away than the last, would take ten times as long and save little.
 * @param pixels four bytes each: red, green, blue, and one that does not matter
 */
export async function toPng(pixels: Uint8Array, width: number, height: number): Promise<Uint8Array> {
	const header = new DataView(new ArrayBuffer(13));
	header.setUint32(0, width);
	header.setUint32(4, height);
	header.setUint8(8, 8); // bits of a pixel
	header.setUint8(9, 3); // which are a place in the palette
	const rows = await promisify(deflate)(toRows(pixels, width, height), { strategy: constants.Z_RLE });
	return Buffer.concat([
		Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
		toChunk('IHDR', new Uint8Array(header.buffer)),
		toChunk('PLTE', Uint8Array.from(palette.flat())),
		toChunk('IDAT', rows),
		toChunk('IEND', new Uint8Array()),
	]);
}

/** Returns the places of all pixels, each row after a byte that says that it stands as it is. */
function toRows(pixels: Uint8Array, width: number, height: number): Uint8Array {
	const all = new Int32Array(pixels.buffer, pixels.byteOffset, width * height);
	const rows = new Uint8Array((width + 1) * height);
	let last = 0;
	let place = placeOf(last);
	for (let y = 0, from = 0, to = 0; y < height; y++) {
		to++;
		for (const end = from + width; from < end; from++) {
			const pixel = all[from] ?? 0;
			if (pixel !== last) {
				place = placeOf(pixel);
				last = pixel;
			}
			rows[to++] = place;
		}
	}
	return rows;
}

function toChunk(name: string, content: Uint8Array): Uint8Array {
	const chunk = Buffer.alloc(content.length + 12);
	chunk.writeUInt32BE(content.length, 0);
	chunk.write(name, 4, 'latin1');
	chunk.set(content, 8);
	chunk.writeUInt32BE(crc32(chunk.subarray(4, -4)), content.length + 8);
	return chunk;
}
