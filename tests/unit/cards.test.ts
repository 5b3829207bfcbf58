import sharp from 'sharp';
import { expect, test } from 'vitest';
import { cardMapSize, cardSize, drawCard } from '../../src/cards/card.ts';
import { openTypeface } from '../../src/cards/typeface.ts';
import { toPng } from '../../src/queries/png.ts';
import { paperColours } from '../../src/styles/colours.ts';
import { readOutlineFonts } from '../../src/styles/fonts.ts';

const typeface = openTypeface(await readOutlineFonts(process.cwd()));
const map = '<rect width="500" height="630" fill="#0000ff"/>';

/** Returns where the card has ink: the box around everything darker than paper, in pixels. */
async function inkOf(svg: string, region: { left: number; top: number; width: number; height: number }) {
	const { data, info } = await sharp(Buffer.from(svg))
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

test('a card holds no text that a machine would set in a type of its own', () => {
	const card = drawCard({ headline: 'A <headline> & more', section: 'Politics' }, typeface);
	expect(card).not.toMatch(/<text|font|href|<image/);
});

test.each([
	['with letters that the typeface lacks', '中国 and more'],
	['of one word that fits at no size', 'W'.repeat(150)],
])('a headline %s is left out', async (_, headline) => {
	expect((await inkOf(drawCard({ headline, section: 'Politics' }, typeface), below)).right).toBe(-1);
});

test('one content makes one card', () => {
	const draw = (headline: string) => drawCard({ headline, section: 'Politics' }, typeface);
	expect(draw('A headline')).toBe(draw('A headline'));
	expect(draw('A headline')).not.toBe(draw('Another headline'));
});

test('letters are set with kerning, in Latin, Cyrillic and Kazakh', () => {
	const width = (text: string) => typeface.set(text, 100, 400).width;
	expect(width('AV')).toBeLessThan(width('A') + width('V'));
	expect(typeface.has('Xi’an – Қазақстан Ғалым Őrség')).toBe(true);
	expect(typeface.has('中')).toBe(false);
	expect(typeface.set('A', 100, 700).path).not.toBe(typeface.set('A', 100, 400).path);
});

/** Returns the colours of an SVG's pixels as they are drawn, and as they are in the PNG that is made of it. */
async function paint(svg: string) {
	const { data, info } = await sharp(Buffer.from(svg)).raw().toBuffer({ resolveWithObject: true });
	const png = sharp(await toPng(data, info.width, info.height));
	const painted = await png.toColourspace('srgb').ensureAlpha().raw().toBuffer({ resolveWithObject: true });
	expect(painted.info).toMatchObject({ width: info.width, height: info.height });
	return { drawn: data, painted: painted.data };
}

test('pictures have the colours of the paper as they are', async () => {
	const colours = Object.values(paperColours);
	const bars = colours.map((colour, i) => `<rect x="${i}" width="1" height="2" fill="${colour}"/>`);
	const { drawn, painted } = await paint(
		`<svg xmlns="http://www.w3.org/2000/svg" width="${colours.length}" height="2">${bars.join('')}</svg>`,
	);
	expect(painted).toEqual(drawn);
	expect(painted.subarray(0, 3).toString('hex')).toBe(paperColours.paper.slice(1));
});

test('the edges of type have in pictures the colours that they are drawn in, or what nobody tells from them', async () => {
	const card = drawCard({ headline: 'A headline', section: 'Law', map }, typeface).replace('#0000ff', paperColours.sea);
	const { drawn, painted } = await paint(card);
	const worst = drawn.reduce((most, value, i) => Math.max(most, Math.abs(value - (painted[i] ?? 0))), 0);
	expect(worst).toBeLessThan(20);
});
