import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import subsetFont from 'subset-font';

const characters = (from: number, to: number) =>
	Array.from({ length: to - from + 1 }, (_, i) => String.fromCodePoint(from + i)).join('');

interface Face {
	/** The file of the Fontsource package, without its ending. */
	source: string;
	style: 'normal' | 'italic';
	/** One weight, or the range that a variable face keeps. */
	weight: { min: number; max: number } | number;
	characters: string;
}

/** A variant for the local provider of Astro's fonts API. */
interface FontVariant {
	src: [string];
	style: 'normal' | 'italic';
	weight: number | string;
	unicodeRange: [string];
}

const latin = `${characters(0x20, 0x7e)}${characters(0xa0, 0xff)}ıŒœŠšŸŽžƒˆ˜–—‘’‚“”„†‡•…‰‹›⁄€™−↩`;
const latinExtended = 'ĀāĂăĄąĆćČčĎďĐđĒēĖėĘęĚěĞğĢģĪīĮįİĶķĹĺĻļĽľŁłŃńŅņŇňŌōŐőŔŕŘřŚśŞşŢţŤťŪūŮůŰűŲųŹźŻżǍǎǏǐǑǒǓǔȘșȚțḨḩ';
const cyrillic = `${characters(0x410, 0x44f)}ЁёІіЇїЄєЎўҐґҰұ`;
/** Letters of Kazakh, Kyrgyz, Tajik, Uzbek and Uyghur that Russian does not have. */
const cyrillicOfCentralAsia = 'ҒғҖҗҚқҢңҮүҲҳҶҷҺһӘәӢӣӨөӮӯ';

const faces: readonly Face[] = [
	{ source: 'latin-wght-normal', style: 'normal', weight: { min: 400, max: 700 }, characters: latin },
	{ source: 'latin-wght-italic', style: 'italic', weight: 400, characters: latin },
	{ source: 'latin-ext-wght-normal', style: 'normal', weight: 400, characters: latinExtended },
	{ source: 'cyrillic-wght-normal', style: 'normal', weight: 400, characters: cyrillic },
	{ source: 'cyrillic-ext-wght-normal', style: 'normal', weight: 400, characters: cyrillicOfCentralAsia },
];

/**
 * Cuts the faces of Source Serif 4 down to the letters and weights that the paper uses, and keeps them in `folder`, a
 * path below the project's `root`, under names that follow from everything that shapes them.
 */
export async function prepareFonts(root: string, folder: string): Promise<FontVariant[]> {
	await mkdir(join(root, folder), { recursive: true });
	const { resolve } = createRequire(import.meta.url);
	return Promise.all(
		faces.map(async ({ source, style, weight, characters }): Promise<FontVariant> => {
			const font = await readFile(resolve(fileOf(source)));
			const key = createHash('sha256')
				.update(font)
				.update(JSON.stringify([weight, characters, 'no closure']))
				.digest('hex');
			const path = `./${folder}/${source}-${key.slice(0, 16)}.woff2`;
			const file = join(root, path);
			if (!existsSync(file)) {
				const subset = await subsetFont(font, characters, {
					targetFormat: 'woff2',
					variationAxes: { wght: weight },
					// Small capitals and other forms that no style of ours asks for would weigh a fifth more.
					noLayoutClosure: true,
				});
				await writeFile(`${file}.${process.pid}`, subset);
				await rename(`${file}.${process.pid}`, file);
			}
			return {
				src: [path],
				style,
				weight: typeof weight === 'number' ? weight : `${weight.min} ${weight.max}`,
				unicodeRange: [toUnicodeRange(characters)],
			};
		}),
	);
}

/**
 * Returns the upright faces with all their weights and no compression, for drawings that turn letters into outlines.
 * @param root of the project
 */
export async function readOutlineFonts(root: string): Promise<Uint8Array[]> {
	const { resolve } = createRequire(join(root, 'package.json'));
	return Promise.all(
		faces
			.filter(({ style }) => style === 'normal')
			.map(async ({ source, characters }) =>
				subsetFont(await readFile(resolve(fileOf(source))), characters, {
					targetFormat: 'sfnt',
					noLayoutClosure: true,
				}),
			),
	);
}

function fileOf(source: string): string {
	return `@fontsource-variable/source-serif-4/files/source-serif-4-${source}.woff2`;
}

/** Returns the characters as a value of CSS's `unicode-range`. */
function toUnicodeRange(text: string): string {
	const ranges: { from: number; to: number }[] = [];
	for (const code of Array.from(text, (character) => character.codePointAt(0) ?? 0).sort((a, b) => a - b)) {
		const last = ranges.at(-1);
		if (last && code <= last.to + 1) last.to = code;
		else ranges.push({ from: code, to: code });
	}
	const hex = (code: number) => code.toString(16).toUpperCase();
	return ranges.map(({ from, to }) => (from === to ? `U+${hex(from)}` : `U+${hex(from)}-${hex(to)}`)).join(',');
}
