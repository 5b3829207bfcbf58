import sharp from 'sharp';
import { toPath } from '../cards/outline.ts';
import { openTypeface } from '../cards/typeface.ts';
import { colours } from '../styles/colours.ts';
import { readOutlineFonts } from '../styles/fonts.ts';

const size = 512;

/**
 * Draws the icons of a paper: the first letter of its title, or a disc where the paper's type lacks that letter.
 * @param root of the project
 * @returns files of `public/` by their names
 */
export async function drawIcons(title: string, root: string): Promise<Map<string, Uint8Array>> {
	const svg = await drawIcon(title, root);
	const png = (pixels: number) => sharp(Buffer.from(svg)).resize(pixels, pixels).png().toBuffer();
	return new Map<string, Uint8Array>([
		['icon.svg', Buffer.from(svg)],
		['icon-512.png', await png(512)],
		['icon-192.png', await png(192)],
		['apple-touch-icon.png', await png(180)],
		['favicon.ico', toIco(await png(32), 32)],
	]);
}

async function drawIcon(title: string, root: string): Promise<string> {
	const typeface = openTypeface(await readOutlineFonts(root));
	const [letter = ''] = new Intl.Segmenter()
		.segment(title.toUpperCase())
		[Symbol.iterator]()
		.take(1)
		.map(({ segment }) => segment);
	const [paper, lapis] = [colours.paper[0], colours.lapis[0]];
	const mark = typeface.has(letter) ? drawLetter(letter, typeface) : '';
	const shape =
		mark === '' ? `<circle cx="256" cy="256" r="140" fill="${paper}"/>` : `<path d="${mark}" fill="${paper}"/>`;
	return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}">\n\t<rect width="${size}" height="${size}" fill="${lapis}"/>\n\t${shape}\n</svg>\n`;
}

/** Returns a letter, as an SVG path, in the middle of the icon and within what platforms leave of it when they cut it round. */
function drawLetter(letter: string, typeface: ReturnType<typeof openTypeface>): string {
	const { letters } = typeface.set(letter, 360, 650);
	const points = letters.flatMap(({ outline, x, y }) => outline.flat().map(([px, py]) => [px + x, py + y] as const));
	const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
	const centre = (values: readonly number[]) => (Math.min(...values) + Math.max(...values)) / 2;
	if (points.length === 0) return '';
	const [left, baseline] = [size / 2 - centre(xs), size / 2 - centre(ys)];
	return letters.map(({ outline, x, y }) => toPath(outline, left + x, baseline + y)).join('');
}

/** Returns a PNG as the one picture of a Windows icon. */
function toIco(png: Uint8Array, pixels: number): Uint8Array {
	const head = Buffer.alloc(22);
	head.writeUInt16LE(1, 2);
	head.writeUInt16LE(1, 4);
	head.set([pixels, pixels], 6);
	head.writeUInt16LE(1, 10);
	head.writeUInt16LE(32, 12);
	head.writeUInt32LE(png.length, 14);
	head.writeUInt32LE(head.length, 18);
	return Buffer.concat([head, png]);
}
