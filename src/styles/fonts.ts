import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import subsetFont from 'subset-font';

const characters = (from: number, to: number) =>
	Array.from({ length: to - from + 1 }, (_, i) => String.fromCodePoint(from + i)).join('');

/** Letters of one script in one style, cut out of a file of the Fontsource package. */
interface Face {
	/** The file's name behind that of the type, without its ending. */
	source: string;
	style: 'normal' | 'italic';
	/** True where its weights from 400 to 700 are kept; of others 400 alone, which takes half the bytes. */
	isVariable: boolean;
	characters: string;
}

/** A variant for the local provider of Astro's fonts API. */
interface FontVariant {
	src: [string];
	style: 'normal' | 'italic';
	weight: '400' | '400 700';
	unicodeRange: [string];
}

const latin = `${characters(0x20, 0x7e)}${characters(0xa0, 0xff)}ıŒœŠšŸŽž–—‘’‚“”„†‡•…‰‹›⁄€™−↩`;
/** Signs among them that no article has: the files are smaller without, but the ranges of code points shorter with them. */
const unused = /[¤¦¨¬¯´¸]/g;
const latinExtended = 'ĀāĂăĄąĆćČčĎďĐđĒēĖėĘęĚěĞğĢģĪīĮįİĶķĹĺĻļĽľŁłŃńŅņŇňŌōŐőŔŕŘřŚśŞşŢţŤťŪūŮůŰűŲųŹźŻżȘșȚțḨḩ';
const cyrillic = `${characters(0x410, 0x44f)}ЁёІіЇїЄєЎўҐґҰұ`;
/** Letters of Kazakh, Kyrgyz, Tajik, Uzbek and Uyghur that Russian does not have. */
const cyrillicOfCentralAsia = 'ҒғҖҗҚқҢңҮүҲҳҶҷҺһӘәӢӣӨөӮӯ';

/** Letters by the files that hold them. */
const alphabets = { latin, 'latin-ext': latinExtended, cyrillic, 'cyrillic-ext': cyrillicOfCentralAsia } as const;

type Alphabet = keyof typeof alphabets;

const faceOf = (alphabet: Alphabet, style: Face['style'], isVariable: boolean): Face => ({
	source: `${alphabet}-wght-${style}`,
	style,
	isVariable,
	characters: alphabets[alphabet],
});

/**
 * Returns the faces that pages may ask for, together at most 64 KB: a paper's own script is whole, with bold and italic;
 * of the other, names and quotations need the upright letters. The first is that which every page needs.
 */
function facesFor(language: string): Face[] {
	const isCyrillic = new Intl.Locale(language).maximize().script === 'Cyrl';
	if (isCyrillic)
		return [
			...(['cyrillic', 'cyrillic-ext'] as const).flatMap((alphabet) => [
				faceOf(alphabet, 'normal', true),
				faceOf(alphabet, 'italic', false),
			]),
			faceOf('latin', 'normal', true),
		];
	return [
		faceOf('latin', 'normal', true),
		faceOf('latin', 'italic', false),
		faceOf('latin-ext', 'normal', true),
		faceOf('cyrillic', 'normal', false),
		faceOf('cyrillic-ext', 'normal', false),
	];
}

/**
 * Cuts the faces of Source Serif 4 down to the letters and weights that the paper uses, and keeps them in `folder`, a
 * path below the project's `root`, under names that follow from everything that shapes them.
 * @param language of the paper, a BCP 47 tag
 */
export async function prepareFonts(root: string, folder: string, language: string): Promise<FontVariant[]> {
	await mkdir(join(root, folder), { recursive: true });
	const { resolve } = createRequire(import.meta.url);
	return Promise.all(
		facesFor(language).map(async ({ source, style, isVariable, characters }): Promise<FontVariant> => {
			const weight = isVariable ? { min: 400, max: 700 } : 400;
			const font = await readFile(resolve(fileOf(source)));
			const key = createHash('sha256')
				.update(font)
				.update(JSON.stringify([weight, characters, unused.source, 'no closure']))
				.digest('hex');
			const path = `./${folder}/${source}-${key.slice(0, 16)}.woff2`;
			const file = join(root, path);
			if (!existsSync(file)) {
				const subset = await subsetFont(font, characters.replaceAll(unused, ''), {
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
				// Browsers choose among faces by weight before they look for letters: all of a style must say the same.
				weight: style === 'normal' ? '400 700' : '400',
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
		Object.entries(alphabets).map(async ([alphabet, characters]) =>
			subsetFont(await readFile(resolve(fileOf(`${alphabet}-wght-normal`))), characters, {
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
