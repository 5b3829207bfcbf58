import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { cardMapSize, cardSize, drawCard } from '../../src/cards/card.ts';
import { coverageOf } from '../../src/cards/coverage.ts';
import { drawMapPicture } from '../../src/cards/map-picture.ts';
import { type Outline, toOutline, toPath } from '../../src/cards/outline.ts';
import { fill, openSheet, type Sheet, toSheet, toShades } from '../../src/cards/sheet.ts';
import { openTypeface } from '../../src/cards/typeface.ts';
import { readGeodata } from '../../src/geodata.ts';
import { drawMap } from '../../src/maps/draw.ts';
import { toPng } from '../../src/queries/png.ts';
import { paperColours } from '../../src/styles/colours.ts';
import { readOutlineFonts } from '../../src/styles/fonts.ts';
import { subjectsOfPaper } from '../support/maps.ts';

const files = await readOutlineFonts(process.cwd());
const typeface = openTypeface(files);
const everywhere = { left: 0, top: 0, ...cardSize };

const svgOf = (width: number, height: number, inside: string) =>
	Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${inside}</svg>`);

async function sheetOf(svg: Buffer): Promise<Sheet> {
	const { data, info } = await sharp(svg).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
	return toSheet(data, info.width, info.height);
}

const { width: mapWidth, height: mapHeight } = cardMapSize;
const map = await sheetOf(svgOf(mapWidth, mapHeight, `<rect width="500" height="630" fill="${paperColours.lapis}"/>`));

/** Returns where the card has ink: the box around everything darker than paper, in pixels. */
async function inkOf(card: Sheet, region: { left: number; top: number; width: number; height: number }) {
	const { data, info } = await sharp(await toPng(card))
		.extract(region)
		.greyscale()
		.raw()
		.toBuffer({ resolveWithObject: true });
	const box = { left: Infinity, top: Infinity, right: -1, bottom: -1 };
	for (let y = 0; y < info.height; y++)
		for (let x = 0; x < info.width; x++)
			if ((data[(y * info.width + x) * info.channels] ?? 255) < 128) {
				box.left = Math.min(box.left, x + region.left);
				box.right = Math.max(box.right, x + region.left);
				box.top = Math.min(box.top, y + region.top);
				box.bottom = Math.max(box.bottom, y + region.top);
			}
	return box;
}

const below = { left: 0, top: 172, width: cardSize.width, height: cardSize.height - 172 };
const kazakh =
	'Қазақстан мен Қытай арасындағы келісімдер: темір жол, уран және газ туралы ұзақ тақырып, ол бір жүз елу таңбаға дейін созылады және әлі де бітпейді ма';

test.each([
	['a headline of five letters', 'Tiess', undefined],
	['a headline of 150 letters', 'Wide words '.repeat(14).trim().slice(0, 150), map],
	['a headline of 150 Kazakh letters', kazakh, map],
	['a headline with a word of 40 letters', `The ${'Wm'.repeat(20)} of it`, map],
])('%s fits its card', async (_, headline, mapOfCard) => {
	const right = cardSize.width - (mapOfCard === undefined ? 0 : cardMapSize.width);
	const ink = await inkOf(drawCard({ headline, section: 'Politics', map: mapOfCard }, typeface), {
		...below,
		width: right,
	});
	expect(ink.left).toBeGreaterThanOrEqual(60);
	expect(ink.right).toBeLessThanOrEqual(right - 60);
	expect(ink.right).toBeGreaterThan(ink.left);
	expect(ink.bottom).toBeLessThanOrEqual(cardSize.height - 60);
});

test('a map’s picture holds no text that a machine would set in a type of its own', () => {
	const picture = drawMapPicture(drawMap(subjectsOfPaper.Khorgos, readGeodata(), cardMapSize, true), typeface);
	expect(picture).toMatch(/<path transform="translate.* d="M\d[^"]+z"/);
	expect(picture).not.toMatch(/<text|font|href|<image|NaN/);
});

test.each([
	['with letters that the typeface lacks', '中国 and more'],
	['of one word that fits at no size', 'W'.repeat(150)],
])('a headline %s is left out', async (_, headline) => {
	expect((await inkOf(drawCard({ headline, section: 'Politics' }, typeface), below)).right).toBe(-1);
});

test('one content makes one card', () => {
	const draw = (headline: string, type = typeface) =>
		Buffer.from(drawCard({ headline, section: 'Politics' }, type).rows);
	const card = draw('A headline');
	expect(card.equals(draw('Another headline'))).toBe(false);
	expect(card.equals(draw('A headline'))).toBe(true);
	expect(card.equals(draw('A headline', openTypeface(files)))).toBe(true);
});

test('letters are set with kerning, in Latin, Cyrillic and Kazakh', () => {
	const width = (text: string) => typeface.set(text, 100, 400).width;
	expect(width('AV')).toBeLessThan(width('A') + width('V'));
	expect(typeface.has('Xi’an – Қазақстан Ғалым Őrség')).toBe(true);
	expect(typeface.has('中')).toBe(false);
	expect(typeface.set('A', 100, 700).letters).not.toEqual(typeface.set('A', 100, 400).letters);
});

test('a name of a section that is too long ends with the card, and with its map', async () => {
	const section = 'W'.repeat(60);
	const card = drawCard({ headline: 'A', section }, typeface);
	expect((await inkOf(card, { ...everywhere, width: 60 })).right).toBe(-1);
	expect((await inkOf(card, everywhere)).right).toBe(cardSize.width - 1);
	const withMap = drawCard({ headline: 'A', section, map }, typeface);
	const mapOfCard = pixelsOf(withMap, cardSize.width - mapWidth, mapWidth);
	expect(mapOfCard.equals(pixelsOf(map, 0, mapWidth))).toBe(true);
});

function pixelsOf({ rows, width, height }: Sheet, left: number, count: number): Buffer {
	const starts = Array.from({ length: height }, (_, y) => y * (width + 1) + 1 + left);
	return Buffer.concat(starts.map((start) => rows.subarray(start, start + count)));
}

const square = (left: number, top: number, size: number): Outline[number] => [
	[left, top],
	[left + size, top],
	[left + size, top + size],
	[left, top + size],
];

test('the curves of letters are cut into pieces that keep to them, and count downwards', () => {
	const [contour = []] = toOutline(
		[
			{ type: 'M', values: [0, 100] },
			{ type: 'L', values: [0, 500] },
			{ type: 'Q', values: [1000, 900, 1000, 100] },
			{ type: 'Z', values: [] },
		],
		0.1,
	);
	expect(contour).toHaveLength(10);
	expect([0, 1, 5, 9].map((i) => contour[i])).toEqual([
		[0, -10],
		[0, -50],
		[75, -60],
		[100, -10],
	]);
});

describe('a pixel is as dark as a shape covers of it', () => {
	const sharesOf = (outline: Outline, position = 0) => {
		const { shares, width } = coverageOf(outline, position);
		return Array.from({ length: shares.length / width }, (_, y) => [...shares.slice(y * width, (y + 1) * width - 1)]);
	};
	const hole: Outline[number] = square(1, 1, 1).toReversed();

	test.each<[string, Outline, number[][]]>([
		[
			'of a square between pixels',
			[square(0.5, 0.5, 1)],
			[
				[64, 64],
				[64, 64],
			],
		],
		[
			'of a triangle',
			[
				[
					[0, 0],
					[2, 0],
					[0, 2],
				],
			],
			[
				[255, 128],
				[128, 0],
			],
		],
		[
			'of one with a hole',
			[square(0, 0, 3), hole],
			[
				[255, 255, 255],
				[255, 0, 255],
				[255, 255, 255],
			],
		],
		[
			'of two squares one over the other',
			[square(0, 0, 1.5), square(0, 0, 1.5)],
			[
				[255, 128],
				[128, 64],
			],
		],
		['of a square over a hole', [square(0, 0, 3), hole, square(1, 1, 1)], Array(3).fill([255, 255, 255])],
		['of nothing', [], []],
	])('%s', (_, outline, shares) => {
		expect(sharesOf(outline)).toEqual(shares);
	});

	test('at its position across a pixel', () => {
		expect(sharesOf([square(0, 0, 1)], 1)).toEqual([[191, 64]]);
	});
});

test('shapes that touch are as dark as the darker of them', () => {
	const draw = (...lefts: number[]) => {
		const sheet = openSheet(4, 1);
		for (const left of lefts) fill(sheet, [square(0, 0, 1)], left, 0, toShades('ink'));
		return [...sheet.rows.subarray(1)];
	};
	const [paper, light, middle, dark, ink] = [0, 2, 3, 4, 6];
	expect(draw(1)).toEqual([paper, ink, paper, paper]);
	expect(draw(1.25)).toEqual([paper, dark, light, paper]);
	expect(draw(1, 1.5, 1.25)).toEqual([paper, ink, middle, paper]);
});

test('letters look as the painter of maps draws them', async () => {
	const text = 'Қытай, Őrség & WAVE fjord';
	const sheet = openSheet(600, 100);
	for (const { outline, x, y } of typeface.set(text, 40, 650).letters)
		fill(sheet, outline, 10 + x, 60 + y, toShades('ink'));
	const paths = typeface.set(text, 40, 650).letters.map(({ outline, x, y }) => toPath(outline, 10 + x, 60 + y));
	const painted = await sheetOf(
		svgOf(
			600,
			100,
			`<rect width="600" height="100" fill="${paperColours.paper}"/><path fill="${paperColours.ink}" d="${paths.join('')}"/>`,
		),
	);
	const greys = async (picture: Sheet) =>
		sharp(await toPng(picture))
			.greyscale()
			.raw()
			.toBuffer();
	const [ours, theirs] = [await greys(sheet), await greys(painted)];
	const differences = ours.map((grey, i) => Math.abs(grey - (theirs[i] ?? 0)));
	expect(Math.min(...theirs)).toBeLessThan(40);
	expect(Math.max(...differences)).toBeLessThan(72);
});

test('a card without a map weighs less than 24,000 bytes', async () => {
	const headline = 'After Decades of Talk, Work Starts on the Railway from China to Uzbekistan';
	expect((await toPng(drawCard({ headline, section: 'Economy' }, typeface))).length).toBeLessThan(24_000);
});

/** Returns the colours of an SVG's pixels as they are drawn, and as they are in the PNG that is made of it. */
async function paint(svg: Buffer) {
	const drawn = await sharp(svg).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
	const png = sharp(await toPng(toSheet(drawn.data, drawn.info.width, drawn.info.height)));
	const painted = await png.toColourspace('srgb').ensureAlpha().raw().toBuffer({ resolveWithObject: true });
	expect(painted.info).toMatchObject({ width: drawn.info.width, height: drawn.info.height });
	return { drawn: drawn.data, painted: painted.data };
}

test('pictures have the colours of the paper as they are', async () => {
	const colours = Object.values(paperColours);
	const bars = colours.map((colour, i) => `<rect x="${i}" width="1" height="2" fill="${colour}"/>`);
	const { drawn, painted } = await paint(svgOf(colours.length, 2, bars.join('')));
	expect(painted).toEqual(drawn);
	expect(painted.subarray(0, 3).toString('hex')).toBe(paperColours.paper.slice(1));
});

test('the edges of type have in pictures the colours that they are drawn in, or what nobody tells from them', async () => {
	const picture = drawMapPicture(drawMap(subjectsOfPaper.Khorgos, readGeodata()), typeface);
	const { drawn, painted } = await paint(Buffer.from(picture));
	const worst = drawn.reduce((most, value, i) => Math.max(most, Math.abs(value - (painted[i] ?? 0))), 0);
	expect(worst).toBeLessThan(20);
});
