import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { gunzipSync } from 'node:zlib';
import sharp from 'sharp';

/** Red, green and blue from 0 to 255. */
type Colour = readonly [number, number, number];

/** What is looked for, by what it stands for. */
export interface Traces {
	/** Small letters from a to z alone. */
	words: Readonly<Record<string, string>>;
	/** Colours of whole pictures. */
	colours: Readonly<Record<string, Colour>>;
}

/** How far, in each of its parts, a colour may be from what it was before it was compressed. */
const tolerance = 20;
/** How many points of a colour make a picture of it. */
const fewest = 100;

/**
 * Looks for words and pictures in everything that a folder holds: in names of files, in their bytes, unpacked where they
 * are packed, and in the points of pictures.
 * @returns the files that hold it, by what was looked for
 */
export async function findTraces(folder: string, { words, colours }: Traces): Promise<Record<string, string[]>> {
	const found: Record<string, string[]> = {};
	const entries = await readdir(folder, { recursive: true, withFileTypes: true });
	for (const entry of entries.filter((one) => one.isFile())) {
		const path = join(entry.parentPath, entry.name);
		const file = relative(folder, path);
		const note = (what: string) => (found[what] ??= []).push(file);
		const bytes = await readFile(path);
		const texts = [Buffer.from(file), unpack(bytes)].flatMap(readingsOf);
		for (const [what, word] of Object.entries(words))
			if ([word, ...inBase64(word)].some((form) => texts.some((text) => text.includes(form)))) note(what);
		if (!/\.(?:png|jpe?g|webp|avif|gif)$/.test(file)) continue;
		const points = await sharp(bytes).removeAlpha().toColourspace('srgb').raw().toBuffer();
		for (const [what, colour] of Object.entries(colours)) if (countOf(colour, points) >= fewest) note(what);
	}
	return found;
}

function unpack(bytes: Buffer): Buffer {
	return bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes;
}

/** Returns what bytes may say: as they are, and in small letters, also of UTF-16 and of letters written as numbers. */
function readingsOf(bytes: Buffer): string[] {
	const text = bytes.toString('latin1');
	const plain = text
		.replaceAll('\0', '')
		.replace(/&#x([\da-f]{2});|%([\da-f]{2})|\\u00([\da-f]{2})/gi, (_, ...codes) =>
			String.fromCharCode(Number.parseInt(String(codes.find((code) => code !== undefined)), 16)),
		)
		.replace(/&#(\d{2,3});/g, (_, code) => String.fromCharCode(Number(code)));
	return [text, plain.toLowerCase()];
}

/** Returns what a word becomes in Base64, whatever stands before and after it: the letters that follow from it alone. */
function inBase64(word: string): string[] {
	return [0, 1, 2].map((shift) => {
		const base64 = Buffer.from('\0'.repeat(shift) + word).toString('base64');
		const from = Math.ceil((shift * 8) / 6);
		return base64.slice(from, Math.floor(((shift + word.length) * 8) / 6));
	});
}

function countOf([red, green, blue]: Colour, points: Buffer): number {
	let count = 0;
	for (let i = 0; i < points.length; i += 3)
		if (
			Math.abs((points[i] ?? 0) - red) <= tolerance &&
			Math.abs((points[i + 1] ?? 0) - green) <= tolerance &&
			Math.abs((points[i + 2] ?? 0) - blue) <= tolerance
		)
			count++;
	return count;
}
