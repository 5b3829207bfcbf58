import sharp from 'sharp';
import { cardMapSize, drawCard } from '../cards/card.ts';
import { drawMapPicture } from '../cards/map-picture.ts';
import { type Sheet, toSheet } from '../cards/sheet.ts';
import { openTypeface, type Typeface } from '../cards/typeface.ts';
import type { Article } from '../domain/articles.ts';
import { figuresOf } from '../domain/figures.ts';
import { readGeodata } from '../geodata.ts';
import { drawMap, type MapDrawing } from '../maps/draw.ts';
import type { LocatorMap } from '../schemas/figure.ts';
import { readOutlineFonts } from '../styles/fonts.ts';
import { keepDrawing } from './drawings.ts';
import { drawingOf, subjectOf } from './figures.ts';
import { toPng } from './png.ts';

let typeface: Promise<Typeface> | undefined;

function getTypeface(): Promise<Typeface> {
	typeface ??= readOutlineFonts(process.cwd()).then(openTypeface);
	return typeface;
}

/** What the share card of an article shows: its headline, section and first map. */
export function toCard(article: Article) {
	const map = figuresOf(article).find((figure) => figure.kind === 'map');
	return { headline: article.title, section: article.section.name, map };
}

/** Returns a share card, a PNG. */
export function getCard({ headline, section, map }: ReturnType<typeof toCard>): Promise<Response> {
	return paint(['card', headline, section, map && subjectOf(map)], async (typeface) =>
		drawCard({ headline, section, map: map && (await paintMap(drawCardMap(map), typeface)) }, typeface),
	);
}

/** Returns the map of a card, which is narrower than a page: names that find no room there are left out. */
function drawCardMap(map: LocatorMap): MapDrawing {
	return drawMap(map, readGeodata(), cardMapSize, true);
}

/** Returns a map as a PNG, for feed readers and whoever else shows no SVG. */
export function getMapPicture(map: LocatorMap): Promise<Response> {
	return paint(['map', subjectOf(map)], (typeface) => paintMap(drawingOf(map), typeface));
}

async function paintMap(drawing: MapDrawing, typeface: Typeface): Promise<Sheet> {
	const svg = sharp(Buffer.from(drawMapPicture(drawing, typeface)));
	const { data, info } = await svg.ensureAlpha().raw().toBuffer({ resolveWithObject: true });
	return toSheet(data, info.width, info.height);
}

/** Paints a picture, or takes what an earlier build made of the same input. */
async function paint(input: readonly unknown[], draw: (typeface: Typeface) => Promise<Sheet>): Promise<Response> {
	const picture = await keepDrawing('png', [...input, sharp.versions], async () => {
		const sheet = await draw(await getTypeface());
		const png = await toPng(sheet);
		// Left to the garbage collector, so large a piece of memory would have it search all the rest after every few cards.
		sheet.rows.buffer.transfer(0);
		return png;
	});
	return new Response(new Uint8Array(picture), { headers: { 'Content-Type': 'image/png' } });
}
